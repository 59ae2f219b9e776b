import { useStore } from 'zustand';
import { currentCall } from '../../../domain/queue/reduceTicket.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';
import { minutesOf } from './words.ts';

/** Alt+W: the rule by which this number was called and no other, and the waits that were compared (domain.md §6.3). */
export function WhyDialog() {
  const { desk, closeOverlay } = useWorkspace();
  const ticket = useStore(desk.queue, ({ state }) => state?.current ?? null);
  const cap = useStore(desk.queue, ({ state }) => state?.policy.maxPrioritiesInRow ?? 0);
  const words = t.queue.whyPanel;
  const call = ticket && currentCall(ticket);
  if (!ticket || !call) return null;
  const { why } = call;
  return (
    <Dialog
      title={words.title(ticket.number)}
      onClose={closeOverlay}
      actions={
        <Button look="primary" keyName={t.keys.enter} data-default onClick={closeOverlay}>
          {words.close}
        </Button>
      }
    >
      <p className={styles.rule}>{words.rules[why.rule]}</p>
      {why.lane && why.lane !== why.rule ? <p>{words.rules[why.lane]}</p> : null}
      <p className={styles.facts}>
        {[
          `${t.queue.classes[ticket.class]}${t.separator}${words.waited(minutesOf(why.waitedMs))}`,
          words.eligible(why.eligible),
          words.cap(why.prioritiesInRow, cap),
          words.plan(why.plan),
        ].join(t.separator)}
      </p>
      {why.compared.length === 0 ? (
        <p className={styles.facts}>{words.alone}</p>
      ) : (
        <table className={styles.table}>
          <caption className="visually-hidden">{words.compared}</caption>
          <thead>
            <tr>
              <th scope="col">{words.compared}</th>
              <th scope="col">{words.kind}</th>
              <th scope="col">{words.wait}</th>
            </tr>
          </thead>
          <tbody>
            {why.compared.map((each) => (
              <tr key={each.number}>
                <td>{each.number}</td>
                <td>{t.queue.classes[each.class]}</td>
                <td>{words.waited(minutesOf(each.waitedMs))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
