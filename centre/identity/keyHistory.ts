import type { DeviceKey } from '../store/identityTypes.ts';

/** Who has listed the keys of a device: the one that enrols it, or the other hub of the hall, which may know less than this one. */
export type KeySource = 'whoever-enrols' | 'other-hub';

type Named = Pick<DeviceKey, 'publicKey'>;

/**
 * The keys of a device, the oldest first and the one in force last, after somebody has listed those he knows. None that was
 * known is forgotten: what was signed by an earlier one may come any time.
 * @returns null: they stand as they are
 */
export function mergeKeys<K extends Named, L extends Named>(
  known: readonly K[],
  listed: readonly L[],
  source: KeySource,
): (K | L)[] | null {
  if (listed.length === 0) return null;
  const has = (keys: readonly Named[], { publicKey }: Named) => keys.some((each) => each.publicKey === publicKey);
  const byName = new Map<string, K>(known.map((key) => [key.publicKey, key]));
  const inForce = known.at(-1);
  // The other hub goes on from what is in force here, or stands before it.
  const isNewer = source === 'whoever-enrols' || inForce === undefined || has(listed, inForce);
  const others = known.filter((key) => !has(listed, key));
  const merged = isNewer
    ? [...others, ...listed.map((key) => byName.get(key.publicKey) ?? key)]
    : [...listed.filter((key) => !has(known, key)), ...known];
  const isSame = merged.length === known.length && merged.every((key, index) => key === known[index]);
  return isSame ? null : merged;
}
