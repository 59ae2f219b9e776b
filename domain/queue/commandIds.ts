import type { Digest } from '../ledger/op.ts';

/**
 * How many take-overs back a command is looked for. Whoever repeats one does so within seconds.
 */
const TENURES_BACK = 8;

/**
 * The id of the op by which a hub decides a command. Two hubs may decide the same one, each without having heard of the
 * other's word, and an op id counts once: the chain of whoever comes second would be refused from there on, for ever. So it
 * is made of the command and of the tenure under which it was decided, which one hub alone has.
 *
 * @param fence of the hub that decides; null or 0: nobody has taken over yet, and the op has the command's own id
 */
export function decidedId(commandId: string, fence: number | null, sha256Hex: Digest): string {
  if (fence === null || fence === 0) return commandId;
  const hex = sha256Hex(`${commandId}:decided under fence ${fence}`);
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Under which ids a command may have been decided, by this hub or those before it; newest first.
 *
 * @param fence the highest that is known
 */
export function decidedIds(commandId: string, fence: number | null, sha256Hex: Digest): string[] {
  const newest = fence ?? 0;
  const oldest = Math.max(1, newest - TENURES_BACK + 1);
  const ids: string[] = [];
  for (let each = newest; each >= oldest; each--) ids.push(decidedId(commandId, each, sha256Hex));
  // Of a time before the first take-over, or of an older program.
  return [...ids, commandId];
}
