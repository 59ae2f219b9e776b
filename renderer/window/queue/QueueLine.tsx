import { currentCall } from '../../../domain/queue/reduceTicket.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Queue.module.css';
import { useSituation } from './useSituation.ts';
import { handlingOf, type QueueState, waitingByLetter } from './verbs.ts';
import { minutesOf } from './words.ts';

/** In the top bar: the number in hand and its minutes, who waits, who is next. Nothing at a desk that calls nobody. */
export function QueueLine() {
  const { state, now } = useSituation();
  if (state === null || state.mode === 'none') return null;
  return (
    <>
      {state.current ? <InHand ticket={state.current} state={state} now={now} /> : <Idle state={state} />}
      <Waits state={state} />
    </>
  );
}

function InHand({ ticket, state, now }: { ticket: TicketRecord; state: QueueState; now: number }) {
  const call = currentCall(ticket);
  const handling = handlingOf(ticket, state, now);
  if (!call || !handling) return null;
  const isPickup = call.purpose === 'pickup';
  const words = t.queue.states;
  const text = call.arrivedAt !== null ? words.serving : call.times > 1 ? words.recalled(call.times) : words.called;
  const seconds = Math.floor(handling.elapsedMs / 1000);
  return (
    <div
      className={`${styles.hand} ${isPickup ? styles.pickup : ''}`}
      role="status"
      aria-label={t.queue.inHand(ticket.number)}
    >
      <b className={styles.number} data-testid="number-in-hand">
        {ticket.number}
      </b>
      {isPickup ? (
        <span className={styles.purpose}>
          <Icon name="returned" />
          {t.queue.pickup}
        </span>
      ) : null}
      <span>
        {text}
        {ticket.elder ? `${t.separator}${t.queue.elder}` : ''}
        {ticket.batch > 1 ? `${t.separator}${t.queue.batch(ticket.batch)}` : ''}
      </span>
      {state.window?.state === 'paused' ? <span className={styles.near}>{words.pausedShort}</span> : null}
      <span className={`${styles.clock} ${styles[handling.tone]}`} aria-live="off">
        {handling.tone === 'calm' ? null : <Icon name="clock" />}
        {t.queue.clock(Math.floor(seconds / 60), seconds % 60)}
        <span className={styles.segments} aria-hidden="true">
          {[0, 1, 2, 3].map((quarter) => (
            <i key={quarter} className={quarter < handling.quarters ? styles.full : undefined} />
          ))}
        </span>
      </span>
    </div>
  );
}

function Idle({ state: { window } }: { state: QueueState }) {
  const words = t.queue.states;
  const text =
    window === null || window.state === 'closed'
      ? words.closed
      : window.state === 'paused'
        ? words.paused(window.reason ?? '')
        : words.open;
  return (
    <div className={styles.hand} role="status">
      <span className={window?.state === 'paused' ? styles.near : styles.quiet}>{text}</span>
    </div>
  );
}

function Waits({ state }: { state: QueueState }) {
  const waits = waitingByLetter(state);
  const all = waits.reduce((sum, { count }) => sum + count, 0);
  const detail = waits
    .filter(({ count }) => count > 0)
    .flatMap(({ letter, longestMs, estimate }) => [
      t.queue.longest(letter, minutesOf(longestMs)),
      ...(estimate ? [t.queue.estimate(letter, minutesOf(estimate.fromMs), minutesOf(estimate.toMs))] : []),
    ])
    .join('\n');
  return (
    <div className={styles.waits} title={detail} data-testid="waiting">
      <span className={styles.quiet}>{t.queue.waiting}</span>
      {waits.map(({ letter, count }) => (
        <span key={letter} className={count === 0 ? styles.quiet : undefined}>
          {letter} <b>{count}</b>
        </span>
      ))}
      {all === 0 && state.next.length === 0 ? null : (
        <span className={styles.next}>
          <span className={styles.quiet}>{t.queue.next}</span>
          {state.next.map(({ number, purpose }) => (
            <span key={`${number}-${purpose}`} className={purpose === 'pickup' ? styles.purpose : undefined}>
              {number}
              {purpose === 'pickup' ? ` ${t.queue.pickup}` : ''}
            </span>
          ))}
        </span>
      )}
    </div>
  );
}
