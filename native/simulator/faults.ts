import { setTimeout as delay } from 'node:timers/promises';
import { type Line, sendPaced } from './line.ts';
import type { Fault } from './types.ts';

/** What a line can do to any answer (devices.md §6.8); what else goes wrong is the device's own. */
export const LINE_FAULTS = [
  'silence',
  'half-frame',
  'garbage',
  'bad-checksum',
  'late',
  'duplicate',
  'disconnect',
  'slow',
] as const satisfies readonly Fault[];

/** How late the fault `late` is when nothing is said: beyond the usual deadline. */
const LATE_MS = 1500;
/** Nobody's line, but slow enough to show every assumption about chunks. */
const SLOW_BAUD = 1200;

/** The fault that is switched on, for some answers or for all. */
export class FaultSwitch<Part extends string | number = never> {
  #fault: { name: Fault; part: Part | null; left: number } | null = null;

  /** @param scope which part of the device, null: each; and how many answers, afterwards it is healthy again */
  set(fault: Fault | null, { part, times }: { part?: Part | undefined; times?: number | undefined } = {}): void {
    this.#fault = fault && { name: fault, part: part ?? null, left: times ?? Number.POSITIVE_INFINITY };
  }

  /** The fault that strikes this answer; each asking counts as one answer. */
  take(part?: Part): Fault | null {
    const fault = this.#fault;
    if (!fault || (fault.part !== null && fault.part !== part)) return null;
    fault.left -= 1;
    if (fault.left <= 0) this.#fault = null;
    return fault.name;
  }
}

export interface FaultyWay {
  /** Null: at once. */
  baudRate?: number | undefined;
  lateMs?: number | undefined;
  slowBaud?: number | undefined;
  /** Bytes that look like the beginning of an answer. */
  noise: Uint8Array;
  /** The answer with a wrong checksum; what that means where there is none. */
  damage(answer: Buffer): Buffer;
}

/** The speed of the line under that fault; undefined: at once. */
export function paceOf(
  fault: Fault | null,
  { baudRate, slowBaud = SLOW_BAUD }: Pick<FaultyWay, 'baudRate' | 'slowBaud'>,
) {
  return fault === 'slow' ? slowBaud : baudRate;
}

/** Puts an answer on the line, or what the fault makes of it. */
export async function sendFaulty(line: Line, answer: Buffer, fault: Fault | null, way: FaultyWay): Promise<void> {
  const baudRate = paceOf(fault, way);
  const put = async (bytes: Uint8Array) => (baudRate ? sendPaced(line, bytes, baudRate) : line.send(bytes));
  const half = answer.subarray(0, Math.floor(answer.length / 2));
  switch (fault) {
    case 'silence':
      return;
    case 'half-frame':
      return put(half);
    case 'disconnect':
      await put(half);
      return line.hangUp();
    case 'garbage':
      return put(Buffer.concat([way.noise, answer]));
    case 'bad-checksum':
      return put(way.damage(answer));
    case 'late':
      await delay(way.lateMs ?? LATE_MS);
      return put(answer);
    case 'duplicate':
      await put(answer);
      return put(answer);
    default:
      return put(answer);
  }
}

/** With another last byte: wrong wherever the checksum stands at the end. */
export function damageLastByte(answer: Buffer): Buffer {
  return Buffer.concat([answer.subarray(0, -1), Buffer.of((answer.at(-1) ?? 0) ^ 0xff)]);
}
