import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../disk/syncFolder.ts';
import { type BlobCipher, PIECE_BYTES } from './cipher.ts';

export interface StoredBlob {
  sha256: string;
  bytes: number;
}

/** What was written is not what was announced. */
export class HashDiffersError extends Error {
  override name = 'HashDiffersError';
}

export interface WriterPlace {
  /** The store's own folder. */
  root: string;
  /** Where the file lies until it is whole. */
  temporary: string;
  /** Path of the blob of this hash. */
  fileOf(sha256: string): string;
  /** Runs while nobody may remove the blob of this hash. */
  pinned<T>(sha256: string, work: () => Promise<T>): Promise<T>;
}

/** Writes one blob: hashed and sealed piece by piece as it comes, named only when it is whole and on the disk. */
export class BlobWriter {
  readonly #place: WriterPlace;
  readonly #cipher: BlobCipher;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #index = 0;
  #ended = false;

  private constructor(place: WriterPlace, cipher: BlobCipher, file: FileHandle) {
    this.#place = place;
    this.#cipher = cipher;
    this.#file = file;
  }

  /** @throws NodeJS.ErrnoException such as `ENOSPC` */
  static async open(place: WriterPlace, cipher: BlobCipher): Promise<BlobWriter> {
    const file = await open(place.temporary, 'wx', 0o600);
    const writer = new BlobWriter(place, cipher, file);
    await writer.#orAbort(() => writer.#write(cipher.header));
    return writer;
  }

  /**
   * The next bytes, in order; not called again before it has settled.
   * @throws NodeJS.ErrnoException such as `ENOSPC`; nothing is left of the file then
   */
  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#rest = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    await this.#orAbort(async () => {
      // One piece always waits: only the last may be short, and it is sealed otherwise.
      while (this.#rest.length > PIECE_BYTES) {
        await this.#write(this.#cipher.seal(this.#index, this.#rest.subarray(0, PIECE_BYTES), null));
        this.#index += 1;
        this.#rest = this.#rest.subarray(PIECE_BYTES);
      }
    });
  }

  /**
   * Makes the blob durable under its name, then runs `commit`, which makes the record that names it: in this order, so
   * that a record never names a blob that a power cut took (design.md §4). What `commit` throws leaves an unnamed blob.
   * @throws HashDiffersError, or NodeJS.ErrnoException such as `ENOSPC`; nothing is left of the file then
   */
  async finish<T>(expected: string, commit: (stored: StoredBlob) => T): Promise<T> {
    const digest = this.#hash.digest();
    const sha256 = digest.toString('hex');
    return this.#place.pinned(sha256, async () => {
      await this.#orAbort(async () => {
        if (this.#bytes === 0 || sha256 !== expected) throw new HashDiffersError();
        await this.#write(this.#cipher.seal(this.#index, this.#rest, digest));
        await this.#file.sync();
        await this.#file.close();
        const target = this.#place.fileOf(sha256);
        const folder = path.dirname(target);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // Also over one that is there: the same content, and a damaged file is healed.
        await rename(this.#place.temporary, target);
        await syncFolder(folder);
        await syncFolder(this.#place.root);
      });
      this.#ended = true;
      return commit({ sha256, bytes: this.#bytes });
    });
  }

  /** Nothing remains: the pieces on the disk were sealed, and their key goes with this object. */
  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#file.close().catch(() => {});
    await unlink(this.#place.temporary).catch(() => {});
  }

  async #write(bytes: Buffer): Promise<void> {
    // `write` may take less than it is given, as on a disk that is about to be full.
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, at);
      at += bytesWritten;
    }
  }

  async #orAbort(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.abort();
      throw error;
    }
  }
}
