import { YichuangError } from '../contract/errors.ts';
import type { HubState, TakeOverRequest } from '../contract/hub.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import type { Connect } from '../link/line.ts';
import { TrafficGate } from '../link/trafficGate.ts';
import { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import { believe } from './signing.ts';

export interface HubsOptions {
  store: Store;
  /** One, or the hub of the configuration and its standbys. */
  urls: readonly string[];
  connect: Connect;
  /** Who decides has answered, whatever he said. */
  onHeard: () => void;
  /** Another one is asked from here on. */
  onLeft: () => void;
  /** Positions of scopes of which a hint is no news. */
  known: () => ReadonlyMap<string, number>;
}

/**
 * The hubs of the hall; without a standby there is one, or the centre itself. Which of them is asked at the moment, and the
 * fence by which it is known who decides.
 */
export class Hubs {
  readonly #store: Store;
  readonly #db: Store['db'];
  readonly #home: string;
  readonly #apis: readonly CentreApi[];
  readonly #onLeft: () => void;
  /** Of this machine's line, whichever hub is asked. */
  readonly gate = new TrafficGate();
  #at = 0;
  #token: string | null = null;
  #left = new AbortController();

  constructor({ store, urls, connect, onHeard, onLeft, known }: HubsOptions) {
    this.#store = store;
    this.#db = store.db;
    this.#home = urls[0] as string;
    this.#apis = urls.map((url) => new CentreApi(url, connect(url), onHeard, known, this.gate));
    this.#onLeft = onLeft;
    this.#sendFence(this.#fence);
    this.identify();
  }

  /** Where this machine speaks at the moment: the hub that decides, as far as is known, or the centre. */
  get current(): CentreApi {
    return this.#apis[this.#at] as CentreApi;
  }

  /** Those that are not asked at present. */
  get others(): CentreApi[] {
    return this.#apis.filter((api) => api !== this.current);
  }

  get hasStandby(): boolean {
    return this.#apis.length > 1;
  }

  /** Fires when the current one is left: what it says from there on is of no use. */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  /**
   * From here on the next one is asked. Whoever was told so by one that was left meanwhile changes nothing: of two that go on
   * at the same time the second would come back to where both were.
   */
  goOn(from: CentreApi): void {
    if (from === this.current) this.#goTo((this.#at + 1) % this.#apis.length);
  }

  /** How each stands, in the order of the configuration; null: it does not say. */
  states(): Promise<{ url: string; isCurrent: boolean; state: HubState | null }[]> {
    const ask = async (api: CentreApi) => {
      const state = await api.hubState().catch(() => null);
      return { url: api.url, isCurrent: api === this.current, state };
    };
    return Promise.all(this.#apis.map(ask));
  }

  /**
   * Makes a standby the active hub, which is asked from here on.
   * @throws YichuangError `no-standby` when none is configured, `offline` when none answers, or the hub's refusal
   */
  async takeOver(request: TakeOverRequest): Promise<{ url: string; fence: number }> {
    if (!this.hasStandby) throw new YichuangError('no-standby');
    const states = await this.states();
    const standby = this.#apis.find((_api, index) => states[index]?.state?.role === 'standby');
    if (!standby) throw new YichuangError(states.some(({ state }) => state !== null) ? 'no-standby' : 'offline');
    const { fence } = await standby.takeOver(request).catch((error: unknown) => {
      throw error instanceof CentreError ? new YichuangError('offline', { cause: error }) : error;
    });
    this.#goTo(this.#apis.indexOf(standby));
    // Known from here on, also when the new hub is gone before it says so itself.
    this.checkFence({ fence });
    return { url: standby.url, fence };
  }

  /** Of two hubs the one with the higher fence decides, for this machine and for ever. @throws CentreError `not-active` */
  checkFence({ fence }: { fence: number }): void {
    if (!this.hasStandby) return;
    const highest = this.#fence;
    if (fence < highest) throw new CentreError('not-active', `fence ${fence} after ${highest}`);
    if (fence === highest) return;
    writeMeta(this.#db, 'hub-fence', String(fence));
    this.#sendFence(fence);
  }

  /** A token belongs to one hall: another first address needs another enrolment. @returns false when there is none */
  identify(): boolean {
    const token = readMeta(this.#db, 'hub-url') === this.#home ? readMeta(this.#db, 'hub-token') : null;
    if (token === null) return false;
    if (token === this.#token) return true;
    this.#token = token;
    const store = this.#store;
    const { ledger, identity } = store;
    const from = () => ({ epoch: ledger.epoch, seq: ledger.head().seq });
    for (const api of this.#apis) {
      api.setToken(token);
      api.setIdentity({
        device: ledger.device,
        key: identity.key(),
        from,
        believe: (authority) => believe(store, authority),
      });
    }
    return true;
  }

  get #fence(): number {
    return Number(readMeta(this.#db, 'hub-fence') ?? '0');
  }

  #sendFence(fence: number): void {
    // Where there is no standby nobody can have taken over: this may be the centre itself, which has no fence.
    if (this.hasStandby) for (const api of this.#apis) api.setFence(fence);
  }

  #goTo(index: number): void {
    if (index === this.#at) return;
    const before = this.current;
    this.#at = index;
    this.current.resume();
    this.#left.abort();
    this.#left = new AbortController();
    this.#onLeft();
    // A hub that fell silent would hold up the next one until the deadline of what it was asked.
    before.leave();
  }
}
