import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { MethodInput, MethodOutput } from '../../contract/rpc.ts';
import { AT_CENTRE } from '../../domain/ledger/held.ts';
import { t } from '../strings/index.ts';

export type Outbox = MethodOutput<'sync.outbox'>;
export type OutboxRow = Outbox['rows'][number];
export type OutboxState = MethodInput<'sync.outbox'>['state'];

/** In the order of the tabs. */
export const OUTBOX_STATES = ['waiting', 'held', 'parked', 'rejected'] as const satisfies readonly OutboxState[];

/** Where a person looks first: at what needs one, else at what waits here. */
export function firstState(counts: Outbox['counts']): OutboxState {
  return (['rejected', 'parked', 'waiting', 'held'] as const).find((state) => counts[state] > 0) ?? 'waiting';
}

/** Where a record is now. */
export function placeWords({ code }: Pick<OutboxRow, 'code'>, state: OutboxState): string {
  return state === 'held' && code === AT_CENTRE ? t.outbox.places.parked : t.outbox.places[state];
}

export interface Reason {
  why: string;
  next: string;
  /** Whom to ask. */
  ask: string;
  /** Somebody has to do something. */
  isGrave: boolean;
}

/**
 * Why a record is not through, when it is tried again, and whom to ask.
 * @param isFirst of those that wait, the one that goes next
 * @param localTime an instant as people write it
 */
export function reasonOf(
  { code }: Pick<OutboxRow, 'code'>,
  state: OutboxState,
  line: Outbox['line'],
  isFirst: boolean,
  localTime: (iso: string) => string,
): Reason {
  const { why, next, ask } = t.outbox;
  switch (state) {
    case 'held':
      return code === AT_CENTRE
        ? { why: why.heldAtCentre, next: next.soon, ask: ask.clerk, isGrave: false }
        : { why: why.held, next: next.hub, ask: ask.clerk, isGrave: false };
    case 'parked':
      return { why: codeWords(code), next: next.upgrade, ask: ask.centre, isGrave: false };
    case 'rejected':
      return { why: codeWords(code), next: next.never, ask: ask.supervisor, isGrave: true };
    case 'waiting':
      return reasonOfWaiting(line, isFirst, localTime);
  }
}

function reasonOfWaiting(line: Outbox['line'], isFirst: boolean, localTime: (iso: string) => string): Reason {
  const { why, next, ask } = t.outbox;
  const { link, trouble, nextTryAt, stuck } = line;
  const again = nextTryAt === null ? next.auto : next.at(localTime(nextTryAt));
  if (stuck) return { why: isFirst ? why.stuck : why.behindStuck, next: again, ask: ask.admin, isGrave: true };
  if (link === 'not-configured') return { why: why[link], next: next.auto, ask: ask.admin, isGrave: false };
  if (trouble !== null) {
    const isGrave = trouble === 'refused' || trouble === 'forked' || trouble === 'protocol';
    const who = isGrave ? ask.admin : trouble === 'offline' ? ask.network : ask.clerk;
    return { why: why[trouble], next: again, ask: who, isGrave };
  }
  if (link !== 'connected') return { why: why[link], next: again, ask: ask.network, isGrave: link === 'refused' };
  return isFirst
    ? { why: why.first, next: next.now, ask: ask.clerk, isGrave: false }
    : { why: why.queued, next: next.auto, ask: ask.clerk, isGrave: false };
}

/** A code of the centre as a person reads it; one that this program does not know is shown as it is. */
function codeWords(code: string | null): string {
  const word = code ?? 'unknown';
  return t.outbox.codes[word] ?? (isErrorCode(word) ? ERRORS[word] : word);
}

const MINUTE = 60_000;

/** How long ago, in the largest whole unit. */
export function ageWords(iso: string, nowIso: string): string {
  const { now, minutes, hours, days } = t.outbox.ages;
  const passed = Math.floor((Date.parse(nowIso) - Date.parse(iso)) / MINUTE);
  if (passed < 1) return now;
  if (passed < 60) return minutes(passed);
  return passed < 24 * 60 ? hours(Math.floor(passed / 60)) : days(Math.floor(passed / (24 * 60)));
}
