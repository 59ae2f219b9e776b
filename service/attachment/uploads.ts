import type { BlobStore } from '../../blob/store.ts';
import { brokenAttachment } from '../../contract/attachment.ts';
import { YichuangError } from '../../contract/errors.ts';
import { MAX_ATTACHMENT_BYTES, type ScanSource } from '../../domain/case/scan.ts';

type Writer = Awaited<ReturnType<BlobStore['begin']>>;

/** What was announced of a page. */
export interface Announced {
  scanId: string;
  caseId: string;
  material: string;
  source: ScanSource;
  name: string;
  bytes: number;
  hold: boolean;
}

interface Upload {
  connection: string;
  announced: Announced;
  writer: Writer;
  /** Also in memory until the end, for the look at what it is. */
  pieces: Buffer[];
  received: number;
}

export interface Complete {
  announced: Announced;
  writer: Writer;
  content: Buffer;
}

/** A page sends one after the other; who opens more loses the oldest. */
const MAX_OPEN = 4;

/** Pages on their way in. Nothing of them outlives the connection or the process. */
export class Uploads {
  readonly #blobs: BlobStore;
  readonly #open = new Map<string, Upload>();

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  /**
   * @throws YichuangError `attachment-too-large`, `attachment-broken` (empty), or NodeJS.ErrnoException such as `ENOSPC`
   */
  async begin(connection: string, announced: Announced): Promise<void> {
    if (announced.bytes > MAX_ATTACHMENT_BYTES) throw new YichuangError('attachment-too-large');
    if (announced.bytes === 0) throw brokenAttachment('empty');
    await this.#abort(announced.scanId);
    const mine = [...this.#open].filter(([, upload]) => upload.connection === connection);
    if (mine.length >= MAX_OPEN && mine[0]) await this.#abort(mine[0][0]);
    const writer = await this.#blobs.begin();
    await this.#abort(announced.scanId);
    this.#open.set(announced.scanId, { connection, announced, writer, pieces: [], received: 0 });
  }

  /**
   * @returns how much is here
   * @throws YichuangError `attachment-interrupted` when the piece does not follow, `attachment-broken` when it is too much
   */
  async append(connection: string, scanId: string, offset: number, piece: Buffer): Promise<number> {
    const upload = this.#find(connection, scanId);
    if (offset + piece.length <= upload.received) return upload.received;
    if (offset !== upload.received) throw new YichuangError('attachment-interrupted');
    if (offset + piece.length > upload.announced.bytes) {
      await this.#abort(scanId);
      throw brokenAttachment('size-differs');
    }
    // Counted before the disk is waited for: the same piece sent twice at once is written once.
    upload.received += piece.length;
    upload.pieces.push(piece);
    await this.#orForget(scanId, () => upload.writer.append(piece));
    return upload.received;
  }

  /**
   * Hands the upload over; it is no longer here afterwards.
   * @throws YichuangError `attachment-interrupted` when it is not whole
   */
  take(connection: string, scanId: string): Complete {
    const upload = this.#find(connection, scanId);
    if (upload.received !== upload.announced.bytes) throw new YichuangError('attachment-interrupted');
    this.#open.delete(scanId);
    return { announced: upload.announced, writer: upload.writer, content: Buffer.concat(upload.pieces) };
  }

  /** What was sent of it is wiped. */
  discard(scanId: string): Promise<void> {
    return this.#abort(scanId);
  }

  /** The page is gone: what it did not finish is wiped. */
  async forget(connection: string): Promise<void> {
    const mine = [...this.#open].filter(([, upload]) => upload.connection === connection);
    await Promise.all(mine.map(([scanId]) => this.#abort(scanId)));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((scanId) => this.#abort(scanId)));
  }

  #find(connection: string, scanId: string): Upload {
    const upload = this.#open.get(scanId);
    if (upload?.connection !== connection) throw new YichuangError('attachment-interrupted');
    return upload;
  }

  async #abort(scanId: string): Promise<void> {
    const upload = this.#open.get(scanId);
    if (!upload) return;
    this.#open.delete(scanId);
    await upload.writer.abort();
  }

  async #orForget(scanId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#open.delete(scanId);
      throw error;
    }
  }
}
