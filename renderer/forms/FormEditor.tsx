import { useState } from 'react';
import { findFormProblems } from '../../domain/form/check.ts';
import { changeField, type FieldChange, moveField, resizeField } from '../../domain/form/edit.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { FieldPanel } from './FieldPanel.tsx';
import { FormSheet } from './FormSheet.tsx';
import styles from './Forms.module.css';
import { useAddress, useSample } from './pictures.ts';

interface FormEditorProps {
  form: PrintForm;
  version: number;
  newest: number;
  onSaved(): void;
}

/** One form being changed. Nothing is kept before it is saved, and then as a version of its own. */
export function FormEditor({ form: kept, version, newest, onSaved }: FormEditorProps) {
  const { client } = useApp();
  const [steps, setSteps] = useState<readonly PrintForm[]>([]);
  const [chosen, setChosen] = useState(0);
  const [scan, setScan] = useState<Blob | null>(null);
  const [isBad, setIsBad] = useState(false);
  const [isSampled, setIsSampled] = useState(false);
  const [isLarge, setIsLarge] = useState(false);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [begunFrom, setBegunFrom] = useState(version);
  if (begunFrom !== version) {
    setBegunFrom(version);
    setSteps([]);
  }
  const form = steps.at(-1) ?? kept;
  const background = useAddress(scan);
  const sample = useSample(isSampled ? form : null);
  const problems = findFormProblems(form);
  const isSame = JSON.stringify(form) === JSON.stringify(kept);

  /** @param isOngoing more of the same drag: one step to undo */
  const change = (make: (form: PrintForm) => PrintForm, isOngoing = false): void => {
    setSaid('');
    setSteps((before) => [...(isOngoing ? before.slice(0, -1) : before), make(before.at(-1) ?? kept)]);
  };
  const save = async (): Promise<void> => {
    setFailure(null);
    try {
      const saved = await client.call('forms.save', { form, base: newest });
      setSaid(t.editor.saved(saved.version));
      onSaved();
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  const choosePicture = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    // What the browser cannot draw is no scan; nothing of it leaves this page.
    const isPicture = await createImageBitmap(file).then(
      (bitmap) => {
        bitmap.close();
        return true;
      },
      () => false,
    );
    setIsBad(!isPicture);
    if (isPicture) setScan(file);
  };
  const canSave = !isSame && problems.length === 0;
  return (
    <div className={styles.editor}>
      <FormSheet
        form={form}
        chosen={chosen}
        background={background}
        // A scan shows what the paper has already.
        sample={background ? sample.printed : [...sample.preprinted, ...sample.printed]}
        isLarge={isLarge}
        onChoose={setChosen}
        onMove={(index, by) => change((now) => moveField(now, index, by))}
        onResize={(index, by) => change((now) => resizeField(now, index, by))}
        onPlace={(index, place, isOngoing) => change((now) => changeField(now, index, place), isOngoing)}
      />
      <div className={styles.side}>
        <div className={styles.buttons}>
          <label className={styles.file}>
            {t.editor.chooseFile}
            <input
              type="file"
              accept="image/png,image/jpeg"
              onChange={(event) => void choosePicture(event.target.files?.[0])}
            />
          </label>
          {scan ? <Button onClick={() => setScan(null)}>{t.editor.clear}</Button> : null}
          <Button aria-pressed={isSampled} onClick={() => setIsSampled(!isSampled)}>
            {t.editor.preview}
          </Button>
          <Button aria-pressed={isLarge} onClick={() => setIsLarge(!isLarge)}>
            {t.editor.zoom}
          </Button>
        </div>
        <p className={isBad ? styles.bad : styles.muted}>{isBad ? t.editor.badPicture : t.editor.backgroundHint}</p>
        {sample.failure ? <FailureNotice failure={sample.failure}>{placeOf(sample.failure)}</FailureNotice> : null}
        <FieldPanel
          form={form}
          chosen={chosen}
          onChoose={setChosen}
          onChange={(by: FieldChange) => change((now) => changeField(now, chosen, by))}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={form.measures === 'measured'}
            onChange={({ target }) => change((now) => ({ ...now, measures: target.checked ? 'measured' : 'assumed' }))}
          />
          {t.editor.measured}
        </label>
        <section className={styles.step} aria-label={t.editor.problems}>
          <h2>{t.editor.problems}</h2>
          <div role="status">
            {problems.length === 0 ? (
              <p className={styles.muted}>{t.editor.noProblem}</p>
            ) : (
              <ul>
                {problems.map(({ field, problem, other = '' }) => (
                  <li key={`${field} ${problem} ${other}`} className={styles.warning}>
                    <Icon name="warning" />
                    {t.editor.problemOf(field, t.editor.problem[problem](other))}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </section>
        <div className={styles.buttons}>
          <Button
            look={canSave ? 'primary' : 'waiting'}
            aria-disabled={!canSave}
            onClick={() => {
              if (canSave) void save();
            }}
          >
            {t.editor.save}
          </Button>
          {steps.length > 0 ? (
            <>
              <Button onClick={() => setSteps(steps.slice(0, -1))}>{t.editor.undo}</Button>
              <Button onClick={() => setSteps([])}>{t.editor.reset}</Button>
            </>
          ) : null}
        </div>
        <p className={said ? styles.said : styles.idle} role="status">
          {said || (isSame ? t.editor.unchanged : '')}
        </p>
        {version < newest ? <p className={styles.muted}>{t.editor.old}</p> : null}
        {failure ? <FailureNotice failure={failure} /> : null}
      </div>
    </div>
  );
}

/** The field whose text does not fit. */
function placeOf({ details }: Failure): string {
  return (details as { place?: string } | null)?.place ?? '';
}
