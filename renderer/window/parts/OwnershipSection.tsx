import { CO_OWNERSHIPS, type CoOwnership } from '../../../domain/case/details.ts';
import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Form.module.css';
import { asksCoOwnership } from '../form/detailsDraft.ts';
import { chosen } from '../form/fields.ts';
import { setField } from '../form/formActions.ts';
import { useForm, useSentences } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import details from './Details.module.css';

/** One holder owns alone; only several are asked how. */
const WAYS = ['joint', 'shares', 'other'] as const satisfies CoOwnership[];

/** 共有方式 of several holders; with 按份共有 each has a share, and all of them together are the whole. */
export function OwnershipSection() {
  const workspace = useWorkspace();
  const { form, item } = useForm();
  const sentences = useSentences();
  if (!asksCoOwnership(form, item)) return null;
  const value = chosen(form.fields, 'coOwnership') ?? null;
  const sum = value === 'shares' ? sentences.get('parties') : undefined;
  return (
    <div className={styles.box}>
      <Choice<CoOwnership>
        label={t.details.coOwnership}
        path="coOwnership"
        value={value}
        options={WAYS.map((way) => ({ value: way, text: CO_OWNERSHIPS[way].name }))}
        onChange={(way) => {
          workspace.form.getState().change((state) => setField(state, 'coOwnership', way), { now: true });
        }}
      />
      {sum === undefined ? null : (
        <p className={details.wrong} role="status">
          <Icon name="warning" />
          {sum}
        </p>
      )}
    </div>
  );
}
