/** Deeper than any body of ours; a body made to exhaust the stack is refused instead. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON: one text for one value, whatever the order of its keys. The chain hashes are taken over it.
 * @throws TypeError for what JSON cannot hold, and beyond 64 levels
 */
export function canonicalJson(value: unknown): string {
  // What was read from canonical text, as every op that travels, is in order already; JSON.stringify is native.
  if (isInOrder(value, 0)) return JSON.stringify(value);
  const ordered = putInOrder(value, 0);
  return ordered === UNORDERABLE ? write(value, 0) : JSON.stringify(ordered);
}

const UNORDERABLE = Symbol('unorderable');

/**
 * A copy whose keys stand in order, for the native JSON: twice as fast as writing it here.
 * @returns `UNORDERABLE` when no object can hold the order: keys that look like numbers come first whatever one does
 */
function putInOrder(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNORDERABLE;
  if (typeof value !== 'object' || depth === MAX_DEPTH) return UNORDERABLE;
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i++) {
      const item = putInOrder(value[i], depth + 1);
      if (item === UNORDERABLE) return UNORDERABLE;
      items[i] = item;
    }
    return items;
  }
  const members = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    const first = key.charCodeAt(0);
    const item = (first >= 48 && first <= 57) || key === '__proto__' ? UNORDERABLE : putInOrder(member, depth + 1);
    if (item === UNORDERABLE) return UNORDERABLE;
    ordered[key] = item;
  }
  return ordered;
}

/** Whether JSON.stringify writes the canonical text: plain objects, keys sorted at every level, nothing it leaves out. */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isInOrder(value[i], depth + 1)) return false;
    return Object.getPrototypeOf(value) === Array.prototype;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let before: string | null = null;
  for (const key of Object.keys(value)) {
    if (before !== null && key < before) return false;
    if (!isInOrder((value as Record<string, unknown>)[key], depth + 1)) return false;
    before = key;
  }
  return true;
}

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonicalJson: not a finite number');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`canonicalJson: ${typeof value}`);
  if (depth === MAX_DEPTH) throw new TypeError('canonicalJson: too deep');
  return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value as Record<string, unknown>, depth + 1);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + write(items[i], depth);
  return `${text}]`;
}

function writeObject(members: Record<string, unknown>, depth: number): string {
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(member, depth)}`;
  }
  return `{${text}}`;
}
