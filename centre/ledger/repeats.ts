import type { OpEnvelope } from '../../contract/ops.ts';
import { sha256Hex } from '../digest.ts';
import type { Judgement } from '../store/types.ts';

/**
 * An op that is known here already, sent once more by its author under another number: it may have been on its way twice,
 * through a hub that was deposed, or from a copy of a disk, when the author began an epoch and took along what nobody had
 * acknowledged. It takes its number, so that the chain goes on; everything else happened the first time.
 */
export const REPEATED = 'repeated';

/**
 * An op that says something else under an id that is taken. A push with one is refused; where it was promised to be judged,
 * it has its place in its chain all the same, and nothing else.
 */
export const ID_REUSED = 'op-id-reused';

/** Whether an op with this result stands in the log under `repeatId`. */
export function standsApart(code: string | null): boolean {
  return code === REPEATED || code === ID_REUSED;
}

/** Whether they say the same, by the same author: all but number and chain. */
export function isRepeatOf(first: OpEnvelope, op: OpEnvelope): boolean {
  return contentOf(first) === contentOf(op);
}

function contentOf({ device, kind, stream, base_ver, actor, at, hlc, body_hash }: OpEnvelope): string {
  return JSON.stringify([device, kind, stream, base_ver, actor, at, hlc, body_hash].map(lowered));
}

/** Under which a repeat stands in the log, where an id stands once: a UUID that its id and number give. */
export function repeatId({ op_id, device, epoch, seq }: OpEnvelope): string {
  const hex = sha256Hex(`${lowered(op_id)}/${lowered(device)}/${epoch}/${seq}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What its author is told of an op; of a repeat: what became of it the first time, which may not have come here yet. */
export function toldOf(stored: Judgement, first: () => Judgement | null): Judgement {
  const { outcome, code } = stored.code === REPEATED ? (first() ?? { outcome: 'held', code: null }) : stored;
  return { outcome, code };
}

function lowered<T>(value: T): T | string {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
