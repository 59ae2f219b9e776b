import type { Decision, KnownLedger, NewOp, ParkedOp, ParkedOrder } from '../store/types.ts';

type KnownParked = Pick<KnownLedger, 'isParked' | 'publishedParked' | 'parkedIn'>;

interface Surroundings {
  /** The ops this group has taken so far. */
  newOps: readonly NewOp[];
  /** 0 where there is nothing yet. */
  versionOf(stream: string): number;
}

/** Which streams wait to be understood, as it will be once the group is committed; the part of the working ledger about order. */
export class ParkedBook implements KnownParked, ParkedOrder {
  readonly #known: KnownParked;
  readonly #surroundings: Surroundings;
  readonly #parked = new Map<string, boolean>();
  readonly #arrivedBefore = new Set<string>();
  readonly #settled: Decision['settled'] = [];
  #published: ReadonlySet<number> | null = null;

  constructor(known: KnownParked, surroundings: Surroundings) {
    this.#known = known;
    this.#surroundings = surroundings;
  }

  isParked(stream: string): boolean {
    let isParked = this.#parked.get(stream);
    if (isParked === undefined) {
      isParked = this.#known.isParked(stream);
      this.#parked.set(stream, isParked);
    }
    return isParked;
  }

  publishedParked(): ReadonlySet<number> {
    this.#published ??= this.#known.publishedParked();
    return this.#published;
  }

  /** Without those that this group has taken itself: they have no log position yet. */
  parkedIn(stream: string): readonly ParkedOp[] {
    const settled = new Map(this.#settled.map((each) => [each.logPosition, each]));
    return this.#known.parkedIn(stream).flatMap((parked): ParkedOp[] => {
      const here = settled.get(parked.logPosition);
      if (here && here.outcome !== 'parked') return [];
      return [here ? { ...parked, isPublished: parked.isPublished || here.places.length > 0 } : parked];
    });
  }

  /**
   * Whether an op waits behind those of its stream that nobody understands here. What is the next step here, and was made on
   * an earlier version than all of them, comes before them, whenever it arrives: often they wait for nothing else.
   */
  isBehindParked({ stream, base_ver }: Pick<NewOp['op'], 'stream' | 'base_ver'>): boolean {
    if (!this.isParked(stream)) return false;
    const { newOps, versionOf } = this.#surroundings;
    if (base_ver !== versionOf(stream)) return true;
    const isFresh = newOps.some(({ op, outcome }) => outcome === 'parked' && op.stream === stream);
    return isFresh || this.parkedIn(stream).some(({ op }) => op.base_ver <= base_ver);
  }

  /** Streams in which an op took effect that those which are parked there had been waiting for. */
  arrivedBefore(): string[] {
    return [...this.#arrivedBefore];
  }

  /** From here on, the stream counts as having no parked op (or one). */
  mark(stream: string, isParked: boolean): void {
    this.#parked.set(stream, isParked);
  }

  /** What became of the next op of a stream. */
  note(stream: string, outcome: NewOp['outcome']): void {
    if (outcome === 'parked') this.#parked.set(stream, true);
    else if (outcome === 'applied' && this.isParked(stream)) this.#arrivedBefore.add(stream);
  }

  /** What had waited in the log has this outcome, and these places, from now on. */
  settle(settled: Decision['settled'][number]): void {
    this.#settled.push(settled);
  }

  changes(): Decision['settled'] {
    return this.#settled;
  }
}
