import { setTimeout as delay } from 'node:timers/promises';
import { DefaultHttpStack, DetailedError, Upload } from 'tus-js-client';
import { BlobError } from '../blob/store.ts';
import { BLOB_PATH } from '../contract/blobs.ts';
import type { Store } from '../db/store.ts';
import { Pace } from '../link/pace.ts';
import { fetchImage, ImageFetchError } from './imageFetcher.ts';
import type { ImageLine } from './imageLine.ts';
import { askLacking, findLackingImages } from './lackingImages.ts';

export interface ImageSenderOptions {
  store: Store;
  line: ImageLine;
  now: () => number;
  /** Bytes per second at most; 0: as fast as it goes. */
  bytesPerSecond: number;
  /** For one request and its answer, ms; default: a minute. */
  silenceMs?: number | undefined;
  /** How many images wait has changed. */
  onChange: () => void;
  log: (event: string, fields?: Record<string, unknown>) => void;
}

/** A hub without its centre, a standby, a centre without room for images, or nobody at all answers so. */
function isAway(error: unknown): boolean {
  if (error instanceof ImageFetchError) return error.kind === 'offline';
  if (!(error instanceof DetailedError)) return false;
  return error.originalResponse === null || [429, 503, 507].includes(error.originalResponse.getStatus());
}

/** Bytes sent before anybody asks again whether somebody else wants the line. */
const PACE = { first: 64 * 1024, min: 16 * 1024, max: 256 * 1024, targetMs: 200 };
/** A line that is dead without a word is noticed by nobody else: the request would wait for ever, and all images behind it. */
const SILENCE_MS = 60_000;
const LOOK_AGAIN_MS = 15_000;
/** While records wait, ms. */
const STEP_ASIDE_MS = 250;
/** What the centre had once and lacks now is looked for at every start, and once a day. */
const ASK_AGAIN_MS = 24 * 60 * 60_000;

/**
 * Sends scanned pages behind the records: one at a time, by tus, never while a record waits, and never faster than the
 * line may be used. A page that broke off goes on where the centre has it to, also after a crash of either side.
 */
export class ImageSender {
  readonly #options: ImageSenderOptions;
  readonly #stop = new AbortController();
  readonly #pace = new Pace(PACE);
  #wake: (() => void) | null = null;
  /** When the centre was asked what it lacks, ms; at every start anew. */
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #running: Promise<void>;

  constructor(options: ImageSenderOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** A page was attached, or the line is back. */
  notify(): void {
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { store, line } = this.#options;
    while (!this.#stop.signal.aborted) {
      const token = line.isConnected() ? line.token() : null;
      let done = 0;
      if (token !== null) {
        await this.#askWhatLacks(token);
        const waiting = Map.groupBy(store.scans.imagesToSend(), (sha256) => store.blobs.has(sha256));
        done += await this.#each(waiting.get(true) ?? [], (sha256) => this.#send(sha256, token));
        done += await this.#each(await this.#findThere(waiting.get(false) ?? [], token), (sha256) =>
          this.#bringBack(sha256),
        );
      }
      if (done === 0) await this.#idle();
    }
  }

