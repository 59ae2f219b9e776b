import { changeScan, type ScanRecord } from '../case/scan.ts';
import { walk } from '../case/transitions.ts';
import type { CaseRecord } from '../case/types.ts';
import { isKind, type Op, type StaffMember, streamOf } from './op.ts';

/** Why an op cannot be applied. A refused op changes nothing. */
export class ReduceError extends Error {
  override name = 'ReduceError';
  readonly code: 'illegal-transition' | 'stale-version' | 'wrong-stream';

  constructor(code: ReduceError['code'], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

export interface StaffRecord extends StaffMember {
  id: string;
  version: number;
}

export interface SessionRecord {
  id: string;
  version: number;
  staff: string;
  terminal: string;
  openedAt: string;
  closedAt: string | null;
}

/** What the projections hold for one stream. */
export type Entity =
  | { type: 'case'; record: CaseRecord }
  | { type: 'scan'; record: ScanRecord }
  | { type: 'staff'; record: StaffRecord }
  | { type: 'session'; record: SessionRecord };

/**
 * The state of a stream after an op. Pure; terminal, hub and centre run this same function, so replicas at the same
 * position are equal.
 * @param current the stream's state before, or null for its first op
 * @throws ReduceError when the op is not legal here
 */
export function reduce(current: Entity | null, op: Op): Entity {
  const version = current?.record.version ?? 0;
  if (op.base_ver !== version)
    throw new ReduceError('stale-version', `made on ${op.base_ver}, stream is at ${version}`);
  const { kind: streamKind, id } = streamOf(op);

  if (isKind(op, 'case.accepted')) {
    expectStream(streamKind, 'case');
    const before = current?.type === 'case' ? current.record.state : null;
    const result = walk(before, op.body.path);
    if (!result.ok || result.state !== 'ACCEPTED') {
      throw new ReduceError(
        'illegal-transition',
        result.ok ? `ends in ${result.state}` : `${result.at} from ${result.state}`,
      );
    }
    return {
      type: 'case',
      record: { id, version: version + 1, state: 'ACCEPTED', acceptedAt: op.at, acceptance: op.body, slips: [] },
    };
  }
  if (isKind(op, 'slip.printed')) {
    expectStream(streamKind, 'case');
    if (current?.type !== 'case') throw new ReduceError('illegal-transition', 'slip of a case that does not exist');
    const { slip, print, confirmation } = op.body;
    const printed = { slip, print, confirmation, at: op.at, by: op.actor };
    return {
      type: 'case',
      record: { ...current.record, version: version + 1, slips: [...current.record.slips, printed] },
    };
  }
  if (isKind(op, 'scan.attached') || isKind(op, 'scan.moved') || isKind(op, 'scan.removed')) {
    expectStream(streamKind, 'scan');
    const record = changeScan(current?.type === 'scan' ? current.record : null, id, op);
    if (!record) throw new ReduceError('illegal-transition', `${op.kind} of this page`);
    return { type: 'scan', record };
  }
  if (isKind(op, 'staff.upserted')) {
    expectStream(streamKind, 'staff');
    return { type: 'staff', record: { ...op.body, id, version: version + 1 } };
  }
  if (isKind(op, 'session.opened')) {
    expectStream(streamKind, 'session');
    if (current) throw new ReduceError('illegal-transition', 'session opened twice');
    return {
      type: 'session',
      record: { id, version: 1, staff: op.body.staff, terminal: op.body.terminal, openedAt: op.at, closedAt: null },
    };
  }
  if (isKind(op, 'session.closed')) {
    expectStream(streamKind, 'session');
    if (current?.type !== 'session' || current.record.closedAt !== null) {
      throw new ReduceError('illegal-transition', 'no open session');
    }
    return { type: 'session', record: { ...current.record, version: version + 1, closedAt: op.at } };
  }
  throw new ReduceError('wrong-stream', `no reducer for ${(op as Op).kind}`);
}

function expectStream(actual: string, expected: string): void {
  if (actual !== expected) throw new ReduceError('wrong-stream', `${actual} instead of ${expected}`);
}
