import type { KeyboardEvent } from 'react';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { changeCopies, cycleMaterialForm, toggleMaterial } from '../form/formActions.ts';
import type { FormMaterial, FormState } from '../form/formState.ts';
import styles from '../Side.module.css';

interface ChecklistRowProps {
  code: string;
  name: string;
  hint: string;
  taken: FormMaterial | null;
  /** What was said of it at the pre-review; null: it was not asked. */
  brought: boolean | null;
  /** The one row that Tab reaches; arrows move from there. */
  tabStop: boolean;
  onKeyDown(event: KeyboardEvent, code: string): void;
  onFocus(code: string): void;
  onChange(step: (form: FormState) => FormState): void;
  catalogue: Catalogue;
}

export function ChecklistRow({
  code,
  name,
  hint,
  taken,
  brought,
  tabStop,
  onKeyDown,
  onFocus,
  onChange,
  catalogue,
}: ChecklistRowProps) {
  return (
    <li className={styles.row}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          className="visually-hidden"
          checked={taken !== null}
          aria-label={name}
          data-field={`materials.${code}`}
          tabIndex={tabStop ? 0 : -1}
          onKeyDown={(event) => onKeyDown(event, code)}
          onFocus={() => onFocus(code)}
          onChange={() => onChange((form) => toggleMaterial(form, code, catalogue))}
        />
        <span className={styles.mark}>{taken ? <Icon name="good" /> : null}</span>
        <span>
          {name}
          {taken && !taken.byCard ? null : <span className={styles.hint}>{taken ? t.materials.byCard : hint}</span>}
        </span>
      </label>
      {taken ? (
        <Taken code={code} name={name} taken={taken} onChange={onChange} catalogue={catalogue} />
      ) : (
        <span className={brought === true ? styles.brought : styles.missing}>
          {brought === null ? t.materials.missing : brought ? t.queue.preReview.brought : t.queue.preReview.notBrought}
        </span>
      )}
    </li>
  );
}

type TakenProps = Pick<ChecklistRowProps, 'code' | 'name' | 'onChange' | 'catalogue'> & { taken: FormMaterial };

function Taken({ code, name, taken, onChange, catalogue }: TakenProps) {
  return (
    <span className={styles.taken}>
      <button
        type="button"
        tabIndex={-1}
        className={styles.formButton}
        title={t.materials.formsFull[taken.form]}
        aria-label={t.materials.formOf(name, t.materials.forms[taken.form])}
        onClick={() => onChange((form) => cycleMaterialForm(form, code, 1, catalogue))}
      >
        {t.materials.forms[taken.form]}
      </button>
      {taken.pages > 0 ? <span className={styles.count}>{t.scan.pages(taken.pages)}</span> : null}
      {taken.form === 'shared' ? null : (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={styles.stepper}
            aria-label={t.materials.fewerOf(name)}
            onClick={() => onChange((form) => changeCopies(form, code, -1))}
          >
            {'−'}
          </button>
          <span className={styles.count}>{t.materials.copies(taken.copies)}</span>
          <button
            type="button"
            tabIndex={-1}
            className={styles.stepper}
            aria-label={t.materials.moreOf(name)}
            onClick={() => onChange((form) => changeCopies(form, code, 1))}
          >
            {'+'}
          </button>
        </>
      )}
    </span>
  );
}
