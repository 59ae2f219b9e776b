import type { Store } from '../../../db/store.ts';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { Uploads } from '../../../service/attachment/uploads.ts';
import { scanHandlers } from '../../../service/handlers/scans.ts';
import { Images } from '../../../service/images.ts';
import type { SyncClient } from '../../../sync/syncClient.ts';
import { v7 } from '../engine/uuid.ts';
import { PERSON } from './template.ts';

interface DeskOptions {
  name: string;
  store: Store;
  sync: SyncClient;
  now: () => number;
  note: (line: string) => void;
}

/** An image takes seconds, so that there is time for something to go wrong with it, and records have something to pass. */
const KILOBYTES_PER_SECOND = 4;

/** What a terminal does with scanned pages: the service's own handlers, sender and fetcher. */
export class ImageDesk {
  readonly #context: never;
  readonly #connection: string;

  constructor({ name, store, sync, now, note }: DeskOptions) {
    this.#connection = name;
    const images = new Images({
      ...{ store, now, onChange: () => note(`${name}: an image is at the centre`) },
      config: { hub: { url: sync.url }, images: { kilobytesPerSecond: KILOBYTES_PER_SECOND } },
      url: () => sync.url,
      isConnected: () => sync.state.link === 'connected',
      gate: () => sync.gate,
      log: { info: (fields: object, event: string) => note(`${name}: ${event} ${JSON.stringify(fields)}`) },
    });
    this.#context = {
      ...{ store, images, now, newId: v7, uploads: new Uploads(store.blobs) },
      sessions: { require: () => ({ staff: { number: PERSON } }) },
      ...{ catalogueInForce: () => CATALOGUE, catalogueOf: () => CATALOGUE },
      committed: (streams: string[]) => {
        sync.notify();
        images.notify(streams);
      },
    } as never;
  }

  /** A page of a case comes from the camera in two pieces. @throws YichuangError, NodeJS.ErrnoException */
  async scan(page: { scanId: string; caseId: string; hold: boolean; content: Buffer; sha256: string }): Promise<void> {
    const { content, sha256, ...rest } = page;
    const announced = { ...rest, material: 'M04', source: 'camera', name: 'scan.jpg', bytes: content.length } as const;
    await this.#call('case.attach', announced);
    const half = content.length >> 1;
    for (const [offset, piece] of [
      [0, content.subarray(0, half)],
      [half, content.subarray(half)],
    ] as const)
      await this.#call('case.attachChunk', { scanId: page.scanId, offset, data: piece.toString('base64') });
    await this.#call('case.attachFinish', { scanId: page.scanId, sha256 });
  }

  /** Pages held for a case become part of it. */
  async attachHeld(caseId: string): Promise<void> {
    await this.#call('scans.attachHeld', { caseId });
  }

  /** Somebody looks at a page, wherever it was scanned. @returns its image */
  async open(scanId: string): Promise<Buffer> {
    const { data } = (await this.#call('scans.page', { scanId, offset: 0 })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async remove(scanId: string): Promise<void> {
    await this.#call('scans.remove', { scanId, reason: '重复' });
  }

  async #call(method: keyof typeof scanHandlers, params: object): Promise<unknown> {
    const handler = scanHandlers[method] as (call: object) => unknown;
    return await handler({ context: this.#context, connection: this.#connection, params });
  }
}
