import { v7 as uuidv7 } from 'uuid';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { type OpBodies, type OpDraft, type OpKind, sealOp } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { judgeOp } from '../ledger/judge.ts';
import { chainHead } from '../ledger/plan.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';

export interface OwnOp<K extends OpKind> {
  hall: string;
  kind: K;
  stream: string;
  /** Staff number, or `system`. */
  actor: string;
  body: OpBodies[K];
  /** The caller's own name for it, so that asking twice is doing once. */
  opId?: string;
  /** The version it was decided on; default: the newest. */
  baseVersion?: number;
}

/**
 * Makes an op in the centre's own chain and takes it into the working ledger; it is stored with the rest of the
 * transaction and reaches the terminals like any other row.
 * @param self the centre as author
 * @param now milliseconds since 1970, UTC
 * @returns the code with which it was refused, or null when it is applied
 */
export function takeOwnOp<K extends OpKind>(
  ledger: WorkingLedger,
  self: { device: string; epoch: number },
  { hall, kind, stream, actor, body, opId, baseVersion }: OwnOp<K>,
  now: number,
): string | null {
  // Nobody can tell here where the stream stands, so whoever asks hears that it was not done; and it is not.
  if (ledger.isParked(stream)) return 'behind-parked';
  // A command in another process may have begun a later chain, or goes on with that of the one that serves.
  const epoch = Math.max(self.epoch, ledger.newestEpoch(self.device));
  const head = chainHead(ledger, self.device, epoch);
  const seq = head.seq + 1;
  const draft: OpDraft<K> = {
    op_id: opId ?? uuidv7(),
    device: self.device,
    epoch,
    seq,
    kind,
    stream,
    base_ver: baseVersion ?? ledger.findEntity(stream)?.entity.record.version ?? 0,
    actor,
    at: new Date(now).toISOString(),
    // Counting on with the chain keeps stamps of one millisecond apart, whichever process made them.
    hlc: `${now.toString(16).padStart(12, '0')}-${(seq & 0xffff).toString(16).padStart(4, '0')}`,
    body,
  };
  const bodyText = canonicalJson(body);
  const op = { ...sealOp(draft, head.hash, sha256Hex, bodyText), body: { ...body } as Record<string, unknown> };
  const author = { device: self.device, hall, centre: true };
  // Sealed a line above, at the head of the chain: of what a push is examined for, only a name that was given can be wrong.
  if (opId !== undefined && ledger.hasOpId(opId)) throw new Error('own op has the name of another');
  const judged = judgeOp(ledger, author, op);
  ledger.take(author, op, judged, now, bodyText);
  return judged.outcome === 'applied' ? null : (judged.code ?? 'internal');
}
