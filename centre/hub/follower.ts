import type { Logger } from 'pino';
import { FENCE_HEADER, type HubState, hubState, logAnswer } from '../../contract/hub.ts';
import { type Connect, LineError } from '../../link/line.ts';
import { Pauser } from '../../link/pauser.ts';
import type { Published } from '../ingest.ts';
import { UpstreamApi, UpstreamError } from '../relay/upstream.ts';
import type { CentreStore } from '../store/types.ts';
import type { HubRoles } from './role.ts';
import { takeFollowed } from './takeFollowed.ts';

/** How long the active hub may wait for news before it answers, ms. */
const WAIT_MS = 1_000;
/**
 * For one question of a standby that has read nearly all, ms: an answer that was lost is missed soon, and asked for on another
 * connection. Who still has much to read has the time of any request.
 */
const FOLLOW_DEADLINE_MS = 3_000;
/** Who was given fewer entries at once had read nearly all before. */
const MANY_ENTRIES = 100;
/** For the rest of the other hub's log during a take-over, in all and for one question, ms. */
const REST_MS = 2_000;
const REST_QUESTION_MS = 700;
/** Between two looks at the other hub while this one is the active, ms. */
const WATCH_MS = 2_000;
const AWAY_MS = 1_000;
/** For a hub that may be dead, ms: a take-over has ten seconds in all. */
const STATE_DEADLINE_MS = 2_000;
const DEVICES_EVERY_MS = 1_000;

export interface FollowerOptions {
  store: CentreStore;
  roles: HubRoles;
  url: string;
  connect: Connect;
  hall: () => string;
  /** With a centre above: its scopes and its list of devices come from there. */
  hasCentre: boolean;
  /** Name of this hub, and the code with which it joins the other where there is no centre. */
  name: string;
  code?: string | undefined;
  now: () => number;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  publish: (scopes: readonly Published[]) => void;
  logger: Logger;
}

