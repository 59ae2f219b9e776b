import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * How a blob lies on the disk: scans are personal data and never in clear there (domain.md §7.2).
 *
 *     "YCB1" · 16 random bytes · AES-256-GCM of 64 KiB pieces, each with its tag
 *
 * The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as in age: a key of its own for each file, by
 * HKDF from the data key and the random bytes; the nonce is the number of the piece and a mark of the last one, so pieces
 * can be neither exchanged nor cut off. The last piece also binds the file to its name, the hash of the content: a file
 * under another's name is not read.
 */

const MAGIC = Buffer.from('YCB1', 'latin1');
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const INFO = 'yichuang/blob/1';

export const HEADER_BYTES = MAGIC.length + SALT_BYTES;
export const PIECE_BYTES = 64 * 1024;
export const SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES;

/** Seals and opens the pieces of one file. */
export class BlobCipher {
  readonly header: Buffer;
  readonly #key: Buffer;

  /** @param salt 16 random bytes, never used twice */
  constructor(dataKey: Uint8Array, salt: Uint8Array) {
    this.header = Buffer.concat([MAGIC, salt]);
    this.#key = Buffer.from(hkdfSync('sha256', dataKey, salt, INFO, 32));
  }

  /** @returns null when these bytes do not begin a blob */
  static fromHeader(dataKey: Uint8Array, header: Buffer): BlobCipher | null {
    const isOurs = header.length === HEADER_BYTES && header.subarray(0, MAGIC.length).equals(MAGIC);
    return isOurs ? new BlobCipher(dataKey, header.subarray(MAGIC.length)) : null;
  }

  /** @param last the hash of the whole content, given with its last piece */
  seal(index: number, piece: Uint8Array, last: Uint8Array | null): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(index, last !== null));
    cipher.setAAD(this.#bound(last));
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns null when the piece is not what was sealed at this place of this file */
  open(index: number, sealed: Buffer, last: Uint8Array | null): Buffer | null {
    const at = sealed.length - TAG_BYTES;
    if (at < 1) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce(index, last !== null));
    decipher.setAAD(this.#bound(last));
    decipher.setAuthTag(sealed.subarray(at));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, at)), decipher.final()]);
    } catch {
      return null;
    }
  }

  #bound(last: Uint8Array | null): Buffer {
    return last ? Buffer.concat([this.header, last]) : this.header;
  }
}

function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}
