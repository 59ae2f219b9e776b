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
const WAIT_MS = 5_000;
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
        const reason =
          error instanceof LineError || error instanceof UpstreamError ? error.message : (error as Error).name;
        this.#options.logger.warn({ reason }, 'cannot follow the active hub');
        if (!this.#isStopping) await this.#pauser.pause(AWAY_MS);
      }
    }
  }

  async #follow(): Promise<void> {
    const { store, hall, hasCentre, now, publish, roles, logger } = this.#options;
    await this.#enrol();
    const state = await this.askPeer();
    if (!state || roles.isActive()) throw new UpstreamError('/hub/v1/state', 0);
    if (state.role === 'standby') {
      // Both wait for a supervisor: there is nobody to follow.
      await this.#pauser.pause(AWAY_MS);
      return;
    }
    store.savePeerDevice(state.device);
    if (now() - this.#devicesAt >= DEVICES_EVERY_MS) await this.#takeDevices();
    const after = store.peer()?.followed ?? 0;
    const { entries: page, heads = [] } = await this.#readLog(after);
    if (page.length === 0 || roles.isActive()) return;
    // Whoever was enrolled anew while the active hub waited for news signs by a key that is not known here yet.
    if (heads.some(({ device, publicKey }) => !store.keysOf(device).includes(publicKey))) await this.#takeDevices();
    // Before the ops: they may be forwarded from here at any time after.
    store.addSignedHeads(heads);
    const { published, gaps } = await takeFollowed(store, { hall: hall(), hasCentre, now: now() }, page);
    if (gaps > 0) logger.error({ gaps }, 'the log of the active hub does not continue what is known here');
    publish(published);
    roles.lookForTakeOver();
  }

  async #readLog(after: number) {
    const query = new URLSearchParams({ after: String(after), waitMs: String(WAIT_MS) });
    const path = `/relay/v1/log?${query}`;
    const answer = await this.#api.line.exchange({ method: 'GET', path, headers: this.#fence() });
    const log = answer.ok ? logAnswer.safeParse(answer.body) : null;
    if (!log?.success) throw new UpstreamError(path, answer.status);
    return log.data;
  }

  /**
   * Whoever joined a moment ago must be known here when the active hub is gone, and the centre too. Without a centre the
   * active hub is the one who decides about it. Chains come by the log.
   */
  async #takeDevices(): Promise<void> {
    const { store, hasCentre, hall, now } = this.#options;
    const devices = (await this.#api.devices()).map((device) => ({ ...device, heads: [] }));
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
