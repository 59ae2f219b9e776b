import { type KeyboardEvent, useCallback, useEffect, useState } from 'react';
import { actWords } from '../app/actWords.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { groupCaseNumber, localTime, shortMoment } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import blanks from '../blanks/Blanks.module.css';
import staff from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Outbox.module.css';
import {
  type Outbox as Answer,
  ageWords,
  firstState,
  OUTBOX_STATES,
  type OutboxRow,
  type OutboxState,
  placeWords,
  reasonOf,
} from './words.ts';

interface OutboxProps {
  /** Opens a case of the list; absent where cases are not opened. */
  onOpenCase?: ((id: string) => void) | undefined;
}

/** What this machine recorded and is not done with: what, since when, where it is, why it waits, whom to ask. */
export function Outbox({ onOpenCase }: OutboxProps) {
  const { client } = useApp();
  const [chosen, setChosen] = useState<OutboxState | null>(null);
  const asked = chosen ?? 'waiting';
  const load = useCallback(() => client.call('sync.outbox', { state: asked }), [client, asked]);
  const { value, failure, again } = useQuestion(load);
  useEffect(() => {
    // Rows of this page go through while it is looked at; several changes of a moment are one.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = client.on('sync.changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        again();
      }, REFRESH_MS);
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [client, again]);
  const first = value && chosen === null ? firstState(value.counts) : null;
  useEffect(() => {
    if (first !== null) setChosen(first);
  }, [first]);
  if (value === null || chosen === null) {
    return failure ? <Failed failure={failure} onAgain={again} /> : <Skeleton label={t.outbox.reading} />;
  }
  return (
    <>
      <States counts={value.counts} chosen={chosen} onChoose={setChosen} />
      <div role="tabpanel" id="outbox-panel" aria-labelledby={`outbox-${chosen}`} className={styles.panel}>
        <p className={styles.how}>{t.outbox.statesHow[chosen]}</p>
        {failure ? <Failed failure={failure} onAgain={again} /> : null}
        <Rows key={chosen} state={chosen} first={value} onOpenCase={onOpenCase} />
      </div>
    </>
  );
}

const REFRESH_MS = 1_000;

function Failed({ failure, onAgain }: { failure: Failure; onAgain(): void }) {
  return (
    <FailureNotice failure={failure}>
      <Button size="small" onClick={onAgain}>
        {t.outbox.refresh}
      </Button>
    </FailureNotice>
  );
}

interface StatesProps {
  counts: Answer['counts'];
  chosen: OutboxState;
  onChoose(state: OutboxState): void;
}

function States({ counts, chosen, onChoose }: StatesProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const count = OUTBOX_STATES.length;
    const next = OUTBOX_STATES[(OUTBOX_STATES.indexOf(chosen) + step + count) % count] ?? 'waiting';
    onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`#outbox-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t.outbox.title} className={styles.states} onKeyDown={onKeyDown}>
      {OUTBOX_STATES.map((state) => (
        <button
          key={state}
          type="button"
          role="tab"
          id={`outbox-${state}`}
          aria-selected={state === chosen}
          aria-controls="outbox-panel"
          tabIndex={state === chosen ? 0 : -1}
          data-default={state === chosen ? true : undefined}
          className={blanks.tab}
          onClick={() => onChoose(state)}
        >
          {t.outbox.states[state]} <b className={styles.count}>{counts[state]}</b>
        </button>
      ))}
    </div>
  );
}

interface RowsProps {
  state: OutboxState;
  first: Answer;
  onOpenCase: OutboxProps['onOpenCase'];
}

function Rows({ state, first, onOpenCase }: RowsProps) {
  const { client } = useApp();
  const [more, setMore] = useState<Pick<Answer, 'rows' | 'next'> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const now = useNow();
  const rows = [...first.rows, ...(more?.rows ?? [])];
  const next = more === null ? first.next : more.next;
  const readOn = async (): Promise<void> => {
    if (isBusy || next === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const page = await client.call('sync.outbox', { state, after: next });
      setMore((before) => ({ rows: [...(before?.rows ?? []), ...page.rows], next: page.next }));
    } catch (error) {
      setFailure(toFailure(error));
    }
    setBusy(false);
  };
  if (rows.length === 0) {
    return (
      <p className={staff.empty} data-testid="outbox-empty">
        <strong>{t.outbox.empty[state]}</strong>
        {t.outbox.emptyHow}
      </p>
    );
  }
  const { columns } = t.outbox;
  return (
    <>
      <table className={`${staff.table} ${styles.table}`}>
        <thead>
          <tr>
            {(['at', 'what', 'subject', 'place', 'why', 'next', 'ask'] as const).map((column) => (
              <th key={column} scope="col">
                {columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row
              key={row.opId}
              row={row}
              state={state}
              line={first.line}
              isFirst={index === 0}
              now={now}
              onOpenCase={onOpenCase}
            />
          ))}
        </tbody>
      </table>
      {failure ? <FailureNotice failure={failure} /> : null}
      <p className={styles.foot}>
        {t.outbox.shown(rows.length, Math.max(first.counts[state], rows.length))}
        {next === null ? null : (
          <Button size="small" onClick={() => void readOn()}>
            {t.outbox.older}
          </Button>
        )}
      </p>
    </>
  );
}

interface RowProps {
  row: OutboxRow;
  state: OutboxState;
  line: Answer['line'];
  isFirst: boolean;
  now: string;
  onOpenCase: OutboxProps['onOpenCase'];
}

function Row({ row, state, line, isFirst, now, onOpenCase }: RowProps) {
  const { why, next, ask, isGrave } = reasonOf(row, state, line, isFirst, localTime);
  return (
    <tr data-testid="outbox-row">
      <td className={styles.fixed}>
        {shortMoment(row.at, now)}
        <span className={styles.muted}>{ageWords(row.at, now)}</span>
      </td>
      <td>
        {actWords(row)}
        {row.actorName === null ? null : <span className={styles.muted}>{t.outbox.by(row.actorName)}</span>}
      </td>
      <td className={styles.fixed}>
        <Subject subject={row.subject} onOpenCase={onOpenCase} />
      </td>
      <td className={styles.fixed}>{placeWords(row, state)}</td>
      <td className={isGrave && (isFirst || state === 'rejected') ? styles.grave : undefined}>
        {isGrave && (isFirst || state === 'rejected') ? <Icon name="warning" /> : null} {why}
      </td>
      <td className={styles.fixed}>{next}</td>
      <td className={styles.fixed}>{ask}</td>
    </tr>
  );
}

function Subject({ subject, onOpenCase }: Pick<RowProps, 'onOpenCase'> & { subject: OutboxRow['subject'] }) {
  if (subject === null) return '–';
  if (subject.kind === 'ticket') return t.outbox.ticket(subject.number);
  const number = groupCaseNumber(subject.number);
  if (!onOpenCase) return number;
  return (
    <button type="button" className={blanks.link} onClick={() => onOpenCase(subject.id)}>
      {number}
    </button>
  );
}
