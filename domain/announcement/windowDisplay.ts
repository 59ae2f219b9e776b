import type { WindowState } from '../queue/hallTypes.ts';
import { currentCall } from '../queue/reduceTicket.ts';
import type { TicketRecord } from '../queue/ticketTypes.ts';
import { type DisplayWords, displayWords } from './display.ts';
import { announcementOfCall } from './ofTicket.ts';

const NOTHING: DisplayWords = { text: '', number: null, attention: false };

/**
 * What the display over a window shows: whom it called, for as long as the call lasts; otherwise that it pauses, or
 * nothing.
 * @param inHand the ticket whose call lasts at this window, or null
 */
export function windowDisplay(inHand: TicketRecord | null, state: WindowState, number: number): DisplayWords {
  const call = inHand && currentCall(inHand);
  if (inHand && call) {
    const words = displayWords(announcementOfCall(inHand.number, call));
    return { ...words, attention: call.arrivedAt === null };
  }
  return state === 'paused' ? displayWords({ event: 'pause', window: number }) : NOTHING;
}
