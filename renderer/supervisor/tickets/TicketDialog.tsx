import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../../contract/rpc.ts';
import { TICKET_PARTS } from '../../../domain/measure/ticketTimes.ts';
import { useApp } from '../../app/app.ts';
import { groupCaseNumber, localTime } from '../../app/format.ts';
import { nameOf, usePeople } from '../../blanks/useBlanks.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useLiveHall } from '../hall/useBoard.ts';
import { sentenceOf, whoWords } from './story.ts';
import { type TicketAct, TicketActDialog } from './TicketActDialog.tsx';
import styles from './Tickets.module.css';

type Told = MethodOutput<'board.ticket'>;

/** The story of one ticket in plain sentences, where its time went, and what a supervisor may do about it. */
export function TicketDialog({ ticketId, onClose }: { ticketId: string; onClose(): void }) {
  const { client } = useApp();
  const [act, setAct] = useState<TicketAct | null>(null);
  const load = useCallback(() => client.call('board.ticket', { ticketId }), [client, ticketId]);
  const { value, failure } = useLiveHall(load);
  const ticket = value?.ticket ?? null;
  const isOver = ticket === null || ticket.state === 'FINISHED' || ticket.state === 'VOIDED';
  return (
    <>
      <Dialog
        title={ticket === null ? t.boardTickets.story : t.boardTickets.storyTitle(ticket.number)}
        className={styles.dialog}
        scrolls
        onClose={onClose}
        actions={
          <>
            {isOver ? (
              <span className={styles.done}>{ticket === null ? '' : t.boardTickets.ended}</span>
            ) : (
              <>
                <Button onClick={() => setAct('move')}>{t.boardTickets.move}</Button>
                {ticket.state === 'WAITING' ? (
                  <Button onClick={() => setAct('raise')}>{t.boardTickets.raise}</Button>
                ) : null}
                <Button look="danger" onClick={() => setAct('void')}>
                  {t.boardTickets.void}
                </Button>
              </>
            )}
            <Button keyName={t.keys.esc} data-default onClick={onClose}>
              {t.board.close}
            </Button>
          </>
        }
      >
        {failure ? <FailureNotice failure={failure} /> : null}
        {value === null ? failure ? null : <Skeleton label={t.oversight.reading} /> : <Story told={value} />}
      </Dialog>
      {act !== null && ticket !== null ? (
        <TicketActDialog act={act} ticket={ticket} onClose={() => setAct(null)} />
      ) : null}
    </>
  );
}

function Story({ told: { ticket, times, story, cases } }: { told: Told }) {
  const people = usePeople();
  return (
    <>
      <p className={styles.facts}>
        <span>
          {t.boardTickets.state} <b>{t.board.ticketStates[ticket.state]}</b>
        </span>
        {TICKET_PARTS.filter((part) => times[part] > 0).map((part) => (
          <span key={part}>
            {t.board.parts[part]} <b>{t.board.spent(times[part])}</b>
          </span>
        ))}
        {cases.length === 0 ? null : (
          <span>
            {t.boardTickets.casesOf(cases.map(({ number }) => groupCaseNumber(number)).join(t.listSeparator))}
          </span>
        )}
      </p>
      <ol className={styles.story} aria-label={t.boardTickets.story}>
        {story.map((line) => (
          <li key={`${line.at} ${line.op.kind}`}>
            <time>{localTime(line.at)}</time>
            <span>{sentenceOf(line.op, (number) => nameOf(people, number))}</span>
            <span className={styles.who}>{whoWords(line)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
