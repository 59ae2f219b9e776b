import type { QueueRequest } from '../../contract/queue.ts';
import type { OpeningHours } from '../../domain/clock/openingHours.ts';
import { tenureOf } from '../../domain/queue/leases.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { GroupCommit } from '../groupCommit.ts';
import type { HubRoles } from '../hub/role.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { Machines } from '../machines/machines.ts';
import { type CentreStore, type EnrolledDevice, type KnownLedger, StoreBusyError } from '../store/types.ts';
import { type CarriedOut, CommandRefusedError, carryOut, refused } from './carryOut.ts';
import type { QueueVerdict } from './context.ts';
import { takeDaySteps } from './daySteps.ts';
import { Presence, type WindowPresence } from './presence.ts';

/** Commands in one transaction; a hall has some twenty windows and a few dispensers. */
const MAX_GROUP = 64;
const MAX_WAITING = 1024;

export interface QueueDeskOptions {
  store: CentreStore;
  hours: OpeningHours;
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  /** After COMMIT: scopes that have new rows. */
  publish: (scopes: readonly Published[]) => void;
  /** Whether this one decides: of two hubs the other may have taken over. */
  roles: Pick<HubRoles, 'isActive' | 'fence'>;
}

type Asker = Pick<EnrolledDevice, 'id' | 'hall' | 'terminal'>;

interface Asked {
  device: Asker;
  request: QueueRequest;
}

/**
 * The queue desk of the hub: decides every command about the queue one after the other under the write lock, so that
 * windows pressing at once get different people. Commands that arrive together share one durable transaction.
 */
export class QueueDesk {
  /** What the machines of the hall say of themselves beside their presence. */
  readonly machines: Machines;
  readonly #options: QueueDeskOptions;
  readonly #presence: Presence;
  readonly #commits: GroupCommit<Asked, QueueVerdict>;

  constructor(options: QueueDeskOptions) {
    this.#options = options;
    this.machines = new Machines(options.now, options.monotonic);
    this.#presence = new Presence(options.monotonic);
    this.#commits = new GroupCommit<Asked, QueueVerdict>({
      commit: (group) => this.#commit(group),
      isWorthSplitting: (error) => !(error instanceof StoreBusyError),
      weigh: () => 1,
      maxGroup: MAX_GROUP,
      maxWaiting: MAX_WAITING,
    });
  }

  /**
   * Resolves once what the command came to is durable. The same command again changes nothing and answers its ticket.
   * @throws StoreBusyError or OverloadedError when it should be tried again later
   */
  async command(device: Asker, request: QueueRequest): Promise<QueueVerdict> {
    // A terminal asks only after it has sent what it did by itself.
    this.#presence.hear(device.hall, device.terminal, 0);
    try {
      return await this.#commits.submit({ device, request });
    } catch (error) {
      if (error instanceof CommandRefusedError) return { kind: 'refused', code: error.code };
      throw error;
    }
  }

  /** A window is there. @param unsent what it has done by itself and not sent yet */
  hear(hall: string, terminal: string, unsent: number): void {
    this.#presence.hear(hall, terminal, unsent);
  }

  /** How many windows speak, and how many that spoke are silent. */
  countPresence(): { heard: number; silent: number } {
    return this.#presence.count();
  }

  /** Every window of the plan or that ever opened, with how many waiting tickets are kept for it while it is silent. */
  listWindows(hall: string): Promise<(WindowPresence & { reserved: number })[]> {
    return this.#read((known) => {
      const windows = known.hall.windowsOf(hall);
      const closed = new Set(windows.filter(({ state }) => state === 'closed').map(({ terminal }) => terminal));
      const planned = known.hall.planOf(hall)?.windows ?? [];
      const terminals = new Set([...planned, ...windows].map(({ terminal }) => terminal));
      const day = hallDay(this.#options.now());
      const waiting = [...known.hall.ticketsOf(hall, day).values()].filter(({ state }) => state === 'WAITING');
      return this.#presence.list(hall, [...terminals].sort()).map((each) => {
        const isKept = this.#presence.isReservedFor(hall, each.terminal) && !closed.has(each.terminal);
        const reserved = isKept ? waiting.filter(({ fallback }) => fallback === each.terminal).length : 0;
        return { ...each, reserved };
      });
    });
  }

  /** What the end of a day asks for; done every minute. */
  async takeDaySteps(): Promise<void> {
    const { store, now, publish } = this.#options;
    const published = await takeDaySteps(store, this.#presence, now());
    if (published.length > 0) publish(published);
  }

  /** Resolves when nothing waits any more. */
  drain(): Promise<void> {
    return this.#commits.drain();
  }

  async #commit(group: readonly Asked[]): Promise<QueueVerdict[]> {
    const { store, now, hours, publish, roles } = this.#options;
    const { carried, published } = await store.write([], (known) => {
      const ledger = new WorkingLedger(known);
      const carried = group.map(({ device, request }): CarriedOut => {
        const elsewhere = roles.isActive() ? ledger.hall.whyNotHere(device.hall) : 'not-active';
        if (elsewhere !== null) return refused(elsewhere);
        const context = {
          ...{ ledger, self: store.self, device, hours, presence: this.#presence },
          granter: { device: store.self.device, epoch: store.dataEpoch },
          ...{ tenure: tenureOf(roles.fence, store.dataEpoch), fence: roles.fence, now: now() },
        };
        return carryOut(context, request);
      });
      const decision = ledger.decision();
      return { decision, value: { carried, published: decision.scopes } };
    });
    for (const [index, { released }] of carried.entries()) {
      const hall = group[index]?.device.hall;
      if (released !== null && hall !== undefined) this.#presence.release(hall, released);
    }
    if (published.length > 0) publish(published);
    return carried.map(({ verdict }) => verdict);
  }

  #read<T>(look: (known: KnownLedger) => T): Promise<T> {
    const { store } = this.#options;
    return store.write([], (known) => ({ decision: new WorkingLedger(known).decision(), value: look(known) }));
  }
}
