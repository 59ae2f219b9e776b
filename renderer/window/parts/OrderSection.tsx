import type { KeyboardEvent } from 'react';
import { SEAL_KINDS } from '../../../domain/case/details.ts';
import { sealKindsOf } from '../../../domain/catalogue/asks.ts';
import { hallSecond } from '../../../domain/time/hallSecond.ts';
import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from '../Form.module.css';
import { chosen } from '../form/fields.ts';
import { setField } from '../form/formActions.ts';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { Period } from './DealSection.tsx';
import { DetailField } from './DetailField.tsx';
import details from './Details.module.css';

/** A court's order: who, by which paper, for how long, and the second at which it was served (domain.md §3.5). */
export function OrderSection() {
  const workspace = useWorkspace();
  const { asks, item, form } = useForm();
  if (!item || !asks.seal) return null;
  const kinds = sealKindsOf(item);
  const isRelease = kinds.length === 0;
  const set = (path: 'seal.kind' | 'seal.deliveredAt', value: string): void =>
    workspace.form.getState().change((state) => setField(state, path, value), { now: true });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'ArrowDown' || event.altKey) return;
    event.preventDefault();
    set('seal.deliveredAt', hallSecond(Date.now()));
  };
  return (
    <section className={styles.section} aria-label={isRelease ? t.details.release : t.details.seal}>
      <h2 className={windowStyles.heading}>{isRelease ? t.details.release : t.details.seal}</h2>
      <div className={`${styles.box} ${details.fourLabels}`}>
        {isRelease ? null : (
          <Choice
            label={t.details.sealKind}
            path="seal.kind"
            value={chosen(form.fields, 'seal.kind') ?? null}
            options={kinds.map((value) => ({ value, text: SEAL_KINDS[value].name }))}
            onChange={(value) => set('seal.kind', value)}
          />
        )}
        <DetailField path="seal.authority" label={t.details.authority} maxLength={100} />
        <DetailField
          path="seal.document"
          label={t.details.document}
          maxLength={200}
          placeholder={t.details.documentHint}
        />
        {isRelease ? null : <Period of="seal" label={t.details.sealPeriod} />}
        <DetailField
          path="seal.deliveredAt"
          label={t.details.delivered}
          maxLength={20}
          placeholder={t.details.second}
          hint={t.details.deliveredHint}
          onKeyDown={onKeyDown}
        />
      </div>
    </section>
  );
}

/** 异议事项, as it will stand on the proof. */
export function ObjectionSection() {
  const { asks } = useForm();
  if (!asks.objection) return null;
  return (
    <section className={styles.section} aria-label={t.details.objection}>
      <h2 className={windowStyles.heading}>{t.details.objection}</h2>
      <div className={`${styles.box} ${details.fourLabels}`}>
        <DetailField
          path="objection"
          label={t.details.objectionText}
          maxLength={200}
          placeholder={t.details.objectionHint}
        />
      </div>
    </section>
  );
}
