import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { isUntouched } from '../form/formState.ts';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';

/** A draft of one number is open while another is in hand: never two persons in one case by oversight. */
export function OtherNumberNote() {
  const { form, desk } = useWorkspace();
  const entered = useStore(form, (state) => (isUntouched(state.form) ? null : state.form.ticket));
  const inHand = useStore(desk.queue, ({ state }) => state?.current ?? null);
  if (!entered || !inHand || entered.id === inHand.id) return null;
  return (
    <p className={styles.preReview} role="status">
      <span className={styles.warn}>
        <Icon name="warning" />
        {t.queue.drafts.ofOther(entered.number, inHand.number)}
      </span>
    </p>
  );
}
