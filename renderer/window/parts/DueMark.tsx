import type { CaseSummary } from '../../../contract/rpc.ts';
import { readCase } from '../../../domain/clock/caseClock.ts';
import type { ClockRules } from '../../../domain/clock/openTime.ts';
import { pauseNow } from '../../../domain/clock/pauses.ts';
import { t } from '../../strings/index.ts';
import { Chip } from '../../ui/Notice.tsx';
import { pausesOf, toClock } from '../clockRules.ts';
import { dueMoment, STATE_LOOKS, stateWord } from './limitWords.ts';

/** In a list: nothing while there is time, so that what is left of a list stands out. */
export function DueMark({ row, rules, now }: { row: CaseSummary; rules: ClockRules; now: string }) {
  if (!row.times) return null;
  const clock = toClock(row.times);
  const acceptedAt = Date.parse(row.acceptedAt);
  const pauses = pausesOf(row.times);
  const at = row.times.endedAt === null ? Date.parse(now) : Date.parse(row.times.endedAt);
  if (row.times.endedAt === null && pauseNow('promise', pauses, at)) {
    return <Chip icon="clock">{t.life.pauses}</Chip>;
  }
  const { state } = readCase(rules, { acceptedAt, pauses }, clock, at);
  if (state === 'calm' || (state === 'near' && row.times.endedAt !== null)) return null;
  const { icon, tone } = STATE_LOOKS[state];
  const due = t.limit.due(dueMoment(clock.due, now));
  return (
    <Chip icon={icon} tone={tone} title={due}>
      {stateWord(state, clock.due, now)}
    </Chip>
  );
}
