import type { OpEnvelope } from '../../contract/ops.ts';

/**
 * The text of an op in the log: what `JSON.stringify` makes of an envelope of contract/ops.ts. The body is the largest part of
 * it, and its text is there already: the hash was taken over it.
 * @param bodyText canonical; null: it is made from the op
 */
export function opText(op: OpEnvelope, bodyText: string | null): string {
  if (bodyText === null) return JSON.stringify(op);
  const { op_id, device, epoch, seq, kind, stream, base_ver, actor, at, hlc, body_hash, prev_hash, hash } = op;
  // Free text in these two alone: the schema leaves nothing to be escaped in the others.
  const [kindText, actorText] = [JSON.stringify(kind), JSON.stringify(actor)];
  return `{"op_id":"${op_id}","device":"${device}","epoch":${epoch},"seq":${seq},"kind":${kindText},"stream":"${stream}","base_ver":${base_ver},"actor":${actorText},"at":"${at}","hlc":"${hlc}","body":${bodyText},"body_hash":"${body_hash}","prev_hash":"${prev_hash}","hash":"${hash}"}`;
}
