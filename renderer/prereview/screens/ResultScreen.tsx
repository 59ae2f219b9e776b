import type { PreReviewResult, TakenTicket } from '../../../contract/rpc/preReview.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import kiosk from '../Kiosk.module.css';
import styles from './ResultScreen.module.css';

const MINUTE = 60_000;

export function ResultScreen({ result }: { result: PreReviewResult }) {
  return (
    <main className={styles.result}>
      {result.outcome === 'failed' ? <Missing result={result} /> : <Passed result={result} />}
    </main>
  );
}

function Passed({ result: { ticket, ticketProblem, number, printed } }: { result: PreReviewResult }) {
  const words = t.prereview.result;
  return (
    <>
      {ticket ? (
        <TicketFacts ticket={ticket} />
      ) : (
        <section className={styles.noTicket}>
          <h1 id="question">{words.noTicket}</h1>
          <p className={kiosk.lead}>{ticketProblem?.message}</p>
          <p>
            {words.passNumber} <strong>{number}</strong>
          </p>
        </section>
      )}
      <PrintState printed={printed} good={ticket ? words.take : words.passOnly} bad={words.notPrinted} />
    </>
  );
}

/** A number as large as it is called, where to wait, and how long honestly. */
export function TicketFacts({ ticket }: { ticket: TakenTicket }) {
  const words = t.prereview.result;
  const { wait } = ticket;
  return (
    <section className={styles.ticket} aria-labelledby="question">
      <h1 id="question">
        <small>{words.yourNumber}</small>
        <b data-testid="ticket-number">{ticket.number}</b>
      </h1>
      <p className={styles.zone}>{ticket.zone}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{words.ahead}</dt>
          <dd>{words.people(ticket.peopleAhead)}</dd>
        </div>
        <div>
          <dt>{words.wait}</dt>
          <dd>
            {wait
              ? words.minutes(Math.floor(wait.fromMs / MINUTE), Math.max(1, Math.ceil(wait.toMs / MINUTE)))
              : words.waitUnknown}
          </dd>
        </div>
      </dl>
      {ticket.by === 'hub' ? null : <p className={styles.own}>{words.byOwn}</p>}
    </section>
  );
}

function Missing({ result: { missing, printed } }: { result: PreReviewResult }) {
  const words = t.prereview.result;
  return (
    <>
      <h1 id="question">{words.failedTitle(missing.length)}</h1>
      <PrintState printed={printed} good={words.takeNotice} bad={words.noticeNotPrinted} />
      <p className={kiosk.lead}>{words.failedText}</p>
      <ol className={styles.missing} data-count={missing.length} data-many={missing.length > 2}>
        {missing.map(({ code, name, why, where }) => (
          <li key={code}>
            <strong>{name}</strong>
            <span className={styles.why}>{why}</span>
            <span>
              {words.where}：{where}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

export function PrintState({ printed, good, bad }: { printed: PreReviewResult['printed']; good: string; bad: string }) {
  if (!printed.problem) {
    return (
      <p className={styles.take}>
        <Icon name="printer" />
        {good}
      </p>
    );
  }
  return (
    <p className={styles.notPrinted} role="alert">
      <Icon name="warning" />
      <span>
        {bad}
        <small>{printed.problem.message}</small>
      </span>
    </p>
  );
}
