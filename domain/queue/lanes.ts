import type { PlannedWindow, QueuePolicy } from './hallTypes.ts';
import type { Compared, Queue, TicketCall, TicketRecord, Why, WhyRule } from './ticketTypes.ts';

/**
 * Who goes first (domain.md §6.3), as lanes with caps. A capped lane stands back only while another has somebody, so
 * leaving out candidates that were not chosen never changes the choice: the reasons kept with a call suffice to check it.
 */

/** What the order looks at. */
export interface Ranked {
  rule: WhyRule;
  /** Since its place counts. */
  waitedMs: number;
  queue: Queue;
}

/** Calls in a row at one window that the caps look at. */
export interface Rows {
  pickups: number;
  returns: number;
  priorities: number;
}

export const NO_ROWS: Rows = { pickups: 0, returns: 0, priorities: 0 };

/** Lower goes first. Whoever waited too long is raised one class: an ordinary ticket to those of the green channel, an appointment to priority. */
function rankOf({ rule, waitedMs }: Ranked, { agedAfterMs }: QueuePolicy): number {
  switch (rule) {
    case 'own-pickup':
      return 0;
    case 'returned':
      return 1;
    case 'priority':
      return 2;
    case 'appointment':
      return waitedMs > agedAfterMs ? 2 : 3;
    case 'enterprise':
    case 'aged':
      return 4;
    default:
      return 5;
  }
}

/** Which lane goes first, then the queue the window serves first, then who waited longer. */
export function compareRanked(a: Ranked, b: Ranked, policy: QueuePolicy, queues: readonly Queue[]): number {
  const rank = rankOf(a, policy);
  const byRank = rank - rankOf(b, policy);
  if (byRank !== 0) return byRank;
  // Those raised by their wait, and all lanes above, are served by time alone: the second queue of a window is not starved.
  const byQueue = rank === 5 ? orderOf(a.queue, queues) - orderOf(b.queue, queues) : 0;
  return byQueue || b.waitedMs - a.waitedMs;
}

function orderOf(queue: Queue, queues: readonly Queue[]): number {
  const index = queues.indexOf(queue);
  // Sent to this very window although it does not serve the queue.
  return index === -1 ? queues.length : index;
}

/** @param sorted by `compareRanked` @returns the one whose turn it is, or null of none */
export function pick<T extends Ranked>(sorted: readonly T[], rows: Rows, policy: QueuePolicy): T | null {
  let rest = sorted;
  if (rows.pickups >= policy.maxPickupsInRow) rest = standBack(rest, isPickup);
  if (rows.returns >= policy.maxReturnsInRow) rest = standBack(rest, isReturned);
  if (rows.priorities >= policy.maxPrioritiesInRow) rest = standBack(rest, isPriority);
  return rest[0] ?? null;
}

function standBack<T extends Ranked>(list: readonly T[], isCapped: (each: Ranked) => boolean): readonly T[] {
  const others = list.filter((each) => !isCapped(each));
  return others.length > 0 ? others : list;
}

const isPickup = ({ rule }: Ranked) => rule === 'own-pickup';
const isReturned = ({ rule }: Ranked) => rule === 'returned';
const isPriority = ({ rule }: Ranked) => rule === 'priority' || rule === 'appointment';

/** The rule that is told: that of the lane, unless those with priority stood back for it. */
export function ruleOf(chosen: Ranked, others: readonly Ranked[], rows: Rows, policy: QueuePolicy): WhyRule {
  const isOrdinary = !isPickup(chosen) && !isReturned(chosen) && !isPriority(chosen);
  const stoodBack = rows.priorities >= policy.maxPrioritiesInRow && others.some(isPriority);
  return isOrdinary && stoodBack ? 'after-priorities' : chosen.rule;
}

/** A return neither lengthens nor ends a row of priorities; a pickup touches the row of pickups alone. */
export function advance(rows: Rows, rule: WhyRule): Rows {
  switch (rule) {
    case 'own-pickup':
      return { ...rows, pickups: rows.pickups + 1 };
    case 'returned':
      return { ...rows, pickups: 0, returns: rows.returns + 1 };
    case 'priority':
    case 'appointment':
      return { pickups: 0, returns: 0, priorities: rows.priorities + 1 };
    default:
      return NO_ROWS;
  }
}

/** @param calls at one window, oldest first; those chosen by hand or entered later count for nothing */
export function rowsAfter(calls: readonly { call: TicketCall; ticket: TicketRecord }[]): Rows {
  let rows = NO_ROWS;
  for (const { call } of calls) {
    const { rule, lane } = call.why;
    if (rule !== 'chosen' && rule !== 'entered-later') rows = advance(rows, lane ?? rule);
  }
  return rows;
}

/**
 * After at most so many calls at one window there is one for an ordinary ticket, while any waits there: each return row
 * of `maxReturnsInRow` ends in a priority, of which `maxPrioritiesInRow` come before an ordinary one, and between any two
 * of these lie `maxPickupsInRow` pickups. 18 with the default policy.
 */
export function callsPerOrdinary(policy: QueuePolicy): number {
  return (policy.maxPickupsInRow + 1) * (policy.maxReturnsInRow + 1) * (policy.maxPrioritiesInRow + 1);
}

/**
 * Whether what a call stored explains it: the rules applied to the waits it compared give the same ticket and rule.
 * True for calls that follow no order (chosen by hand, entered later) and for those of older programs.
 */
export function isExplained(
  { why, queue }: { why: Why; queue: Queue },
  policy: QueuePolicy,
  { queues }: Pick<PlannedWindow, 'queues'>,
): boolean {
  if (why.rule === 'chosen' || why.rule === 'entered-later') return true;
  const others: Ranked[] = [];
  for (const each of why.compared) {
    const ranked = rankedOf(each);
    if (ranked === null) return true;
    others.push(ranked);
  }
  const rows: Rows = {
    pickups: why.pickupsInRow ?? 0,
    returns: why.returnsInRow ?? 0,
    priorities: why.prioritiesInRow,
  };
  const chosen: Ranked = { rule: why.lane ?? why.rule, waitedMs: why.waitedMs, queue };
  // First, so that of equals the one that was chosen is.
  const sorted = [chosen, ...others].sort((a, b) => compareRanked(a, b, policy, queues));
  if (pick(sorted, rows, policy) !== chosen) return false;
  return why.rule === 'emergency' || why.rule === ruleOf(chosen, others, rows, policy);
}

function rankedOf({ rule, queue, waitedMs }: Compared): Ranked | null {
  return rule === undefined || queue === undefined ? null : { rule, queue, waitedMs };
}
