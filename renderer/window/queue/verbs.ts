import type { ShortcutVerb } from '../../../contract/config/shortcuts.ts';
import type { MethodOutput } from '../../../contract/rpc.ts';
import { prefixOf } from '../../../domain/queue/plan.ts';
import { currentCall } from '../../../domain/queue/reduceTicket.ts';
import type { TicketCall, TicketRecord } from '../../../domain/queue/ticketTypes.ts';

/** What a clerk may do with the queue now, and why not (domain.md §6.4). Pure: the hub decides, this only says it before. */

export type QueueState = MethodOutput<'queue.state'>;

/** F1 to F8, in this order (users.md §B.1). */
export const VERBS = [
  'callNext',
  'recall',
  'finish',
  'noShow',
  'pause',
  'transfer',
  'hold',
  'callBack',
] as const satisfies readonly ShortcutVerb[];
export type Verb = (typeof VERBS)[number];

export type Block =
  | { why: 'service' | 'busy' | 'no-queue' | 'paused' | 'closed' | 'nobody-in-hand' | 'arrived' | 'not-arrived' }
  | { why: 'pickup' | 'nobody-aside' | 'no-pre-review' | 'form-begun' }
  | { why: 'in-hand'; number: string }
  | { why: 'overtaken'; number: string; window: number }
  | { why: 'wait-recall' | 'wait-pass'; seconds: number }
  | { why: 'all-called'; times: number }
  | { why: 'calls-left'; left: number };

export interface Situation {
  state: QueueState | null;
  /** A command is under way. */
  busy: boolean;
  serviceUp: boolean;
  /** By the hub's clock, ms. */
  now: number;
}

/** @returns null: it can be done */
export function blockOf(verb: Verb, situation: Situation): Block | null {
  const general = generalBlock(situation);
  if (general) return general;
  const { state, now } = situation as Situation & { state: QueueState };
  const { current, window, policy } = state;
  const call = current && currentCall(current);
  switch (verb) {
    case 'callNext':
      return windowBlock(state) ?? handBlock(current);
    case 'callBack':
      return windowBlock(state) ?? handBlock(current) ?? (asideCount(state) === 0 ? { why: 'nobody-aside' } : null);
    case 'pause':
      return window === null || window.state === 'closed' ? { why: 'closed' } : null;
  }
  if (!current || !call) return overtakenBlock(state) ?? { why: 'nobody-in-hand' };
  switch (verb) {
    case 'recall':
      if (call.arrivedAt !== null) return { why: 'arrived' };
      if (call.times >= policy.maxCalls) return { why: 'all-called', times: call.times };
      return waitBlock('wait-recall', lastCalled(call) + policy.recallAfterMs, now);
    case 'noShow':
      if (call.arrivedAt !== null) return { why: 'arrived' };
      if (call.times < policy.maxCalls) return { why: 'calls-left', left: policy.maxCalls - call.times };
      return waitBlock('wait-pass', lastCalled(call) + passAfterMs(current, state), now);
    case 'finish':
      return call.arrivedAt === null ? { why: 'not-arrived' } : null;
    case 'transfer':
    case 'hold':
      return call.purpose === 'pickup' ? { why: 'pickup' } : null;
  }
}

/** What is done beside the eight: said to be at the window, sent back, ended. */
export function otherBlock(act: 'arrive' | 'send-back' | 'void', situation: Situation): Block | null {
  const general = generalBlock(situation);
  if (general) return general;
  const { state } = situation as Situation & { state: QueueState };
  const { current } = state;
  const call = current && currentCall(current);
  if (!current || !call) return overtakenBlock(state) ?? { why: 'nobody-in-hand' };
  if (act === 'arrive') return call.arrivedAt === null ? null : { why: 'arrived' };
  if (call.purpose === 'pickup') return { why: 'pickup' };
  return act === 'send-back' && current.preReview === null ? { why: 'no-pre-review' } : null;
}

/** The number that was in hand is another window's: said in place of there being none, until this window calls again. */
export function overtakenBlock({ current, overtaken }: QueueState): Extract<Block, { why: 'overtaken' }> | null {
  return current === null && overtaken ? { why: 'overtaken', ...overtaken } : null;
}

function generalBlock({ state, busy, serviceUp }: Situation): Block | null {
  if (!serviceUp) return { why: 'service' };
  if (state === null || state.mode === 'none') return { why: 'no-queue' };
  return busy ? { why: 'busy' } : null;
}

function windowBlock({ window }: QueueState): Block | null {
  if (window === null || window.state === 'closed') return { why: 'closed' };
  return window.state === 'paused' ? { why: 'paused' } : null;
}

function handBlock(current: TicketRecord | null): Block | null {
  return current ? { why: 'in-hand', number: current.number } : null;
}

function waitBlock(why: 'wait-recall' | 'wait-pass', at: number, now: number): Block | null {
  return at > now ? { why, seconds: Math.ceil((at - now) / 1000) } : null;
}

function lastCalled(call: TicketCall): number {
  return Date.parse(call.recalledAt ?? call.at);
}

function passAfterMs(ticket: TicketRecord, { policy }: QueueState): number {
  return ticket.elder ? policy.elderPassAfterMs : policy.passAfterMs;
}

/** How many F8 offers. */
export function asideCount({ held, passed, pickups }: QueueState): number {
  return held.length + passed.length + callablePickups(pickups).length;
}

export function callablePickups(pickups: readonly TicketRecord[]): TicketRecord[] {
  return pickups.filter(({ pickup }) => pickup?.state === 'waiting' || pickup?.state === 'missed');
}

export interface Handling {
  /** Since the call, or since the person is there. */
  elapsedMs: number;
  /** Quarters of the usual time that are over, 0–4. */
  quarters: number;
  tone: 'calm' | 'near' | 'over';
}

/** A case with everything there takes ≤ 5 min at the window, one without pre-review as well (users.md §B.5); thrice that is long. */
const LONG_SERVICE_MS = 15 * 60_000;

/** How long the number in hand takes; before the person is there, against the time after which it may be passed. */
export function handlingOf(ticket: TicketRecord, state: QueueState, now: number): Handling | null {
  const call = currentCall(ticket);
  if (!call) return null;
  const from = Date.parse(call.arrivedAt ?? call.recalledAt ?? call.at);
  const elapsedMs = Math.max(0, now - from);
  const limit = call.arrivedAt === null ? passAfterMs(ticket, state) : LONG_SERVICE_MS;
  const share = limit === 0 ? 1 : elapsedMs / limit;
  return {
    elapsedMs,
    quarters: Math.min(4, Math.floor(share * 4)),
    tone: share >= 1 ? 'over' : share >= 0.75 ? 'near' : 'calm',
  };
}

export interface Waiting {
  letter: string;
  count: number;
  longestMs: number;
  estimate: QueueState['counts'][number]['estimate'];
}

/** By the letter on the tickets: 等候 A 7 V 1 E 0. */
export function waitingByLetter({ counts }: QueueState): Waiting[] {
  const byLetter = new Map<string, Waiting>();
  for (const each of counts) {
    const letter = prefixOf(each.queue, each.class);
    const known = byLetter.get(letter);
    byLetter.set(letter, {
      letter,
      count: (known?.count ?? 0) + each.waiting,
      longestMs: Math.max(known?.longestMs ?? 0, each.longestMs),
      estimate: known?.estimate ?? each.estimate,
    });
  }
  return [...byLetter.values()];
}