  /** One that does not go holds up none of the others. @returns how many are at the centre now */
  async #each(images: readonly string[], work: (sha256: string) => Promise<void>): Promise<number> {
    const { store, line, now, onChange, log } = this.#options;
    let done = 0;
    for (const sha256 of images) {
      if (this.#stop.signal.aborted) break;
      try {
        await work(sha256);
        store.scans.noteAtCentre(sha256, new Date(now()).toISOString());
        done += 1;
        onChange();
      } catch (error) {
        if (this.#stop.signal.aborted) break;
        log('image-not-sent', { reason: (error as Error).name });
        // Nobody takes one now: not even the others are tried before the next look.
        if (!line.isConnected() || isAway(error)) break;
      }
    }
    return done;
  }

  /**
   * Pages of this machine whose images are not on it: it works on an older copy of its disk, or with a copy of another's. Who
   * has them sends them; they are brought as soon as the centre has them.
   */
  async #findThere(images: readonly string[], token: string): Promise<string[]> {
    if (images.length === 0 || this.#stop.signal.aborted) return [];
    const { line, log } = this.#options;
    try {
      const lacks = await askLacking(line, token, images, this.#stop.signal);
      return images.filter((sha256) => !lacks?.has(sha256));
    } catch (error) {
      if (!this.#stop.signal.aborted) log('images-not-asked', { reason: (error as Error).name });
      return [];
    }
  }

  async #askWhatLacks(token: string): Promise<void> {
    const { store, line, now, onChange, log } = this.#options;
    if (now() - this.#askedAt < ASK_AGAIN_MS) return;
    try {
      const lacks = await findLackingImages(store, line, token, { now: now(), stop: this.#stop.signal });
      this.#askedAt = now();
      if (lacks === 0) return;
      log('images-lacking', { images: lacks });
      onChange();
    } catch (error) {
      log('images-not-asked', { reason: (error as Error).name });
    }
  }

  /** @throws the reason why the centre has it not, or why nobody can say */
  async #send(sha256: string, token: string): Promise<void> {
    const { blobs } = this.#options.store;
    const content = await blobs.read(sha256).catch((error: unknown) => {
      if (error instanceof BlobError) return null;
      throw error;
    });
    // An older copy of this disk was put back, or the file is damaged: the centre may have had it before.
    if (content === null) await this.#bringBack(sha256);
    else await this.#upload(sha256, content, token);
  }

  async #bringBack(sha256: string): Promise<void> {
    const { store, line, now } = this.#options;
    const leave = await this.#takeTurn();
    try {
      await fetchImage(store, line, sha256, now());
    } finally {
      leave();
    }
  }

  async #upload(sha256: string, content: Buffer, token: string): Promise<void> {
    const { line, bytesPerSecond, silenceMs = SILENCE_MS } = this.#options;
    const base = `${line.url().replace(/\/+$/, '')}${BLOB_PATH}`;
    let earliest = 0;
    let leave = () => {};
    let startedAt = 0;
    let silence: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint: base,
        ...(line.tls && { httpStack: new DefaultHttpStack(line.tls) }),
        // The centre knows an upload by its hash: what it has of it is asked for first.
        uploadUrl: `${base}/${sha256}`,
        headers: { authorization: `Bearer ${token}` },
        metadata: { sha256 },
        chunkSize: this.#pace.size,
        retryDelays: null,
        storeFingerprintForResuming: false,
        onBeforeRequest: async () => {
          await this.#pause(earliest - Date.now());
          leave();
          leave = await this.#takeTurn();
          startedAt = performance.now();
          silence = setTimeout(giveUp, silenceMs, new Error('silence'));
        },
        onAfterResponse: () => {
          clearTimeout(silence);
          leave();
        },
        onChunkComplete: (bytes) => {
          this.#pace.note(bytes, performance.now() - startedAt);
          upload.options.chunkSize = this.#pace.size;
          if (bytesPerSecond > 0) earliest = Date.now() + (bytes * 1000) / bytesPerSecond;
        },
        onSuccess: () => resolve(),
        onError: reject,
      });
      const giveUp = (reason: Error) => {
        void upload.abort();
        reject(reason);
      };
      this.#stop.signal.addEventListener('abort', () => giveUp(new Error('stopped')));
      upload.start();
    }).finally(() => {
      clearTimeout(silence);
      leave();
    });
  }

  /** @returns gives the line back */
  async #takeTurn(): Promise<() => void> {
    const { store, line } = this.#options;
    for (;;) {
      await this.#letRecordsPass();
      if (this.#stop.signal.aborted) throw new Error('stopped');
      const leave = (await line.gate()?.enter('blobs', this.#stop.signal)) ?? (() => {});
      // A record that came while the line was busy goes first.
      if (store.delivery.counts().waitingOps === 0) return leave;
      leave();
    }
  }

  async #letRecordsPass(): Promise<void> {
    while (!this.#stop.signal.aborted && this.#options.store.delivery.counts().waitingOps > 0)
      await this.#pause(STEP_ASIDE_MS);
  }

  /** Until somebody has something to send, or it is time to look again. */
  #idle(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, LOOK_AGAIN_MS);
      this.#wake = done;
    });
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await delay(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}
