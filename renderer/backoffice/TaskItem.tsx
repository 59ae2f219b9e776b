import { useStore } from 'zustand';
import { readCase } from '../../domain/clock/caseClock.ts';
import { groupCaseNumber, shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { Chip } from '../ui/Notice.tsx';
import { pausesOf, toClock, useClockRules } from '../window/clockRules.ts';
import { STATE_LOOKS } from '../window/parts/limitWords.ts';
import { type Budget, budgetOf } from './budget.ts';
import styles from './Office.module.css';
import { useOffice, useOfficeState } from './office.ts';
import type { TaskRow } from './workList.ts';

const LOOKS = { calm: STATE_LOOKS.calm, near: STATE_LOOKS.near, over: STATE_LOOKS.over };

/** One task: whose, what, until when, how much of the lane's own time is left, and who holds it. */
export function TaskItem({ row, now }: { row: TaskRow; now: string }) {
  const { app, store } = useOffice();
  const rules = useClockRules();
  const actor = useStore(app.session, (state) => state.info?.staff?.number);
  const isSelected = useOfficeState((state) => state.selected === row.summary.id);
  const isOpen = useOfficeState((state) => state.open?.record.id === row.summary.id);
  const isMarked = useOfficeState((state) => state.marked.includes(row.summary.id));
  const { summary, task, lane } = row;
  const isHeld = task.state === 'CLAIMED' || task.state === 'BLOCKED';
  const isTaken = isHeld && task.by !== null && task.by !== actor;
  const pauses = summary.times ? pausesOf(summary.times) : [];
  const budget = isHeld || task.state === 'PENDING' ? budgetOf(rules, lane, task, pauses, Date.parse(now)) : null;
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-selected={isSelected}
        data-taken={isTaken}
        data-case={summary.id}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={isSelected ? 0 : -1}
        onFocus={() => store.setState({ selected: summary.id })}
        onClick={() => void store.getState().openTask(summary.id)}
      >
        <span className={styles.line}>
          <b className={styles.name}>{summary.holder}</b>
          {isMarked ? (
            <Chip tone="calm" icon="good">
              {t.laneArchive.marked}
            </Chip>
          ) : null}
          <Due row={row} now={now} />
        </span>
        <span className={styles.line}>
          <span className={styles.name}>
            {summary.itemCode} {summary.itemName}
          </span>
        </span>
        <span className={`${styles.line} ${styles.small}`}>
          <span>{groupCaseNumber(summary.number)}</span>
          <Holder row={row} isTaken={isTaken} isHeld={isHeld} />
        </span>
        {budget === null ? null : <BudgetBar budget={budget} />}
      </button>
    </li>
  );
}

function Due({ row: { summary }, now }: { row: TaskRow; now: string }) {
  const rules = useClockRules();
  if (!summary.times) return null;
  const pauses = pausesOf(summary.times);
  const at = summary.times.endedAt === null ? Date.parse(now) : Date.parse(summary.times.endedAt);
  const clock = toClock(summary.times);
  const { state } = readCase(rules, { acceptedAt: Date.parse(summary.acceptedAt), pauses }, clock, at);
  const look = STATE_LOOKS[state];
  return (
    <span className={`${styles.due} ${styles[look.tone]}`}>
      {state === 'calm' ? null : <Icon name={look.icon} />}
      {t.office.due(shortMoment(summary.times.dueAt, now))}
    </span>
  );
}

function Holder({
  row: {
    task,
    byName,
    summary: { state },
  },
  isTaken,
  isHeld,
}: {
  row: TaskRow;
  isTaken: boolean;
  isHeld: boolean;
}) {
  if (task.state === 'BLOCKED') {
    return (
      <span className={styles.near}>
        <Icon name="warning" /> {t.office.blocked}
      </span>
    );
  }
  if (!isHeld) return <span>{task.state === 'PENDING' ? t.office.free : state}</span>;
  return (
    <span className={isTaken ? undefined : styles.mine}>
      <Icon name="person" /> {isTaken ? t.office.takenBy(byName ?? '') : t.office.mine}
    </span>
  );
}

/** The lane's own minutes: a bar, an icon and a word. */
function BudgetBar({ budget: { state, share, left } }: { budget: Budget }) {
  const look = LOOKS[state];
  return (
    <span className={`${styles.budget} ${styles[look.tone]}`}>
      <span className={styles.track}>
        <span style={{ width: `${Math.min(1, share) * 100}%` }} />
      </span>
      <span className={styles.small}>
        <Icon name={look.icon} /> {left > 0 ? t.office.left(left) : t.office.over(-left)}
      </span>
    </span>
  );
}
