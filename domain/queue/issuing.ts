import { type Refused, refuse } from './decision.ts';
import { aheadOf, expectedWait } from './estimate.ts';
import type { IssueStop } from './hallTypes.ts';
import type { Queue, TicketClass } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/**
 * Whether a queue gives numbers (domain.md §6.4). What a supervisor said of the queue goes before what was said of all;
 * either goes before the estimate. Who comes to collect is let in as long as the hall is open.
 */
export function whyNotIssued(view: HallView, queue: Queue, floor: number, ticketClass: TicketClass): Refused | null {
  const said = stopOf(view, queue);
  if (said?.force === 'open') return null;
  if (said) return refuse('issuing-stopped', { reason: said.reason });
  if (view.openUntil === null) return refuse('issuing-closed');
  if (!view.plan.policy.stopBeforeClosing || ticketClass === 'pickup') return null;
  const waitMs = expectedWait(view, queue, floor, aheadOf(view, queue, floor, ticketClass));
  if (waitMs === null || waitMs <= view.openUntil - view.now) return null;
  return refuse('issuing-closed', { waitMs: Math.round(waitMs) });
}

export function stopOf({ stops }: HallView, queue: Queue): IssueStop | null {
  return stops.find((each) => each.queue === queue) ?? stops.find((each) => each.queue === 'all') ?? null;
}

/** For a screen: queues of a floor that give no numbers to somebody who comes now. */
export function stoppedQueues(view: HallView, queues: readonly Queue[], floor: number): Queue[] {
  return queues.filter((queue) => whyNotIssued(view, queue, floor, 'ordinary') !== null);
}
