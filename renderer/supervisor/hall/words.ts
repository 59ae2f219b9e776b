import { CENTRE } from '../../../domain/board/alarms.ts';
import { machineWords } from '../../health/machineWords.ts';
import { t } from '../../strings/index.ts';
import type { BoardAlarm, Tile } from './useBoard.ts';

/** Full minutes, for what is shown in little room. */
export function wholeMinutes(ms: number): number {
  return Math.floor(ms / 60_000);
}

export function alarmWords({ kind, label, count, code }: BoardAlarm): string {
  const who = label === CENTRE ? t.machines.centre : label;
  return t.board.alarm[kind](who, count ?? 0, code === null ? '' : machineWords(code));
}

/** What lies under the number of a window: in hand, or for how long it has been alone. */
export function tileWork({ inHand, idleMs, state, reason, stateForMs }: Tile): string {
  if (inHand) {
    const phase =
      inHand.purpose === 'pickup' ? t.board.pickupHand : inHand.phase === 'called' ? t.board.called : t.board.serving;
    return `${phase} ${t.board.minutes(wholeMinutes(inHand.forMs))}`;
  }
  if (idleMs !== null) return t.board.idle(wholeMinutes(idleMs));
  if (state === 'paused') {
    return [reason ?? t.board.states.paused, t.board.minutes(wholeMinutes(stateForMs ?? 0))].join(' ');
  }
  return t.board.states[state];
}

/** What stands behind the number of a window when it is read out. */
export function tileState({ state }: Tile): string {
  return t.board.tileState(t.board.states[state]);
}
