/** Text that stands in JSON as it is. Surrogates are left to JSON.stringify, which escapes lone ones. */
const PLAIN = /^[^"\\\p{Cc}\p{Cs}]*$/u;

/** Deeper than any body of ours; a body made to exhaust the stack is refused instead. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON: one text for one value, whatever the order of its keys. The chain hashes are taken over it.
 * @throws TypeError for what JSON cannot hold, and beyond 64 levels
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return quote(value);
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
    if (member !== undefined) text += `${text === '' ? '' : ','}${quote(key)}:${write(member, depth)}`;
  }
  return `{${text}}`;
}

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
