import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * A file that arrives in parts, over days if need be: sealed like a blob (cipher.ts), but readable up to wherever it
 * broke off.
 *
 *     "YCP1" · 16 random bytes · u64 bytes in all · records of u32 length, 12 random bytes, AES-256-GCM, tag
 *
 * A record is bound to the file's name and its place; what a crash left of the last one is cut off. Nothing counts as
 * received before `sync`.
 */

const MAGIC = Buffer.from('YCP1', 'latin1');
const SALT_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES + 8;
const LENGTH_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD = LENGTH_BYTES + NONCE_BYTES + TAG_BYTES;
/** A record is at most this long, so that a torn length cannot ask for gigabytes. */
const MAX_RECORD = 1024 * 1024;
const INFO = 'yichuang/partial/1';

export class PartialFile {
  /** Bytes in all, as announced. */
  readonly size: number;
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #name: string;
  /** Where the next record goes. */
  #end: number;
  #records: number;
  #received: number;

  private constructor(
    file: FileHandle,
    state: { size: number; key: Buffer; name: string; end: number; records: number; received: number },
  ) {
    this.#file = file;
    this.size = state.size;
    this.#key = state.key;
    this.#name = state.name;
    this.#end = state.end;
    this.#records = state.records;
    this.#received = state.received;
  }

  /**
   * @param name what the content will be called; bound into every record
   * @throws NodeJS.ErrnoException `EEXIST`, `ENOSPC` …
   */
  static async create(
    path: string,
    dataKey: Uint8Array,
    { name, size }: { name: string; size: number },
  ): Promise<PartialFile> {
    const salt = randomBytes(SALT_BYTES);
    const header = Buffer.concat([MAGIC, salt, Buffer.alloc(8)]);
    header.writeBigUInt64BE(BigInt(size), MAGIC.length + SALT_BYTES);
    const file = await open(path, 'wx+', 0o600);
    try {
      await writeAll(file, header, 0);
      await file.sync();
    } catch (error) {
      await file.close();
      throw error;
    }
    const key = keyOf(dataKey, salt);
    return new PartialFile(file, { size, key, name, end: HEADER_BYTES, records: 0, received: 0 });
  }

  /** Goes on where it broke off. @returns null when these bytes do not begin such a file; @throws NodeJS.ErrnoException `ENOENT` … */
  static async resume(path: string, dataKey: Uint8Array, name: string): Promise<PartialFile | null> {
    const file = await open(path, 'r+');
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
      if (bytesRead < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
        await file.close();
        return null;
      }
      const key = keyOf(dataKey, header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES));
      const size = Number(header.readBigUInt64BE(MAGIC.length + SALT_BYTES));
      const partial = new PartialFile(file, { size, key, name, end: HEADER_BYTES, records: 0, received: 0 });
      await partial.#findEnd();
      return partial;
    } catch (error) {
      await file.close().catch(() => {});
      throw error;
    }
  }

  /** Bytes received so far. */
  get received(): number {
    return this.#received;
  }

  /** The next bytes, in order. @throws RangeError when they are more than were announced, NodeJS.ErrnoException */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.#received + bytes.length > this.size) throw new RangeError('more than was announced');
    for (let at = 0; at < bytes.length; at += MAX_RECORD) await this.#appendRecord(bytes.subarray(at, at + MAX_RECORD));
  }

  /** From here on a power cut takes nothing of it. */
  async sync(): Promise<void> {
    await this.#file.sync();
  }

  /** All of it, in order, record by record. */
  async *read(): AsyncGenerator<Buffer> {
    let position = HEADER_BYTES;
    for (let index = 0; index < this.#records; index += 1) {
      const record = await this.#readRecord(position, index);
      if (record === null) throw new Error('a record that was there is not readable');
      position += OVERHEAD + record.length;
      yield record;
    }
  }

  /** SHA-256 of what was received, hex. */
  async hash(): Promise<string> {
    const hash = createHash('sha256');
    for await (const record of this.read()) hash.update(record);
    return hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #appendRecord(bytes: Uint8Array): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(this.#bound(this.#records));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    const record = Buffer.concat([length, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    await writeAll(this.#file, record, this.#end);
    this.#end += record.length;
    this.#records += 1;
    this.#received += bytes.length;
  }

  /** Walks to the last whole record, and cuts off what follows. */
  async #findEnd(): Promise<void> {
    for (;;) {
      const record = await this.#readRecord(this.#end, this.#records);
      if (record === null || this.#received + record.length > this.size) break;
      this.#end += OVERHEAD + record.length;
      this.#records += 1;
      this.#received += record.length;
    }
    await this.#file.truncate(this.#end);
  }

  /** @returns null when no whole, right record begins there */
  async #readRecord(position: number, index: number): Promise<Buffer | null> {
    const head = Buffer.alloc(LENGTH_BYTES + NONCE_BYTES);
    if ((await this.#file.read(head, 0, head.length, position)).bytesRead < head.length) return null;
    const length = head.readUInt32BE();
    if (length === 0 || length > MAX_RECORD) return null;
    const sealed = Buffer.alloc(length + TAG_BYTES);
    const { bytesRead } = await this.#file.read(sealed, 0, sealed.length, position + head.length);
    if (bytesRead < sealed.length) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, head.subarray(LENGTH_BYTES));
    decipher.setAAD(this.#bound(index));
    decipher.setAuthTag(sealed.subarray(length));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, length)), decipher.final()]);
    } catch {
      return null;
    }
  }

  #bound(index: number): Buffer {
    return Buffer.from(`${this.#name}/${index}`, 'latin1');
  }
}

function keyOf(dataKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, INFO, 32));
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  // `write` may take less than it is given, as on a disk that is about to be full.
  for (let at = 0; at < bytes.length; )
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}