/** The line between the two hubs of a hall: the standby reads the active one's log, the active one tells the other its fence. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #api: UpstreamApi;
  readonly #pauser = new Pauser();
  #isStopping = false;
  #devicesAt = 0;
  #hasMuchToRead = true;
  #running: Promise<void> = Promise.resolve();

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#api = new UpstreamApi(options.connect(options.url));
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#pauser.wake();
    await this.#running;
  }

  /** The role has changed. */
  wake(): void {
    this.#pauser.wake();
  }

  /** How the other hub stands; null when it does not say. Either of us may learn of a higher fence by it. */
  async askPeer(): Promise<HubState | null> {
    const { roles } = this.#options;
    if (!this.#identify()) return null;
    try {
      const answer = await this.#api.line.exchange({
        method: 'GET',
        path: '/hub/v1/state',
        headers: this.#fence(),
        deadlineMs: STATE_DEADLINE_MS,
      });
      const state = hubState.safeParse(answer.body);
      if (!answer.ok || !state.success) return null;
      if (state.data.role === 'active') roles.hear(state.data.fence);
      return state.data;
    } catch (error) {
      if (error instanceof LineError) return null;
      throw error;
    }
  }

  /**
   * This hub has taken over and decides nothing yet. The other one hears it with the question for the rest of its log, so it
   * decides nothing more either, and what it decided until then is taken in first.
   * @returns whether all of it is here now; not when that hub is gone, or cannot be heard within two seconds
   */
  async readRest(): Promise<boolean> {
    const { monotonic, roles, logger } = this.#options;
    if (!this.#identify()) return false;
    const until = monotonic() + REST_MS;
    for (let left = REST_MS; left > 0; left = until - monotonic()) {
      try {
        const isAll = await this.#takeEntries(0, Math.min(left, REST_QUESTION_MS));
        roles.lookForTakeOver();
        if (isAll) return true;
      } catch (error) {
        // Sent and not answered: on another connection the answer may come.
        if (error instanceof LineError && error.sent) continue;
        logger.warn({ reason: describe(error) }, 'the rest of the log of the other hub cannot be read');
        return false;
      }
    }
    return false;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if (this.#options.roles.isActive()) {
          await this.askPeer();
          await this.#pauser.pause(WATCH_MS);
        } else {
          await this.#follow();
        }
      } catch (error) {
        this.#options.logger.warn({ reason: describe(error) }, 'cannot follow the active hub');
        if (!this.#isStopping) await this.#pauser.pause(AWAY_MS);
      }
    }
  }

  async #follow(): Promise<void> {
    const { store, now, roles } = this.#options;
    await this.#enrol();
    const state = await this.askPeer();
    if (!state || roles.isActive()) throw new UpstreamError('/hub/v1/state', 0);
    if (state.role === 'standby') {
      // Both wait for a supervisor: there is nobody to follow.
      await this.#pauser.pause(AWAY_MS);
      return;
    }
    store.savePeerDevice(state.device);
    if (now() - this.#devicesAt >= DEVICES_EVERY_MS) await this.#takeDevices(FOLLOW_DEADLINE_MS);
    await this.#takeEntries(WAIT_MS, this.#hasMuchToRead ? undefined : FOLLOW_DEADLINE_MS);
  }

  /** A page of the other hub's log. @returns whether there was nothing more */
  async #takeEntries(waitMs: number, deadlineMs: number | undefined): Promise<boolean> {
    const { store, hall, hasCentre, now, publish, roles, logger } = this.#options;
    const after = store.peer()?.followed ?? 0;
    const { device, entries: page, heads = [] } = await this.#readLog(after, waitMs, deadlineMs);
    store.savePeerDevice(device);
    // Another hub stands there now: its log is read from the beginning.
    if (store.peer()?.followed === 0 && after > 0) return false;
    this.#hasMuchToRead = page.length >= MANY_ENTRIES;
    if (page.length === 0 || roles.isActive()) return true;
    // Whoever was enrolled anew while the active hub waited for news signs by a key that is not known here yet.
    if (heads.some(({ device, publicKey }) => !store.keysOf(device).includes(publicKey)))
      await this.#takeDevices(deadlineMs);
    // Before the ops: they may be forwarded from here at any time after.
    store.addSignedHeads(heads);
    const { published, gaps } = await takeFollowed(store, { hall: hall(), hasCentre, now: now() }, page);
    if (gaps > 0) logger.error({ gaps }, 'the log of the active hub does not continue what is known here');
    publish(published);
    roles.lookForTakeOver();
    return false;
  }

  async #readLog(after: number, waitMs: number, deadlineMs: number | undefined) {
    const query = new URLSearchParams({ after: String(after), waitMs: String(waitMs) });
    const path = `/relay/v1/log?${query}`;
    const answer = await this.#api.line.exchange({
      ...{ method: 'GET', path, headers: this.#fence() },
      // Without waiting for news: a take-over asks, also on a line that was given up.
      ...(deadlineMs !== undefined && { deadlineMs, isTrial: waitMs === 0 }),
    });
    const log = answer.ok ? logAnswer.safeParse(answer.body) : null;
    if (!log?.success) throw new UpstreamError(path, answer.status);
    return log.data;
  }

  /**
   * Whoever joined a moment ago must be known here when the active hub is gone, and the centre too. Without a centre the
   * active hub is the one who decides about it. Chains come by the log.
   */
  async #takeDevices(deadlineMs: number | undefined): Promise<void> {
    const { store, hasCentre, hall, now } = this.#options;
    const devices = (await this.#api.devices(deadlineMs)).map((device) => ({ ...device, heads: [] }));
    if (hasCentre) store.addDevices(hall(), devices, now());
    else store.takeDevices(hall(), devices, now());
    this.#devicesAt = now();
  }

  async #enrol(): Promise<void> {
    const { store, hasCentre, name, code } = this.#options;
    if (hasCentre || this.#identify()) return;
    if (code === undefined) throw new Error('not enrolled, and no --relay-code');
    const { token } = await this.#api.enrol({ code, device: store.self.device, terminal: name });
    store.savePeerToken(token);
    this.#identify();
  }

  /** The token for the centre is known to every hub of the hall. @returns false when there is none yet */
  #identify(): boolean {
    const { store, hasCentre } = this.#options;
    const token = hasCentre ? store.upstream()?.token : store.peer()?.token;
    if (token) this.#api.line.setToken(token);
    return Boolean(token);
  }

  #fence(): Record<string, string> {
    return { [FENCE_HEADER]: String(this.#options.roles.fence ?? 0) };
  }
}

/** Name and status: enough to find it, and nothing of what was sent. */
function describe(error: unknown): string {
  return error instanceof LineError || error instanceof UpstreamError ? error.message : (error as Error).name;
}
