import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolderNow } from '../disk/syncFolder.ts';
import { BlobCipher, HEADER_BYTES, PIECE_BYTES, SEALED_PIECE_BYTES } from './cipher.ts';
import { BlobWriter, type WriterPlace } from './writer.ts';

export class BlobError extends Error {
  override name = 'BlobError';
  readonly code: 'blob-missing' | 'blob-damaged';

  constructor(code: BlobError['code'], cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface ListedBlob {
  sha256: string;
  /** When it was written last, ms. */
  storedAt: number;
}

const TEMPORARY = 'incoming';

/**
 * Files named by the SHA-256 of their content, beside the database and never in it (design.md §4): `blobs/ab/cdef…`,
 * sealed as blob/cipher.ts says. One process writes; whoever holds the data key may read.
 */
export class BlobStore {
  readonly #root: string;
  readonly #key: Buffer;
  readonly #pins = new Map<string, number>();

  /** @param dir the data folder */
  constructor({ dir, keyHex }: { dir: string; keyHex: string }) {
    this.#root = path.join(dir, 'blobs');
    this.#key = Buffer.from(keyHex, 'hex');
  }

  /** Makes the folder, and removes what a crash left half written. Only the one writer calls it, before it writes. */
  prepare(): void {
    const incoming = path.join(this.#root, TEMPORARY);
    rmSync(incoming, { recursive: true, force: true });
    mkdirSync(incoming, { recursive: true, mode: 0o700 });
    // A power cut that took the folder's own name would take every image in it along.
    syncFolderNow(path.dirname(this.#root));
  }

  /** @throws NodeJS.ErrnoException such as `ENOSPC` */
  begin(): Promise<BlobWriter> {
    const place: WriterPlace = {
      root: this.#root,
      temporary: path.join(this.#root, TEMPORARY, randomBytes(16).toString('hex')),
      fileOf: (sha256) => this.#fileOf(sha256),
      pinned: (sha256, work) => this.#pinned(sha256, work),
    };
    return BlobWriter.open(place, new BlobCipher(this.#key, randomBytes(16)));
  }

  /**
   * Bytes `offset` to `offset + length` of the content, less at its end. What is returned is what was written under this
   * name, or nothing: the pieces read and the last one are authenticated.
   * @throws BlobError
   */
  async read(sha256: string, offset = 0, length = Number.POSITIVE_INFINITY): Promise<Buffer> {
    return this.#opened(sha256, async (blob) => {
      const first = Math.floor(offset / PIECE_BYTES);
      const end = Math.min(offset + length, blob.bytes);
      const pieces: Buffer[] = [];
      for (let index = first; index * PIECE_BYTES < end; index += 1) pieces.push(await blob.piece(index));
      return Buffer.concat(pieces).subarray(offset - first * PIECE_BYTES, end - first * PIECE_BYTES);
    });
  }

  /** Whether there is a file of that name; its content is authenticated when it is read. */
  has(sha256: string): boolean {
    return existsSync(this.#fileOf(sha256));
  }

  /** Bytes of its content; null when it is not here, or not as it was written. */
  async size(sha256: string): Promise<number | null> {
    try {
      return await this.#opened(sha256, async ({ bytes }) => bytes);
    } catch (error) {
      if (error instanceof BlobError) return null;
      throw error;
    }
  }

  /** Reads all of it and takes its hash anew. */
  async check(sha256: string): Promise<'good' | BlobError['code']> {
    try {
      const hash = createHash('sha256').update(await this.read(sha256));
      return hash.digest('hex') === sha256 ? 'good' : 'blob-damaged';
    } catch (error) {
      if (error instanceof BlobError) return error.code;
      throw error;
    }
  }

  async list(): Promise<ListedBlob[]> {
    const found: ListedBlob[] = [];
    for (const folder of await readdir(this.#root)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await readdir(path.join(this.#root, folder))) {
        const { mtimeMs } = await stat(path.join(this.#root, folder, name));
        found.push({ sha256: folder + name, storedAt: mtimeMs });
      }
    }
    return found;
  }

  /**
   * Takes a blob away, unless it is being stored again at this moment. The caller has just seen that no record names it;
   * both happen without a pause between, so that no record can be made meanwhile.
   */
  remove(sha256: string): boolean {
    if (this.#pins.has(sha256)) return false;
    try {
      unlinkSync(this.#fileOf(sha256));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async #pinned<T>(sha256: string, work: () => Promise<T>): Promise<T> {
    this.#pins.set(sha256, (this.#pins.get(sha256) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#pins.get(sha256) ?? 1) - 1;
      if (left === 0) this.#pins.delete(sha256);
      else this.#pins.set(sha256, left);
    }
  }

  async #opened<T>(sha256: string, work: (blob: OpenBlob) => Promise<T>): Promise<T> {
    let file: FileHandle;
    try {
      file = await open(this.#fileOf(sha256), 'r');
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? new BlobError('blob-missing', error) : error;
    }
    try {
      return await work(await OpenBlob.over(file, this.#key, Buffer.from(sha256, 'hex')));
    } finally {
      await file.close();
    }
  }

  #fileOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256');
    return path.join(this.#root, sha256.slice(0, 2), sha256.slice(2));
  }
}

/** A sealed file, open for reading; its last piece has been seen to be in its place. */
class OpenBlob {
  readonly bytes: number;
  readonly #file: FileHandle;
  readonly #cipher: BlobCipher;
  readonly #count: number;
  readonly #last: Buffer;

  private constructor(file: FileHandle, cipher: BlobCipher, count: number, last: Buffer) {
    this.#file = file;
    this.#cipher = cipher;
    this.#count = count;
    this.#last = last;
    this.bytes = (count - 1) * PIECE_BYTES + last.length;
  }

  static async over(file: FileHandle, key: Buffer, digest: Buffer): Promise<OpenBlob> {
    const { size } = await file.stat();
    const header = await readAt(file, 0, HEADER_BYTES);
    const cipher = BlobCipher.fromHeader(key, header);
    const count = Math.ceil((size - HEADER_BYTES) / SEALED_PIECE_BYTES);
    if (!cipher || count < 1) throw new BlobError('blob-damaged');
    const sealed = await readAt(file, placeOf(count - 1), SEALED_PIECE_BYTES);
    const last = cipher.open(count - 1, sealed, digest);
    if (!last) throw new BlobError('blob-damaged');
    return new OpenBlob(file, cipher, count, last);
  }

  async piece(index: number): Promise<Buffer> {
    if (index === this.#count - 1) return this.#last;
    const piece = this.#cipher.open(index, await readAt(this.#file, placeOf(index), SEALED_PIECE_BYTES), null);
    if (!piece) throw new BlobError('blob-damaged');
    return piece;
  }
}

function placeOf(index: number): number {
  return HEADER_BYTES + index * SEALED_PIECE_BYTES;
}

/** @returns fewer bytes at the end of the file */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}
