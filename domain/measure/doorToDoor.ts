import type { CaseRecord } from '../case/types.ts';

/** Where the time of one case went, milliseconds of wall time. The parts add up to the whole from acceptance to its end. */
export interface DoorToDoor {
  /** A desk of the back office had it in hand. */
  office: number;
  /** It lay between two desks. */
  idle: number;
  /** The applicant or the law made it wait: supplement, notice, site visit, payment. */
  paused: number;
  /** Ready, and nobody had called for pickup. */
  pickupWait: number;
  /** From the call to the hand-over: the way to the window, and the signing. */
  handover: number;
}

const PART_OF_STEP: Readonly<Record<string, keyof DoorToDoor>> = {
  T15: 'paused',
  T18: 'paused',
  T21: 'paused',
  T25: 'paused',
  T31: 'pickupWait',
  T33: 'handover',
  T35: 'pickupWait',
};

const END_STEPS = ['T12', 'T17', 'T20', 'T34', 'T37', 'T38', 'T40', 'T41', 'T45'];

/** @returns null for a case that has not ended */
export function doorToDoorOf({ history, acceptedAt }: Pick<CaseRecord, 'history' | 'acceptedAt'>): DoorToDoor | null {
  const parts: DoorToDoor = { office: 0, idle: 0, paused: 0, pickupWait: 0, handover: 0 };
  const inHand = new Set<string>();
  let part: keyof DoorToDoor = 'idle';
  let since = Date.parse(acceptedAt);
  for (const { step, at } of history) {
    const now = Math.max(since, Date.parse(at));
    parts[part] += now - since;
    since = now;
    if (END_STEPS.includes(step)) return parts;
    const [lane, event] = step.split(':');
    if (lane && event === 'claim') inHand.add(lane);
    else if (lane && event !== undefined && event !== 'unblock') inHand.delete(lane);
    else if (step === 'T28') inHand.add('PRT');
    // A transition ends the task of whoever had it in hand, whichever lane that was.
    else if (step !== 'T14') inHand.clear();
    part = PART_OF_STEP[step] ?? (isHeld(part, step) ? part : inHand.size > 0 ? 'office' : 'idle');
  }
  return null;
}

/** Lane events and payments while the case waits for something else do not end the waiting. */
function isHeld(part: keyof DoorToDoor, step: string): boolean {
  return part !== 'office' && part !== 'idle' && !step.startsWith('T');
}
