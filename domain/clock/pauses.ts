import { type HallMinute, toHallMinute } from './localTime.ts';

/** Why a clock stands (domain.md §5.4 rule 7). */
export type PauseKind = 'P1' | 'P2' | 'P3' | 'P4' | 'P5';

export type ClockName = 'promise' | 'statutory';

export interface Pause {
  kind: PauseKind;
  /** ms since the epoch. */
  from: number;
  /** ms since the epoch; null while it lasts. */
  to: number | null;
  /** Staff number of who paused. */
  by: string;
  reason: string;
  /** Number of the notice, the order or the slip that proves it. */
  proof: string;
}

export interface PauseRule {
  name: string;
  /** The clocks that stand meanwhile. */
  stops: readonly ClockName[];
}

/** P1 and P2 are excluded by the rules of registration; P3 to P5 are our own affair and run on the law's clock. */
export const PAUSE_RULES: Readonly<Record<PauseKind, PauseRule>> = {
  P1: { name: '补正', stops: ['promise', 'statutory'] },
  P2: { name: '公告', stops: ['promise', 'statutory'] },
  P3: { name: '实地查看', stops: ['promise'] },
  P4: { name: '等待申请人缴费', stops: ['promise'] },
  P5: { name: '不可抗力或中心系统故障', stops: ['promise'] },
};

/** A time in which a clock stands, `from` included, `to` not. */
export interface Stop {
  from: HallMinute;
  to: HallMinute;
}

/**
 * When a clock stands: in order, without overlap. A pause that still lasts is taken to end at `now`, so that a due time
 * reckoned from it is the earliest one possible.
 * @param now ms since the epoch
 */
export function stopsFor(clock: ClockName, pauses: readonly Pause[], now: number): Stop[] {
  const stops = pauses
    .filter((pause) => PAUSE_RULES[pause.kind].stops.includes(clock))
    .map((pause) => ({ from: toHallMinute(pause.from), to: toHallMinute(pause.to ?? Math.max(now, pause.from)) }))
    .filter((stop) => stop.from < stop.to)
    .sort((a, b) => a.from - b.from);
  const merged: Stop[] = [];
  for (const stop of stops) {
    const last = merged.at(-1);
    if (last && stop.from <= last.to) last.to = Math.max(last.to, stop.to);
    else merged.push(stop);
  }
  return merged;
}

/** The pause that holds a clock now, if any. */
export function pauseNow(clock: ClockName, pauses: readonly Pause[], now: number): Pause | null {
  const holds = (pause: Pause): boolean =>
    PAUSE_RULES[pause.kind].stops.includes(clock) && pause.from <= now && (pause.to === null || now < pause.to);
  return pauses.find(holds) ?? null;
}
