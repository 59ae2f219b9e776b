import type { ChainHead } from '../store/types.ts';
import type { WaitingName, WaitingPush } from '../store/waitingTypes.ts';

/** Ops of one hall that may wait: whoever needs the hall meanwhile waits for all of them, a second or two. */
const MAX_OF_HALL = 16_384;
/** Of all halls; at some 1 KiB each, on the disk. */
const MAX_ALL = 131_072;

/** What waits of one hall, in the order in which it came. */
interface HallLane {
  pushes: WaitingPush[];
  ops: number;
}

/**
 * What waits to be judged: all that is known of it but the text. It follows the table after each COMMIT, so that it never
 * says more than is durable.
 */
export class WaitingRoom {
  readonly #halls = new Map<string, HallLane>();
  /** Names of those that cannot be judged. They stay in the table, and hold up nobody. */
  readonly #stranded = new Set<string>();
  /** Where the chains end that wait, each device by its epochs. */
  readonly #tails = new Map<string, Map<number, ChainHead & { pushes: number }>>();
  #ops = 0;
  #lastArrival = 0;

  constructor(stored: readonly WaitingPush[] = []) {
    for (const push of stored) this.add(push);
  }

  /** As the table has it now: another centre on the same database may have added or judged some. */
  replace(stored: readonly WaitingPush[]): void {
    this.#halls.clear();
    this.#tails.clear();
    this.#ops = 0;
    for (const push of stored) if (!this.#stranded.has(nameOf(push))) this.add(push);
  }

  get ops(): number {
    return this.#ops;
  }

  get isEmpty(): boolean {
    return this.#ops === 0;
  }

  /** How many cannot be judged. */
  get stranded(): number {
    return this.#stranded.size;
  }

  /** When the oldest came, ms since 1970; null: nothing waits. */
  get oldestAt(): number | null {
    const firsts = [...this.#halls.values()].flatMap(({ pushes: [first] }) => (first ? [first.receivedAt] : []));
    return firsts.length === 0 ? null : Math.min(...firsts);
  }

  /** The highest of all that ever came. */
  get lastArrival(): number {
    return this.#lastArrival;
  }

  get halls(): string[] {
    return [...this.#halls.keys()];
  }

  /** What waits of a hall, the oldest first. */
  ofHall(hall: string): readonly WaitingPush[] {
    return this.#halls.get(hall)?.pushes ?? [];
  }

  /** Whether so many ops more may wait. */
  admits(hall: string, ops: number): boolean {
    return this.#ops + ops <= MAX_ALL && (this.#halls.get(hall)?.ops ?? 0) + ops <= MAX_OF_HALL;
  }

  hasDevice(device: string): boolean {
    return this.#tails.has(device);
  }

  /** Where a chain ends with what waits of it; null: nothing of it waits. */
  tailOf(device: string, epoch: number): ChainHead | null {
    return this.#tails.get(device)?.get(epoch) ?? null;
  }

  /** The newest epoch of which something waits; 0: none. */
  newestEpoch(device: string): number {
    return Math.max(0, ...(this.#tails.get(device)?.keys() ?? []));
  }

  add(push: WaitingPush): void {
    const { device, epoch, last, hash, hall } = push;
    const lane = this.#halls.get(hall) ?? { pushes: [], ops: 0 };
    lane.pushes.push(push);
    lane.ops += opsIn(push);
    this.#halls.set(hall, lane);
    const epochs = this.#tails.get(device) ?? new Map<number, ChainHead & { pushes: number }>();
    epochs.set(epoch, { seq: last, hash, pushes: (epochs.get(epoch)?.pushes ?? 0) + 1 });
    this.#tails.set(device, epochs);
    this.#ops += opsIn(push);
    this.#lastArrival = Math.max(this.#lastArrival, push.arrival);
  }

  /** Nobody can tell when it will be judged, if ever. */
  strand(push: WaitingPush): void {
    this.#stranded.add(nameOf(push));
    this.remove(push);
  }

  /** It has been judged. */
  remove(push: WaitingPush): void {
    const lane = this.#halls.get(push.hall);
    const at = lane?.pushes.findIndex((each) => nameOf(each) === nameOf(push)) ?? -1;
    if (!lane || at < 0) return;
    lane.pushes.splice(at, 1);
    lane.ops -= opsIn(push);
    if (lane.pushes.length === 0) this.#halls.delete(push.hall);
    const epochs = this.#tails.get(push.device);
    const tail = epochs?.get(push.epoch);
    if (tail) tail.pushes -= 1;
    if (tail?.pushes === 0) epochs?.delete(push.epoch);
    if (epochs?.size === 0) this.#tails.delete(push.device);
    this.#ops -= opsIn(push);
  }
}

function nameOf({ device, epoch, last }: WaitingName): string {
  return `${device}/${epoch}/${last}`;
}

export function opsIn({ first, last }: Pick<WaitingPush, 'first' | 'last'>): number {
  return last - first + 1;
}
