import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { syncFolder } from './syncFolder.ts';

/**
 * A file that is only ever added to, record by record, sealed (ADR 0041):
 *
 *     "YCJ1" · 16 random bytes · records
 *     record: index u32 · length u32 · CRC-32 u32 · AES-256-GCM with its tag
 *
 * A key of its own for each file, by HKDF from the data key and the random bytes; the nonce is the index. Length and CRC find
 * the next whole record after a damaged one, without the key; the tag says that it is the one that was written.
 */

const MAGIC = Buffer.from('YCJ1', 'latin1');
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const FRAME_BYTES = 12;
const TAG_BYTES = 16;
/** An op is far smaller; what claims to be longer is damage. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

export interface SealedRecords {
  records: Buffer[];
  /** Places where something was that cannot be read; a record cut off at the very end counts too. */
  damaged: number;
}

/** Adds records to a new file. One writer. */
export class SealedLog {
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;
  #index = 0;

  private constructor(file: FileHandle, key: Buffer, header: Buffer) {
    this.#file = file;
    this.#key = key;
    this.#header = header;
  }

  /**
   * Its name is on the disk when this resolves.
   * @throws NodeJS.ErrnoException, `EEXIST` when there is such a file: no index is ever used twice
   */
  static async create(path: string, keyHex: string): Promise<SealedLog> {
    const header = Buffer.concat([MAGIC, randomBytes(SALT_BYTES)]);
    const file = await open(path, 'wx', 0o600);
    try {
      const log = new SealedLog(file, deriveKey(keyHex, header), header);
      await log.#write(header);
      await syncFolder(dirname(path));
      return log;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** They are on the disk when this resolves. @throws NodeJS.ErrnoException; how much was written is not known then */
  async append(records: readonly Buffer[]): Promise<void> {
    await this.#write(Buffer.concat(records.map((record) => this.#seal(record))));
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #seal(record: Buffer): Buffer {
    const index = this.#index++;
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(index));
    cipher.setAAD(this.#header);
    const sealed = Buffer.concat([cipher.update(record), cipher.final(), cipher.getAuthTag()]);
    const frame = Buffer.alloc(FRAME_BYTES);
    frame.writeUInt32BE(index, 0);
    frame.writeUInt32BE(sealed.length, 4);
    frame.writeUInt32BE(checksum(frame, sealed), 8);
    return Buffer.concat([frame, sealed]);
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, at);
      at += bytesWritten;
    }
  }
}

/** Every record of a file that can still be read, in order; what cannot is passed over and counted. */
export function readSealedRecords(bytes: Buffer, keyHex: string): SealedRecords {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { records: [], damaged: 1 };
  const header = bytes.subarray(0, HEADER_BYTES);
  const key = deriveKey(keyHex, header);
  const records: Buffer[] = [];
  let damaged = 0;
  let isLost = false;
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const found = readAt(bytes, at, key, header);
    if (found) {
      records.push(found.record);
      at = found.next;
    } else {
      if (!isLost) damaged += 1;
      at += 1;
    }
    isLost = found === null;
  }
  return { records, damaged };
}

function readAt(bytes: Buffer, at: number, key: Buffer, header: Buffer): { record: Buffer; next: number } | null {
  if (at + FRAME_BYTES + TAG_BYTES > bytes.length) return null;
  const frame = bytes.subarray(at, at + FRAME_BYTES);
  const length = frame.readUInt32BE(4);
  const next = at + FRAME_BYTES + length;
  if (length < TAG_BYTES || length > MAX_RECORD_BYTES || next > bytes.length) return null;
  const sealed = bytes.subarray(at + FRAME_BYTES, next);
  if (frame.readUInt32BE(8) !== checksum(frame, sealed)) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(frame.readUInt32BE(0)));
  decipher.setAAD(header);
  decipher.setAuthTag(sealed.subarray(length - TAG_BYTES));
  try {
    return { record: Buffer.concat([decipher.update(sealed.subarray(0, length - TAG_BYTES)), decipher.final()]), next };
  } catch {
    return null;
  }
}

function checksum(frame: Buffer, sealed: Buffer): number {
  return crc32(sealed, crc32(frame.subarray(0, 8)));
}

function deriveKey(keyHex: string, header: Buffer): Buffer {
  const salt = header.subarray(MAGIC.length);
  return Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), salt, 'yichuang/journal/1', 32));
}

function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}
