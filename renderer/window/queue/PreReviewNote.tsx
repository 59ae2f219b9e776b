import { useStore } from 'zustand';
import { localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Chip } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';

/** Where the form comes from: the pre-review, the number it was called with, and what to look at twice. */
export function PreReviewNote() {
  const { form } = useWorkspace();
  const opened = useStore(form, (state) => state.form.preReview);
  const ticket = useStore(form, (state) => state.form.ticket);
  if (!opened) return null;
  const words = t.queue.preReview;
  const isLacking = Object.values(opened.brought).some((has) => !has);
  const warnings = [
    ...(opened.origin === 'passport' ? [words.onlySlip] : []),
    ...(isLacking ? [words.failed] : []),
    ...(opened.sentBack === null ? [] : [words.sentBack(opened.sentBack)]),
  ];
  return (
    <section className={styles.preReview} aria-label={words.region}>
      {ticket ? <Chip>{ticket.number}</Chip> : null}
      <span>
        {words.opened(opened.number, localTime(opened.at))}
        {isLacking ? '' : `${t.separator}${words.passed}`}
      </span>
      {warnings.map((text) => (
        <span key={text} className={styles.warn}>
          <Icon name="warning" />
          {text}
        </span>
      ))}
    </section>
  );
}
