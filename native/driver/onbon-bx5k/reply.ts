import type { OnbonFrame } from './frame.ts';

export type CardReply = { kind: 'ack' } | { kind: 'busy' } | { kind: 'refused'; error: number };

const GROUP = 0xa0;
const ACK = 0x00;
const BUSY = 3;
/** Where a card's answers go to: the host. */
const HOST = 0x8000;

/** @returns null for a frame that is no answer to us (devices.md §4.2) */
export function readReply(frame: OnbonFrame): CardReply | null {
  const [group, command, status = 0] = frame.data;
  if (frame.destination !== HOST || group !== GROUP || command === undefined) return null;
  if (command === ACK && status === 0) return { kind: 'ack' };
  return status === BUSY ? { kind: 'busy' } : { kind: 'refused', error: status };
}
