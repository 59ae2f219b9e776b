import type { OpEnvelope } from '../../contract/ops.ts';
import type { GapAnswer, PushAnswer } from '../../contract/sync.ts';
import { findOpDefect, genesisHash, type Op, sealedBody } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import type { ChainHead, Push } from '../store/types.ts';
import { judgeOp, type ParseOp } from './judge.ts';
import { ID_REUSED, isRepeatOf, REPEATED, toldOf } from './repeats.ts';
import type { WorkingLedger } from './workingLedger.ts';

/** What a hub does otherwise than a centre. */
export interface PlanRules {
  /** Which bodies are understood. */
  parse?: ParseOp | undefined;
  judge?: typeof judgeOp | undefined;
  /** Ops may have come by a scope of the centre before their author sends them. */
  mirrors?: boolean | undefined;
}

/** How a push is taken. */
interface Taking extends PlanRules {
  /** Its author has been told that it is durable (../intake): what would refuse it becomes the outcome of single ops. */
  isPromised?: boolean;
}

export type PushVerdict =
  | { kind: 'taken'; acked: number; head: string; results: PushAnswer['results'] }
  | { kind: 'gap'; expected: number; head: string }
  | { kind: 'refused'; code: 'forked' | 'bad-request'; reason: RefusalReason };

/** For the centre's own log; says nothing of what the op contained. */
export type RefusalReason =
  | 'epoch-over'
  | 'other-author'
  | 'seq-reused'
  | 'op-id-reused'
  | 'chain-broken'
  | 'history-differs'
  | 'body-hash'
  | 'hash';

/**
 * Decides one push over the working ledger: verified whole first, so that a gap, a fork or a damaged op takes nothing;
 * then op after op, each with its own outcome.
 */
export function planPush(
  ledger: WorkingLedger,
  push: Push,
  receivedAt: number,
  { parse, judge = judgeOp, mirrors = false, isPromised = false }: Taking = {},
): PushVerdict {
  const examined = examine(ledger, push, mirrors, isPromised);
  if (examined.kind !== 'fresh') return examined;
  for (const { op, bodyText, isKnown } of examined.ops) {
    if (isKnown) {
      ledger.repeat(push.author, op, receivedAt, { forward: true, bodyText, code: isKnown });
      continue;
    }
    const mirrored = mirrors ? ledger.findOp(op.device, op.epoch, op.seq) : null;
    if (mirrored) ledger.handOn(mirrored, op);
    else ledger.take(push.author, op, judge(ledger, push.author, op, parse), receivedAt, bodyText);
  }

  const { device } = push.author;
  const head = chainHead(ledger, device, push.epoch);
  const last = push.ops.at(-1);
  if (push.signed && last) {
    const { epoch, seq, hash } = last;
    ledger.noteSigned({ device, epoch, seq, hash, ...push.signed });
  }
  const results = push.ops.map(({ op_id, epoch, seq }) => {
    const stored = ledger.findOp(device, epoch, seq);
    // The centre has it by another way, and will say what became of it.
    if (!stored && seq <= ledger.baseOf(device, epoch)) return { op_id, outcome: 'held' as const, code: null };
    if (!stored) throw new Error(`op ${seq} was neither stored nor taken`);
    return { op_id, ...toldOf(stored, () => ledger.findFirst(op_id)) };
  });
  return { kind: 'taken', acked: head.seq, head: head.hash, results };
}

/** Where a chain stands: its last op, or the point its first op refers to. */
export function chainHead(ledger: Pick<WorkingLedger, 'findHead'>, device: string, epoch: number): ChainHead {
  return ledger.findHead(device, epoch) ?? { seq: 0, hash: genesisHash(device, epoch, sha256Hex) };
}

/** With the canonical text its hash was found to fit: it is stored as that. */
interface Fresh {
  op: OpEnvelope;
  bodyText: string | null;
  /** Its id is known: of the same op under another number, or of another op. */
  isKnown: typeof REPEATED | typeof ID_REUSED | null;
}

type Examined = { kind: 'fresh'; ops: Fresh[] } | Exclude<PushVerdict, { kind: 'taken' }>;

function examine(ledger: WorkingLedger, push: Push, mirrors: boolean, isPromised: boolean): Examined {
  const { device } = push.author;
  const durable = chainHead(ledger, device, push.epoch);
  const fresh: Fresh[] = [];
  const freshIds = new Set<string>();
  let isWriting = false;
  let cursor = durable;

  for (const op of push.ops) {
    if (op.device !== device || op.epoch !== push.epoch) return refused('bad-request', 'other-author');
    if (op.seq <= cursor.seq) {
      const known =
        op.seq > durable.seq ? fresh[op.seq - durable.seq - 1]?.op.hash : ledger.findOp(device, op.epoch, op.seq)?.hash;
      const isVouchedFor = known === undefined && op.seq <= ledger.baseOf(device, op.epoch);
      if (known !== op.hash && !isVouchedFor) return refused('forked', 'seq-reused');
      continue;
    }
    if (op.seq !== cursor.seq + 1) return gap(durable);

    const bodyText = sealedBody(op, sha256Hex);
    const defect = bodyText === null ? 'body-hash' : findOpDefect(op as Op, cursor.hash, sha256Hex, { hasBody: false });
    if (defect === 'prev-hash') {
      // At the join, two histories meet that are not one; further on, the request contradicts itself.
      return fresh.length === 0 ? refused('forked', 'history-differs') : refused('bad-request', 'chain-broken');
    }
    if (defect) return refused('bad-request', defect);
    const id = op.op_id.toLowerCase();
    const mirrored = mirrors ? ledger.findOp(device, op.epoch, op.seq) : null;
    if (mirrored && mirrored.hash !== op.hash) return refused('forked', 'seq-reused');
    const first = mirrored || !ledger.hasOpId(id) ? null : ledger.findFirst(id);
    const isReused = freshIds.has(id) || (first !== null && !isRepeatOf(first.envelope, op));
    if (isReused && !isPromised) return refused('forked', 'op-id-reused');
    fresh.push({ op, bodyText, isKnown: isReused ? ID_REUSED : first && REPEATED });
    freshIds.add(id);
    isWriting ||= first === null && !mirrored;
    cursor = { seq: op.seq, hash: op.hash };
  }
  // A machine that has begun a newer epoch writes no more in this one: somebody else has a copy of its data. Who writes in
  // the newest sends again what was lost of an earlier one.
  const isOver = !push.author.centre && !isPromised && (push.writesIn ?? push.epoch) < ledger.newestEpoch(device);
  if (isWriting && isOver) return refused('forked', 'epoch-over');
  return { kind: 'fresh', ops: fresh };
}

function gap(durable: ChainHead): { kind: 'gap' } & Omit<GapAnswer, 'code'> {
  return { kind: 'gap', expected: durable.seq + 1, head: durable.hash };
}

function refused(code: 'forked' | 'bad-request', reason: RefusalReason): Extract<PushVerdict, { kind: 'refused' }> {
  return { kind: 'refused', code, reason };
}
