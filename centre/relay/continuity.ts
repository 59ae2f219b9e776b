import type { Logger } from 'pino';
import type { RelayDevice } from '../../contract/relay.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import type { SigningKey } from '../../signing/key.ts';
import { chainHead } from '../ledger/plan.ts';
import type { CentreStore } from '../store/types.ts';
import { askAboutParked } from './askAboutParked.ts';
import { OfferAgain } from './offerAgain.ts';
import { type UpstreamApi, UpstreamError } from './upstream.ts';

/** The list of devices is asked for this often, ms. */
const DEVICES_EVERY_MS = 5_000;

export interface ContinuityOptions {
  store: CentreStore;
  api: UpstreamApi;
  /** Until the centre has said which it is. */
  hall: string;
  /** By which this hub signs what it asks. */
  ownKey: SigningKey;
  now: () => number;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  /** The list of devices may name some that are out of service now. */
  onDevices: () => void;
  /** What these devices wrote has been decided. */
  onSettled: (devices: readonly string[]) => void;
  logger: Logger;
}

/** Whether hub and centre still have the same past; what the one lacks of it goes to the other again. */
export class Continuity {
  readonly #options: ContinuityOptions;
  readonly #offerAgain = new OfferAgain();
  #isKnown = false;
  #compares = false;
  #devicesAt = 0;
  /** Over which whoever speaks to the centre spreads its first contact after a broken line, ms. */
  spreadMs = 0;

  constructor(options: ContinuityOptions) {
    this.#options = options;
  }

  get hall(): string {
    return this.#options.store.upstream()?.hall ?? this.#options.hall;
  }

  /** The line broke, or this hub has another role: the next exchange begins with a look. */
  forget(): void {
    this.#isKnown = false;
  }

  /**
   * Once after every start and broken line: does the centre have our own chain as we have it? When it has more, or other
   * ops, these data are an old copy, and numbers of ours may be on paper: we go on under a new epoch.
   * @returns whether the centre compares digests
   */
  async check(): Promise<boolean> {
    const { now, monotonic } = this.#options;
    if (!this.#isKnown) await this.#greet();
    else if (this.#offerAgain.isDue(monotonic())) await this.sendAgain();
    else if (now() - this.#devicesAt >= DEVICES_EVERY_MS) await this.takeDevices();
    return this.#compares;
  }

  /**
   * What the centre lacks of the hall and is here goes again, also from a standby: the other one may have it by the centre
   * alone, without what its authors signed, or not at all.
   */
  async sendAgain(): Promise<void> {
    const { store, logger } = this.#options;
    const again = store.forwardAgain(await this.takeDevices());
    if (again > 0) logger.warn({ ops: again }, 'the centre lacks what it once had');
  }

  /** The centre refused an op that it may take later. */
  noteRefused(): void {
    this.#offerAgain.note(this.#options.monotonic());
  }

  /** All that waited has been sent. */
  noteSent(): void {
    this.#offerAgain.noteSent();
  }

  async takeDevices(): Promise<RelayDevice[]> {
    const { store, api, now, onDevices } = this.#options;
    this.#devicesAt = now();
    const devices = await api.devices();
    store.takeDevices(this.hall, devices, now());
    onDevices();
    return devices;
  }

  async #greet(): Promise<void> {
    const { store, api, ownKey, onSettled, logger } = this.#options;
    // Before anything is asked: what is forgotten meanwhile stays forgotten, and whoever fails forgets.
    this.#isKnown = true;
    const { device, epoch } = store.self;
    const { seq, hash } = chainHead(store.chains, device, epoch);
    api.line.setIdentity({ device, key: ownKey, from: () => ({ epoch, seq }) });
    await api.greet();
    const versions = PROTOCOL_VERSIONS.filter((version) => version >= 2);
    const hello = await api.hello({ versions, device, epoch, seq, hash });
    if (hello.hub === undefined) throw new UpstreamError('/sync/v1/hello', 200);
    store.saveUpstreamDevice(hello.hub);
    this.#compares = hello.version >= 3;
    this.spreadMs = hello.spreadMs ?? 0;
    const ours = hello.acked === 0 ? hello.head : store.chains.findOp(device, epoch, hello.acked)?.hash;
    const agrees = hello.agrees ?? ours === hello.head;
    if (!agrees || hello.acked > seq || hello.newestEpoch > epoch) {
      store.beginEpoch(Math.max(hello.newestEpoch, epoch));
      logger.error({ epoch: store.self.epoch }, 'these data are an older copy: a new epoch has begun');
    }
    onSettled(await askAboutParked(store, api));
    await this.sendAgain();
  }
}
