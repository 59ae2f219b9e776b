import type { Decision, HeldEntity, KnownLedger } from '../store/types.ts';

type KnownEntities = Pick<
  KnownLedger,
  'findEntity' | 'hallOf' | 'findCaseByNumber' | 'findPaymentsOfCase' | 'findLinkedCases'
>;

/** Projected streams as they will be once the group is committed; the part of the working ledger about what ops came to. */
export class EntityBook implements KnownEntities {
  readonly #known: KnownEntities;
  readonly #entities = new Map<string, HeldEntity>();
  /** What the store has said, `null` included: under the write lock it says the same again. */
  readonly #stored = new Map<string, HeldEntity | null>();
  readonly #caseNumbers = new Map<string, string>();

  constructor(known: KnownEntities) {
    this.#known = known;
  }

  findEntity(stream: string): HeldEntity | null {
    const fresh = this.#entities.get(stream);
    if (fresh) return fresh;
    let stored = this.#stored.get(stream);
    if (stored === undefined) {
      stored = this.#known.findEntity(stream);
      this.#stored.set(stream, stored);
    }
    return stored;
  }

  hallOf(stream: string): string | null {
    const held = this.#entities.get(stream) ?? this.#stored.get(stream);
    return held === undefined ? this.#known.hallOf(stream) : (held?.hall ?? null);
  }

  findCaseByNumber(number: string): string | null {
    return this.#caseNumbers.get(number) ?? this.#known.findCaseByNumber(number);
  }

  findPaymentsOfCase(caseId: string): string[] {
    const fresh = this.#streamsOf(({ type, record }) => type === 'payment' && record.caseId === caseId);
    return [...new Set([...this.#known.findPaymentsOfCase(caseId), ...fresh])];
  }

  findLinkedCases(loanId: string): string[] {
    const fresh = this.#streamsOf(({ type, record }) => type === 'case' && record.acceptance.link?.caseId === loanId);
    return [...new Set([...this.#known.findLinkedCases(loanId), ...fresh])];
  }

  /** Takes note of a stream's new state. */
  note(stream: string, held: HeldEntity): void {
    this.#entities.set(stream, held);
    if (held.entity.type === 'case') this.#caseNumbers.set(held.entity.record.acceptance.number, stream);
  }

  /** Streams that this group has changed so far. */
  streams(): string[] {
    return [...this.#entities.keys()];
  }

  changes(): Decision['entities'] {
    return [...this.#entities].map(([stream, held]) => ({ stream, held }));
  }

  #streamsOf(fits: (entity: HeldEntity['entity']) => boolean): string[] {
    return [...this.#entities].flatMap(([stream, { entity }]) => (fits(entity) ? [stream] : []));
  }
}
