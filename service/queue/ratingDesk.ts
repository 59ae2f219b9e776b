import { YichuangError } from '../../contract/errors.ts';
import type { EventPayload, MethodOutput } from '../../contract/rpc.ts';
import type { Store } from '../../db/store.ts';
import type { Grade, RatingGiven, RatingWay } from '../../domain/rating/types.ts';
import { GRADES } from '../../domain/rating/types.ts';

type Asked = EventPayload<'rating.asked'>;

/** What is rated: one service, by its clerk. */
export type RatedService = Pick<RatingGiven, 'caseId' | 'about' | 'clerk'> & { ticketId: string; number: string };

/** Voluntary; no answer in this time is 未评价, never a good mark (domain.md §6.9). */
const OFFER_MS = 60_000;
/** How often an open offer is looked at: timers of the process and `monotonic` need not run alike. */
const LOOK_EVERY_MS = 250;
const KEPT_AS = 'rating-offer';

interface Offer extends RatedService {
  id: string;
  /** ISO. */
  until: string;
}

export interface RatingDeskOptions {
  store: Store;
  terminal: string;
  now: () => number;
  /** Milliseconds of a clock that nobody sets: by it the minute passes. */
  monotonic: () => number;
  newId: () => string;
  onAsked: (asked: Asked) => void;
  /** Whatever came of it. */
  onOver: (over: EventPayload<'rating.over'>) => void;
  onCommitted: (streams: string[]) => void;
  /** Where a phone may rate this service; null while the hub does not say, or where nobody could read the code. */
  askLink: (offered: RatedService & { id: string }) => Promise<string | null>;
}

/**
 * Offers a rating after each service and takes one answer. Nobody at the window is told which: the op names no rater and
 * is written by nobody's hand. An offer outlives the program; one whose time ran out meanwhile was not answered.
 */
export class RatingDesk {
  readonly #options: RatingDeskOptions;
  #offer: Offer | null;
  /** When the offer ends, by `monotonic`. */
  #endsAt = 0;
  #timer: NodeJS.Timeout | null = null;
  /** For phones, of the offer that is open. */
  #link: string | null = null;

  constructor(options: RatingDeskOptions) {
    this.#options = options;
    this.#offer = options.store.local.loadDraft(KEPT_AS) as Offer | null;
    if (this.#offer) this.#endIn(Date.parse(this.#offer.until) - options.now());
  }

  get asked(): Asked | null {
    return this.#offer && askedOf(this.#offer);
  }

  /** What may be answered now, for the page in front of the citizen. */
  get open(): MethodOutput<'citizen.state'>['rating'] {
    const remainingMs = Math.ceil(this.#remainingMs);
    if (!this.#offer || remainingMs <= 0) return null;
    const { id, number } = this.#offer;
    return { id, number, remainingMs, link: this.#link };
  }

  /** The service has ended. Whoever was asked before and has not answered did not rate. */
  offer(service: RatedService): void {
    this.#end(null, null);
    const { store, newId, now, onAsked } = this.#options;
    const offer: Offer = { ...service, id: newId(), until: new Date(now() + OFFER_MS).toISOString() };
    store.local.saveDraft(KEPT_AS, { ...offer }, new Date(now()).toISOString());
    this.#offer = offer;
    this.#endIn(OFFER_MS);
    onAsked(askedOf(offer));
    this.#fetchLink();
  }

  /** The hub answers again, or another one does: a code of the one before leads nowhere. */
  noteHub(): void {
    this.#link = null;
    this.#fetchLink();
  }

  /** These streams changed: whoever answered with a phone is not asked here any more, and their answer stands already. */
  noteChanged(streams: readonly string[]): void {
    const { store, now, onOver } = this.#options;
    const offer = this.#offer;
    if (!offer || !streams.includes(`rating:${offer.id}`)) return;
    store.local.saveDraft(KEPT_AS, null, new Date(now()).toISOString());
    this.#forget();
    onOver({ id: offer.id });
  }

  /** @throws YichuangError `rating-over` when this offer is not open: it is never opened again */
  give(id: string, way: RatingWay, grade: Grade): void {
    if (this.#offer?.id !== id || this.#remainingMs <= 0) throw new YichuangError('rating-over');
    this.#end(grade, way);
  }

  /** A press at the box in front of the window; late and further ones count for nothing. */
  pressed(level: number): void {
    const grade = GRADES.find((each) => each === level);
    if (this.#offer && this.#remainingMs > 0 && grade !== undefined) this.#end(grade, 'box');
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  get #remainingMs(): number {
    return this.#endsAt - this.#options.monotonic();
  }

  #endIn(ms: number): void {
    this.#endsAt = this.#options.monotonic() + Math.min(OFFER_MS, Math.max(0, ms));
    this.#look();
  }

  #look(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const look = () => (this.#remainingMs > 0 ? this.#look() : this.#end(null, null));
    this.#timer = setTimeout(look, Math.max(0, Math.min(LOOK_EVERY_MS, this.#remainingMs)));
    this.#timer.unref();
  }

  #end(grade: Grade | null, way: RatingWay | null): void {
    const offer = this.#offer;
    if (!offer) return;
    const { store, terminal, now, onCommitted, onOver } = this.#options;
    const at = new Date(now()).toISOString();
    const { id, ticketId, caseId, about, clerk } = offer;
    const stream = `rating:${id}`;
    store.ledger.transact(() => {
      const body: RatingGiven = { ticketId, caseId, about, clerk, terminal, grade, way, at };
      store.ledger.append({ kind: 'rating.given', stream, actor: 'system', body });
      store.local.saveDraft(KEPT_AS, null, at);
    });
    this.#forget();
    onCommitted([stream]);
    onOver({ id });
  }

  #forget(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#offer = null;
    this.#link = null;
  }

  /** Without the hub there is no code: the box and the page in front of the citizen go on alone. */
  #fetchLink(): void {
    const { askLink, onAsked } = this.#options;
    const offer = this.#offer;
    if (!offer) return;
    void askLink(offer).then(
      (link) => {
        if (link === null || this.#offer?.id !== offer.id) return;
        this.#link = link;
        onAsked(askedOf(offer));
      },
      () => {},
    );
  }
}

function askedOf({ id, ticketId, number, until }: Offer): Asked {
  return { id, ticketId, number, until };
}
