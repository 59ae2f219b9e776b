import { type KeyboardEvent, useRef, useState } from 'react';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import { ScanButton } from '../../scan/ScanButton.tsx';
import { t } from '../../strings/index.ts';
import { Key } from '../../ui/Button.tsx';
import { changeCopies, cycleMaterialForm, toggleMaterial } from '../form/formActions.ts';
import { checklistOf } from '../form/formDraft.ts';
import type { FormState } from '../form/formState.ts';
import styles from '../Side.module.css';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { ChecklistRow } from './ChecklistRow.tsx';
import { afterTick, checklistKey } from './checklistKeys.ts';

/** ↑↓ move, space sees the paper and goes on to the next one missing, ← → form, + − copies. */
export function Checklist() {
  const { form, openScan } = useWorkspace();
  const { form: state, catalogue } = useForm();
  const [current, setCurrent] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const codes = checklistOf(state, catalogue).map((entry) => entry.material);
  const done = codes.filter((code) => state.materials[code]).length;
  const scanned = codes.reduce((sum, code) => sum + (state.materials[code]?.pages ?? 0), 0);
  const firstMissing = codes.find((code) => !state.materials[code]);
  const tabStop = codes.includes(current) ? current : (firstMissing ?? codes[0]);

  const focusRow = (code: string | undefined): void => {
    if (code === undefined) return;
    setCurrent(code);
    list.current?.querySelector<HTMLElement>(`[data-field="materials.${code}"]`)?.focus();
  };

  const change = (step: (form: FormState) => FormState): void => form.getState().change(step, { now: true });

  const onKeyDown = (event: KeyboardEvent, code: string): void => {
    const act = checklistKey(event.key, codes, code);
    if (!act || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    switch (act.do) {
      case 'move':
        focusRow(act.to);
        break;
      case 'toggle': {
        const ticking = !state.materials[code];
        change((store) => toggleMaterial(store, code, catalogue));
        if (ticking) focusRow(afterTick(codes, code, (other) => Boolean(state.materials[other])));
        break;
      }
      case 'form':
        change((store) => cycleMaterialForm(store, code, act.step, catalogue));
        break;
      case 'copies':
        change((store) => changeCopies(store, code, act.step));
        break;
    }
  };

  return (
    <section className={styles.materials} aria-label={t.materials.section}>
      <h2 className={windowStyles.heading}>
        {t.materials.section}
        {codes.length > 0 ? (
          <span className={styles.progress} role="status">
            {t.materials.progress(done, codes.length)}
          </span>
        ) : null}
        {codes.length > 0 ? (
          <span className={windowStyles.end}>
            <ScanButton pages={scanned} onOpen={() => openScan(current === '' ? null : current)} />
          </span>
        ) : null}
      </h2>
      {codes.length === 0 ? <p className={`${styles.quiet} ${styles.keysLine}`}>{t.materials.empty}</p> : null}
      <ul ref={list} className={styles.rows}>
        {codes.map((code) => (
          <ChecklistRow
            key={code}
            code={code}
            name={findMaterial(code, catalogue)?.name ?? code}
            hint={findMaterial(code, catalogue)?.hint ?? ''}
            brought={state.preReview?.brought[code] ?? null}
            taken={state.materials[code] ?? null}
            tabStop={code === tabStop}
            onKeyDown={onKeyDown}
            onFocus={setCurrent}
            onChange={change}
            catalogue={catalogue}
          />
        ))}
      </ul>
      {codes.length > 0 ? (
        <p className={`${windowStyles.keys} ${styles.keysLine}`}>
          <span>
            <Key>{t.materials.keySpace}</Key>
            {t.materials.keySpaceDoes}
          </span>
          <span>
            <Key>{t.materials.keyForm}</Key>
            {t.materials.keyFormDoes}
          </span>
          <span>
            <Key>{t.materials.keyCopies}</Key>
            {t.materials.keyCopiesDoes}
          </span>
        </p>
      ) : null}
    </section>
  );
}
