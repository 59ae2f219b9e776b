import type { TerminalConfig } from '../contract/config.ts';
import { YichuangError } from '../contract/errors.ts';
import { readMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import type { TlsMaterial } from '../link/secureFetch.ts';
import type { TrafficGate } from '../link/trafficGate.ts';
import { fetchImage, ImageFetchError } from '../sync/imageFetcher.ts';
import type { ImageLine } from '../sync/imageLine.ts';
import { ImageSender } from '../sync/imageSender.ts';

export interface ImagesOptions {
  store: Store;
  config: Pick<TerminalConfig, 'images'> & { hub?: Pick<NonNullable<TerminalConfig['hub']>, 'url'> | undefined };
  /** Where the hub speaks TLS by an authority of its own. */
  tls?: TlsMaterial | undefined;
  now: () => number;
  /** Where the records go at the moment; null before there is a line. */
  url: () => string | null;
  /** The last exchange of records succeeded. */
  isConnected: () => boolean;
  /** Of what else goes over that line. */
  gate: () => TrafficGate | null;
  /** How many images wait has changed. */
  onChange: () => void;
  log: { info(fields: object, event: string): void };
}

/** Images of scanned pages between this machine and the centre; on a machine without a hub they stay where they are. */
export class Images {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #line: ImageLine | null;
  readonly #sender: ImageSender | null;

  constructor({ store, config, tls, now, url, isConnected, gate, onChange, log }: ImagesOptions) {
    this.#store = store;
    this.#now = now;
    const { hub } = config;
    this.#line = hub
      ? { url: () => url() ?? hub.url, token: () => readMeta(store.db, 'hub-token'), isConnected, gate, tls }
      : null;
    this.#sender =
      this.#line &&
      new ImageSender({
        store,
        line: this.#line,
        now,
        bytesPerSecond: config.images.kilobytesPerSecond * 1024,
        onChange,
        log: (event, fields) => log.info(fields ?? {}, event),
      });
  }

  /**
   * Brings an image that another machine scanned.
   * @throws YichuangError `attachment-elsewhere` when the centre has it not, `offline`
   */
  async fetch(sha256: string): Promise<void> {
    if (this.#line === null) throw new YichuangError('attachment-elsewhere');
    try {
      await fetchImage(this.#store, this.#line, sha256, this.#now());
    } catch (error) {
      if (!(error instanceof ImageFetchError)) throw error;
      throw new YichuangError(error.kind === 'offline' ? 'offline' : 'attachment-elsewhere', { cause: error });
    }
  }

  /** A case has changed: it may have a new page. */
  notify(streams: readonly string[]): void {
    if (streams.some((stream) => stream.startsWith('case:'))) this.#sender?.notify();
  }

  async stop(): Promise<void> {
    await this.#sender?.stop();
  }
}
