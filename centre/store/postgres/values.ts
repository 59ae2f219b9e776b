/** Type numbers of PostgreSQL: int2, int4, int8, numeric, bytea. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 1700]);
const BYTES = 17;

/** A value of ours as the server reads it. */
export function toServer(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  // NUL, which PostgreSQL cannot hold, is the replacement character in what is written and in what is looked for.
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  }
  throw new TypeError('a value is text, a number, bytes or null');
}

/** A value of the server as SQLite would give it: numbers, text, and bytes as a Buffer. */
export function fromServer(text: string | null, type: number): string | number | Buffer | null {
  if (text === null) return null;
  if (NUMBERS.has(type)) {
    const number = Number(text);
    if (!Number.isSafeInteger(number)) throw new RangeError('a number beyond 2^53');
    return number;
  }
  return type === BYTES ? Buffer.from(text.slice(2), 'hex') : text;
}
