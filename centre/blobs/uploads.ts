import { mkdirSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { PartialFile } from '../../blob/partial.ts';
import type { BlobStore } from '../../blob/store.ts';
import { HashDiffersError } from '../../blob/writer.ts';

/** What came is not what its name says; all of it is thrown away, and may be sent anew. */
const HASH_DIFFERS = { status_code: 460, body: 'the content has another hash than announced\n' };
const FOLDER = 'uploads';

/**
 * Scanned pages on their way in, by tus 1.0: an upload is named by the SHA-256 of its content, so that a terminal finds its
 * own again after any crash and the same page is sent once. Received means on the disk; whole means hashed, sealed under
 * its name and on the disk.
 */
export class BlobUploads extends DataStore {
  readonly #root: string;
  readonly #key: Buffer;
  readonly #blobs: BlobStore;

  /** @param dir the data folder of the centre */
  constructor({ dir, keyHex, blobs }: { dir: string; keyHex: string; blobs: BlobStore }) {
    super();
    this.extensions = ['creation'];
    this.#root = path.join(dir, FOLDER);
    this.#key = Buffer.from(keyHex, 'hex');
    this.#blobs = blobs;
    mkdirSync(this.#root, { recursive: true, mode: 0o700 });
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, size } = upload;
    if (size === undefined || size === 0) throw ERRORS.INVALID_LENGTH;
    const known = await this.#find(id);
    if (known?.size === size) return known;
    // Announced before with another length, or damaged: it begins anew.
    await this.remove(id);
    const partial = await PartialFile.create(this.#pathOf(id), this.#key, { name: id, size });
    await partial.close();
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.#find(id);
    if (!upload) throw ERRORS.FILE_NOT_FOUND;
    return upload;
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const partial = await this.#resume(id);
    if (!partial) throw ERRORS.FILE_NOT_FOUND;
    try {
      if (partial.received !== offset) throw ERRORS.INVALID_OFFSET;
      try {
        for await (const bytes of stream) await partial.append(bytes as Buffer);
      } finally {
        await partial.sync();
      }
      if (partial.received === partial.size) await this.#complete(id, partial);
      return partial.received;
    } finally {
      await partial.close();
    }
  }

  override async remove(id: string): Promise<void> {
    await unlink(this.#pathOf(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async #find(id: string): Promise<Upload | null> {
    const whole = await this.#sizeOfSound(id);
    if (whole !== null) return new Upload({ id, size: whole, offset: whole });
    const partial = await this.#resume(id);
    if (!partial) return null;
    try {
      const { size, received } = partial;
      // The centre was killed between the last byte and the sealing of the whole.
      if (received === size) await this.#complete(id, partial);
      return new Upload({ id, size, offset: received });
    } finally {
      await partial.close();
    }
  }

  /** Bytes of an image that is here as it was written: one that is not may be sent anew, and is healed by it. */
  async #sizeOfSound(id: string): Promise<number | null> {
    if (!/^[0-9a-f]{64}$/.test(id) || (await this.#blobs.check(id)) !== 'good') return null;
    return this.#blobs.size(id);
  }

  async #complete(id: string, partial: PartialFile): Promise<void> {
    const writer = await this.#blobs.begin();
    for await (const bytes of partial.read()) await writer.append(bytes);
    try {
      await writer.finish(id, () => {});
    } catch (error) {
      if (!(error instanceof HashDiffersError)) throw error;
      await this.remove(id);
      throw HASH_DIFFERS;
    }
    await this.remove(id);
  }

  async #resume(id: string): Promise<PartialFile | null> {
    try {
      return await PartialFile.resume(this.#pathOf(id), this.#key, id);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  #pathOf(id: string): string {
    if (!/^[0-9a-f]{64}$/.test(id)) throw ERRORS.FILE_NOT_FOUND;
    return path.join(this.#root, id);
  }
}
