import type { WindowState } from './hallTypes.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose } from './ticketTypes.ts';
import type { HallView } from './view.ts';
import { indexOf } from './viewIndex.ts';

/** What may be seen from in front of a window (domain.md §6.7): no name, neither of the citizen nor of the clerk. */
export interface CitizenView {
  /** Over the window; null when it is none of the plan's. */
  window: number | null;
  state: WindowState;
  /** In hand at this window. */
  current: {
    number: string;
    purpose: CallPurpose;
    /** Came to the window. */
    isHere: boolean;
  } | null;
}

/** @param terminal of the window, such as `W07` */
export function citizenView(view: HallView, terminal: string): CitizenView {
  const inHand = indexOf(view).inHand.get(terminal);
  const call = inHand && currentCall(inHand);
  return {
    window: plannedWindow(view.plan, terminal)?.number ?? null,
    state: view.windows.get(terminal)?.state ?? 'closed',
    current: call ? { number: inHand.number, purpose: call.purpose, isHere: call.arrivedAt !== null } : null,
  };
}
