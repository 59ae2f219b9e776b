/** UUIDs and hashes are text outside and BLOB inside: half the size in every index. */

export function uuidToBlob(uuid: string): Buffer {
  const blob = Buffer.allocUnsafe(16);
  let at = 0;
  let bad = uuid.length === 36 ? 0 : -1;
  for (let i = 0; i < 16; i++) {
    // A dash before the third, fourth, fifth and sixth pair of bytes.
    if (i === 4 || i === 6 || i === 8 || i === 10) bad |= uuid.charCodeAt(at++) === DASH ? 0 : -1;
    const high = valueOfDigit(uuid, at++);
    const low = valueOfDigit(uuid, at++);
    bad |= high | low;
    blob[i] = (high << 4) | low;
  }
  if (bad < 0) throw new TypeError('not a UUID');
  return blob;
}

const DASH = 45;

/** @returns negative for what is no hex digit */
function valueOfDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

export function blobToUuid(blob: Uint8Array): string {
  const hex = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function hashToBlob(hash: string): Buffer {
  return Buffer.from(hash, 'hex');
}

export function blobToHash(blob: Uint8Array): string {
  return Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('hex');
}
