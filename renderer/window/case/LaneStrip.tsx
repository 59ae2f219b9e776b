import { pausesOf } from '../../../domain/case/caseTime.ts';
import { laneMinutes } from '../../../domain/case/forecast.ts';
import { LANE_CODES, LANE_STATE_NAMES, LANES, type Lane, type LaneState } from '../../../domain/case/lanes.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { shownLaneState } from '../../../domain/case/workList.ts';
import { useNow } from '../../app/clock.ts';
import { t } from '../../strings/index.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useClockRules } from '../clockRules.ts';
import styles from './Side.module.css';

const ICONS: Record<LaneState, IconName> = {
  WAITING: 'unknown',
  PENDING: 'clock',
  CLAIMED: 'person',
  DONE: 'good',
  RETURNED: 'returned',
  SKIPPED: 'unknown',
  BLOCKED: 'warning',
};

/** Amber at 70 % of a lane's budget, red at the whole of it (domain.md §3.2). */
const NEAR = 0.7;

/** Every lane with its state, who holds it and how long: an icon and a word, colour only when time runs out. */
export function LaneStrip({ record }: { record: CaseFile }) {
  const now = Date.parse(useNow());
  const rules = useClockRules();
  if (record.route === null) return null;
  const pauses = pausesOf(record);
  return (
    <ul className={styles.lanes} aria-label={t.life.lanes}>
      {LANE_CODES.map((lane) => {
        const task = record.lanes[lane];
        const state = shownLaneState(record, lane);
        const minutes = state === 'SKIPPED' ? null : laneMinutes(rules, task, pauses, now);
        return (
          <li key={lane} className={`${styles.lane} ${styles[toneOf(lane, state, minutes)] ?? ''}`} data-lane={lane}>
            <span className={styles.laneName}>{LANES[lane].name}</span>
            <span className={styles.laneState} title={[task.by, task.note].filter(Boolean).join(t.separator)}>
              <Icon name={ICONS[state]} />
              {LANE_STATE_NAMES[state]}
            </span>
            <span className={styles.laneTime}>{minutes === null ? '\u00a0' : t.life.laneMinutes(minutes)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function toneOf(lane: Lane, state: LaneState, minutes: number | null): 'done' | 'near' | 'over' | 'quiet' | 'open' {
  if (state === 'DONE') return 'done';
  if (state === 'WAITING' || state === 'SKIPPED') return 'quiet';
  if (state === 'RETURNED' || state === 'BLOCKED') return 'near';
  const { budgetMinutes } = LANES[lane];
  if (budgetMinutes === null || minutes === null) return 'open';
  if (minutes >= budgetMinutes) return 'over';
  return minutes >= NEAR * budgetMinutes ? 'near' : 'open';
}
