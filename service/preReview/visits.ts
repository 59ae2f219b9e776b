import { YichuangError } from '../../contract/errors.ts';
import type { PreReviewResult } from '../../contract/rpc/preReview.ts';
import type { Item, MaterialCondition, ProjectKind } from '../../domain/catalogue/types.ts';
import type { MaterialAnswer } from '../../domain/preReview/types.ts';
import type { Person } from './person.ts';

/** What was chosen and answered. Nothing of it is stored before it is finished: who walks away leaves nothing. */
export interface Chosen {
  item: Item;
  catalogueVersion: string;
  projectKind: ProjectKind | undefined;
  conditions: MaterialCondition[];
  elder: boolean;
  answers: MaterialAnswer[];
  /** A pre-review of today that is gone on with (T05); null: a new one. */
  resumed: string | null;
}

export interface Visit {
  notice: string;
  person: Person;
  chosen: Chosen | null;
  /** Being finished, or finished: asked again it answers the same. */
  result: Promise<PreReviewResult> | null;
}

/** Longer than any page thinks: it asks after 45 s and wipes after 20 more. This is for pages that are gone. */
const FORGOTTEN_MS = 5 * 60_000;

/** Who stands at which page now. In memory only, and wiped when the visit ends (domain.md §7.2, residual information). */
export class Visits {
  readonly #visits = new Map<string, { visit: Visit; timer: NodeJS.Timeout }>();
  /** How many visits of a connection were ended: a card read for one of them is nobody's. */
  readonly #turns = new Map<string, number>();

  turn(connection: string): number {
    return this.#turns.get(connection) ?? 0;
  }

  /** @param turn from before the card was waited for. @throws YichuangError `visit-over` when the visit was ended meanwhile */
  begin(connection: string, turn: number, visit: Omit<Visit, 'chosen' | 'result'>): void {
    if (turn !== this.turn(connection)) throw new YichuangError('visit-over');
    this.#drop(connection);
    this.#put(connection, { ...visit, chosen: null, result: null });
  }

  /** @throws YichuangError `visit-over` */
  get(connection: string): Visit {
    const held = this.#visits.get(connection);
    if (!held) throw new YichuangError('visit-over');
    this.#drop(connection);
    this.#put(connection, held.visit);
    return held.visit;
  }

  /** @throws YichuangError `visit-over` when nobody is there or nothing was chosen */
  chosen(connection: string): Visit & { chosen: Chosen } {
    const visit = this.get(connection);
    if (!visit.chosen) throw new YichuangError('visit-over');
    return visit as Visit & { chosen: Chosen };
  }

  end(connection: string): void {
    this.#turns.set(connection, this.turn(connection) + 1);
    this.#drop(connection);
  }

  /** The page is gone. */
  forget(connection: string): void {
    this.#drop(connection);
    this.#turns.delete(connection);
  }

  stop(): void {
    for (const connection of [...this.#visits.keys()]) this.#drop(connection);
  }

  #put(connection: string, visit: Visit): void {
    const timer = setTimeout(() => this.end(connection), FORGOTTEN_MS);
    timer.unref();
    this.#visits.set(connection, { visit, timer });
  }

  #drop(connection: string): void {
    clearTimeout(this.#visits.get(connection)?.timer);
    this.#visits.delete(connection);
  }
}
