import { useStore } from 'zustand';
import { windowGroupOf } from '../../../domain/case/windowGroup.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Returning.module.css';

/** Whose card was laid has something waiting here: one key opens it, and nothing has to be searched for. */
export function Returning() {
  const workspace = useWorkspace();
  const rows = useStore(workspace.view, (state) => state.returning);
  const begun = useStore(workspace.form, (state) => state.form.parties.length > 0);
  if (rows.length === 0 || !begun) return null;
  return (
    <section className={styles.returning} aria-label={t.returning.region}>
      {rows.map((row, index) => (
        <p key={row.id}>
          <span>{t.returning.found(row.holder, t.groups[windowGroupOf(row.stateCode)], row.itemName)}</span>
          <Button size="small" keyName={t.acts.altNumber(index + 1)} onClick={() => workspace.openReturning(index + 1)}>
            {t.returning.open}
          </Button>
        </p>
      ))}
    </section>
  );
}
