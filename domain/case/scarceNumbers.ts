import type { CertificateRecord } from './progress.ts';

export interface UsedTwice {
  what: 'blank' | 'certificate';
  /** Where the number stands for the first time, and where again; the number itself is not repeated. */
  first: string;
  again: string;
}

/**
 * Looks over certificates for a number or a blank that stands twice. A blank is one sheet of paper, used once for ever
 * (domain.md §4.11): on one certificate, or spoiled, and never both. A certificate number belongs to one right.
 */
export class ScarceNumbers {
  readonly #blanks = new Map<string, string>();
  readonly #certificates = new Map<string, string>();
  readonly #usedTwice: UsedTwice[] = [];

  /** @param position of the case, for a finding */
  add(position: string, certificates: readonly Pick<CertificateRecord, 'number' | 'blank' | 'spoiled'>[]): void {
    for (const { number, blank, spoiled } of certificates) {
      this.#note('certificate', this.#certificates, number, position);
      for (const each of [blank, ...spoiled.map((paper) => paper.blank)]) {
        if (each !== null) this.#note('blank', this.#blanks, each, position);
      }
    }
  }

  get usedTwice(): readonly UsedTwice[] {
    return this.#usedTwice;
  }

  #note(what: UsedTwice['what'], known: Map<string, string>, number: string, position: string): void {
    const first = known.get(number);
    if (first === undefined) known.set(number, position);
    else this.#usedTwice.push({ what, first, again: position });
  }
}
