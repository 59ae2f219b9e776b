import type { Logger } from 'pino';
import { pushRequest } from '../../contract/sync.ts';
import { OverloadedError } from '../groupCommit.ts';
import type { PushVerdict } from '../ledger/plan.ts';
import { type CentreStore, type Push, StoreBusyError } from '../store/types.ts';
import type { WaitingPush } from '../store/waitingTypes.ts';
import type { WaitingRoom } from './waitingRoom.ts';

/** When what is held is judged though nobody needs it, ms. */
export interface IntakePauses {
  /** Nothing more came for so long: whoever sent has come to an end, and is to hear what became of it. */
  idle: number;
  /** However much comes, the oldest waits no longer. */
  longest: number;
}
const PAUSES: IntakePauses = { idle: 100, longest: 2_000 };
/** Pushes that are judged in one transaction at most. */
const TOGETHER = 4;
/** Until it is tried again when the disk or another process was in the way, ms. */
const RETRY_MS = 1_000;
/** Without any progress for so long somebody is to look, ms. */
const STUCK_AFTER_MS = 60_000;

export interface IntakeOptions {
  store: Pick<CentreStore, 'waitingText' | 'waitingPushes' | 'outsideVersion'>;
  room: WaitingRoom;
  judge: (waited: WaitingPush, push: Push) => Promise<PushVerdict>;
  /** Devices hear that there are outcomes to be asked for. */
  publish: (scopes: readonly { scope: string; head: number }[]) => void;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  logger: Logger;
  /** Something waits and does not get on, or does so no longer. */
  onStuck?: (isStuck: boolean) => void;
  pauses?: IntakePauses;
}

interface Waiter {
  hall: string;
  /** The last arrival it waits for. */
  until: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Judges what was held: when nothing more comes, when the oldest has waited long enough, or when somebody needs it. */
export class Intake {
  readonly #options: IntakeOptions;
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | null = null;
  #oldestSince: number | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;
  /** When it first had to be tried again, since something was judged last. */
  #failingSince: number | null = null;
  /** Of what others write to the same database. */
  #outsideVersion: number;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#outsideVersion = options.store.outsideVersion();
  }

  /** What it knows of what waits. */
  get room(): WaitingRoom {
    return this.#options.room;
  }

  /** Another centre on the same database may hold and judge, too. Under the write lock it is certain. */
  refresh(): void {
    const { store, room } = this.#options;
    const version = store.outsideVersion();
    if (version === this.#outsideVersion) return;
    this.#outsideVersion = version;
    room.replace(store.waitingPushes());
    if (!room.isEmpty) this.noteHeld();
  }

  /** Something waits from now on. */
  noteHeld(): void {
    const { monotonic, pauses = PAUSES } = this.#options;
    this.#oldestSince ??= monotonic();
    if (this.#running) return;
    this.#wakeIn(Math.max(0, Math.min(pauses.idle, this.#oldestSince + pauses.longest - monotonic())));
  }

  /**
   * Resolves when all that waits of a hall now has been judged.
   * @throws StoreBusyError when that cannot be done now
   */
  settled(hall: string): Promise<void> {
    const last = this.#options.room.ofHall(hall).at(-1);
    if (!last) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ hall, until: last.arrival, resolve, reject });
      this.#wake();
    });
  }

  /** Judges all that waits; what cannot be judged now is tried again. */
  async judgeAll(): Promise<void> {
    await Promise.allSettled(this.#options.room.halls.map((hall) => this.settled(hall)));
  }

  /** What waits then stays where it is, durable, and is judged at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #wakeIn(ms: number): void {
    if (this.#isStopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), ms);
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#isStopped || this.#options.room.isEmpty) return;
      this.noteHeld();
    });
  }

  /** Until nothing waits of what came before this. */
  async #run(): Promise<void> {
    const { room, monotonic } = this.#options;
    const until = room.lastArrival;
    this.#oldestSince = null;
    let isBusy = false;
    while (!this.#isStopped && !isBusy) {
      const next = this.#next(until);
      if (next.length === 0) {
        this.#answer(null);
        return;
      }
      isBusy = !(await this.#judge(next));
      this.#answer(isBusy ? new StoreBusyError('what waits cannot be judged now') : null);
    }
    if (isBusy) {
      this.#failingSince ??= monotonic();
      this.#tellStuck();
      this.#oldestSince = monotonic();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** Of the hall that somebody waits for, else of the one of which the oldest is; in the order in which they came. */
  #next(until: number): readonly WaitingPush[] {
    const { room } = this.#options;
    const [waiter] = this.#waiters;
    if (waiter) return room.ofHall(waiter.hall).slice(0, TOGETHER);
    let oldest: readonly WaitingPush[] = [];
    for (const hall of room.halls) {
      const pushes = room.ofHall(hall);
      if ((pushes[0]?.arrival ?? Number.MAX_SAFE_INTEGER) < (oldest[0]?.arrival ?? until + 1)) oldest = pushes;
    }
    return oldest.slice(0, TOGETHER);
  }

  /** @returns false when it has to be tried again */
  async #judge(pushes: readonly WaitingPush[]): Promise<boolean> {
    const { room, publish } = this.#options;
    const results = await Promise.allSettled(pushes.map((push) => this.#judgeOne(push)));
    const devices = new Set(pushes.map(({ device }) => device));
    // One who asks while more of his waits would have to ask again.
    const done = [...devices].filter((device) => !room.hasDevice(device));
    if (done.length > 0) publish(done.map((device) => ({ scope: `device:${device}`, head: 0 })));
    const isDone = results.every(({ status }) => status === 'fulfilled');
    if (isDone && this.#failingSince !== null) {
      this.#failingSince = null;
      this.#tellStuck();
    }
    return isDone;
  }

  #tellStuck(): void {
    const { room, monotonic, onStuck } = this.#options;
    const isFailing = this.#failingSince !== null && monotonic() - this.#failingSince >= STUCK_AFTER_MS;
    onStuck?.(isFailing || room.stranded > 0);
  }

  /** @throws when it has to be tried again */
  async #judgeOne(waited: WaitingPush): Promise<void> {
    const { store, room, judge, logger } = this.#options;
    const { device, epoch, first, last, hall, terminal, signed } = waited;
    const where = { device, epoch, first, last };
    try {
      const text = store.waitingText(waited);
      if (text === null) return void room.remove(waited);
      const { ops } = pushRequest.parse(JSON.parse(text));
      const author = { device, hall, centre: false, ...(terminal !== null && { terminal }) };
      const verdict = await judge(waited, { author, epoch, ops, ...(signed && { signed }) });
      if (verdict.kind === 'taken') return;
      const reason = verdict.kind === 'gap' ? 'gap' : verdict.reason;
      logger.error({ ...where, reason }, 'a push that was held does not fit any more');
    } catch (error) {
      if (error instanceof StoreBusyError || error instanceof OverloadedError) throw error;
      logger.error(
        { ...where, error: error instanceof Error ? error.name : 'unknown' },
        'judging what was held failed',
      );
    }
    // It holds nobody up: its author is asked for these ops again, and the row stays for a person and the next start.
    room.strand(waited);
    this.#tellStuck();
  }

  /** Tells those for whom nothing waits any more; with an error all of them. */
  #answer(error: Error | null): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) {
      const first = this.#options.room.ofHall(waiter.hall)[0];
      if (!first || first.arrival > waiter.until) waiter.resolve();
      else if (error) waiter.reject(error);
      else this.#waiters.push(waiter);
    }
  }
}
