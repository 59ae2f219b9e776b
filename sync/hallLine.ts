import type { DevicesAnswer, DevicesRequest } from '../contract/devices.ts';
import { YichuangError } from '../contract/errors.ts';
import {
  type HostReport,
  type MachineList,
  type MachineReport,
  type MachineReportAnswer,
  machineList,
  machineReportAnswer,
} from '../contract/machines.ts';
import { type PresenceAnswer, type PresenceRequest, presenceAnswer } from '../contract/queue.ts';
import { type PresenceList, presenceList } from '../contract/queuePresence.ts';
import { type RatingLinkRequest, ratingLinkAnswer } from '../contract/rating.ts';
import { CentreError } from './centreError.ts';
import type { Hubs } from './hubs.ts';

/** What the machines of the hall say of themselves, and which of them are enrolled; nothing of it is kept or sent again. */
export class HallLine {
  readonly #hubs: Hubs;
  #standbys: readonly HostReport[] = [];
  #askingStandbys: Promise<void> | null = null;

  constructor(hubs: Hubs) {
    this.#hubs = hubs;
  }

  /** Whom the hub hears now. @throws CentreError, YichuangError when it does not answer */
  presences(): Promise<PresenceList> {
    return this.#hubs.current.ofHall('/queue/presence', presenceList);
  }

  /** This machine is there. @throws CentreError, YichuangError */
  presence(request: PresenceRequest): Promise<PresenceAnswer> {
    return this.#hubs.current.ofHall('/queue/presence', presenceAnswer, request);
  }

  /**
   * Where a phone may rate this service.
   * @returns null from a hub that serves no such page
   * @throws CentreError, YichuangError; also from a hub of an older program
   */
  async ratingLink(request: RatingLinkRequest): Promise<string | null> {
    return (await this.#hubs.current.ofHall('/queue/rating-link', ratingLinkAnswer, request)).url;
  }

  /** @throws CentreError; `protocol` from a hub that knows nothing of it */
  report(report: MachineReport): Promise<MachineReportAnswer> {
    return this.#hubs.current.ofHall('/queue/machines', machineReportAnswer, report);
  }

  /** @throws CentreError, YichuangError */
  machines(): Promise<MachineList> {
    return this.#hubs.current.ofHall('/queue/machines', machineList);
  }

  /** What the hubs that are not asked said of themselves, at the last `askStandbys`. */
  get standbys(): readonly HostReport[] {
    return this.#standbys;
  }

  /** Asks each of them; who does not answer, or is of an older program, says nothing. */
  askStandbys(): Promise<void> {
    this.#askingStandbys ??= Promise.all(this.#hubs.others.map((api) => api.hostReport().catch(() => null)))
      .then((reports) => {
        this.#standbys = reports.filter((report) => report !== null);
      })
      .finally(() => {
        this.#askingStandbys = null;
      });
    return this.#askingStandbys;
  }

  /**
   * The enrolled machines, after one was taken out of service if that was asked for.
   * @throws YichuangError `offline` when the centre cannot be reached, `deadline` when nobody can say whether it was done
   * (the same command may be sent again), or the centre's refusal
   */
  async devices(request: DevicesRequest): Promise<DevicesAnswer> {
    try {
      return await this.#hubs.current.devices(request);
    } catch (error) {
      if (!(error instanceof CentreError)) throw error;
      throw new YichuangError(error.isUnsent ? 'offline' : 'deadline', { cause: error });
    }
  }
}
