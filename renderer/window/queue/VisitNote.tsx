import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Chip } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';

/** The form in hand is filled in at somebody's home: where. */
export function VisitNote() {
  const visit = useStore(useWorkspace().form, (state) => state.form.visit);
  if (!visit) return null;
  const words = t.queue.visits;
  return (
    <section className={styles.preReview} aria-label={words.title}>
      <Chip>{words.title}</Chip>
      <span>{[words.plannedFor(visit.day), visit.address].join(t.separator)}</span>
    </section>
  );
}
