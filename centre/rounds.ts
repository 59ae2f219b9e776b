import type { Logger } from 'pino';
import type { HubRoles } from './hub/role.ts';
import type { Published } from './ingest.ts';
import type { LiveHub } from './live.ts';
import { takeCalendarSteps } from './office/calendarSteps.ts';
import type { QueueDesk } from './queue/desk.ts';
import type { CentreStore } from './store/types.ts';

export interface RoundsOptions {
  store: CentreStore;
  hub: LiveHub;
  queue: QueueDesk;
  roles: HubRoles;
  isRelay: boolean;
  publish: (scopes: readonly Published[]) => void;
  /** Somebody may have been taken out of service. */
  endRevoked: () => void;
  now: () => number;
  logger: Logger;
}

/** How often to look whether a command in another process has written, ms. */
const OUTSIDE_CHECK_MS = 1000;
/** How often to look whether a notice has run out, ms. */
const CALENDAR_CHECK_MS = 60_000;

/** What a centre or hub does again and again by itself: what the day asks for, and what others wrote beside it. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #timers: NodeJS.Timeout[];
  #outsideVersion: number;

  /** Its first steps are the caller's to take. */
  constructor(options: RoundsOptions) {
    this.#options = options;
    const { store, logger } = options;
    this.#outsideVersion = store.outsideVersion();
    const lookOutside = () => {
      this.#lookOutside().catch(() => logger.error('looking for what others wrote failed'));
    };
    this.#timers = [
      setInterval(() => void this.takeSteps(), CALENDAR_CHECK_MS),
      setInterval(lookOutside, OUTSIDE_CHECK_MS),
    ];
  }

  /** What the day asks for, now. */
  async takeSteps(): Promise<void> {
    const { store, queue, roles, isRelay, publish, now, logger } = this.#options;
    // What the calendar does to cases is the centre's to do; the queue knows which halls are decided here.
    if (!isRelay && roles.isActive())
      await takeCalendarSteps(store, now()).then(publish, () => logger.error('calendar steps failed'));
    await queue.takeDaySteps().catch(() => logger.error('day steps of the queue failed'));
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #lookOutside(): Promise<void> {
    const { store, hub, publish, endRevoked } = this.#options;
    const version = store.outsideVersion();
    if (version === this.#outsideVersion) return;
    const heads = await store.scopeHeads(hub.scopes);
    this.#outsideVersion = version;
    endRevoked();
    publish(heads.filter(({ head }) => head > 0));
  }
}
