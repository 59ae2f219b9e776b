/** UUIDs and hashes are text outside and BLOB inside: half the size in every index. */

export function uuidToBlob(uuid: string): Buffer {
  const blob = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (blob.length !== 16) throw new TypeError('not a UUID');
  return blob;
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
