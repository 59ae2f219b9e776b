import type Database from 'better-sqlite3';
import { acceptanceIn } from '../domain/case/types.ts';
import { certificateQuery } from './certificateKey.ts';
import { hasPhrase, pairQuery, type TextQuery, textQuery } from './searchText.ts';
import type { TextIndex } from './textIndex.ts';

/** Hits are counted, and ordered, up to here: whoever gets more has to type more, and nobody is to wait for a count. */
export const MAX_HITS = 1000;

/** Numbers begin with digits, or like a 印制号 or a foreigner's card with up to three letters. */
const NUMBER = /^[A-Z]{0,3}\d{4}[\dA-Z]*$/;

/** Reading one costs 0.03 ms; beyond so many the phrase alone is as quick. */
const MAX_LOOKED_AT = 50;

export interface Hits {
  /** `case_file.ref`, newest first, at most as many as were asked for. */
  refs: number[];
  /** Exact up to `MAX_HITS`; then it says `MAX_HITS`. */
  total: number;
}

/**
 * Which cases a text means. By 受理编号, identity number, unit number, running number of a certificate or 印制号 from its
 * beginning; by a certificate's whole number; by any part of name or address.
 */
export class CaseSearch {
  readonly #textIndex: TextIndex;
  readonly #newest: Database.Statement<[number], number>;
  readonly #count: Database.Statement<[], number>;
  readonly #byKey: Database.Statement<{ from: string; to: string }, number>;
  readonly #byCertificate: Database.Statement<{ from: string; to: string; part: string }, number>;
  readonly #byText: Database.Statement<[string, number], number>;
  readonly #isText: Database.Statement<[string, number]>;
  readonly #body: Database.Statement<[number], string>;

  constructor(db: Database.Database, textIndex: TextIndex) {
    this.#textIndex = textIndex;
    this.#newest = db.prepare<[number], number>('SELECT ref FROM case_file ORDER BY ref DESC LIMIT ?').pluck();
    // Cases are removed in their order or nearly so: the numbers between are the count, or a little above it.
    this.#count = db.prepare<[], number>('SELECT coalesce(max(ref) - min(ref) + 1, 0) FROM case_file').pluck();
    this.#byKey = db
      .prepare<{ from: string; to: string }, number>(`
        SELECT ref FROM (
          SELECT ref FROM case_file WHERE number >= @from AND number < @to ORDER BY number DESC LIMIT ${MAX_HITS})
        UNION
        SELECT case_ref FROM (
          SELECT case_ref FROM case_key WHERE key >= @from AND key < @to LIMIT ${MAX_HITS})
        ORDER BY 1 DESC LIMIT ${MAX_HITS}`)
      .pluck();
    this.#byCertificate = db
      .prepare<{ from: string; to: string; part: string }, number>(`
        SELECT DISTINCT case_ref FROM case_key WHERE key >= @from AND key < @to AND instr(key, @part) > 0
        ORDER BY 1 DESC LIMIT ${MAX_HITS}`)
      .pluck();
    this.#byText = db
      .prepare<[string, number], number>(
        'SELECT rowid FROM case_text WHERE case_text MATCH ? ORDER BY rowid DESC LIMIT ?',
      )
      .pluck();
    this.#body = db
      .prepare<[number], string>('SELECT body FROM case_file JOIN op ON op.ord = op_ord WHERE ref = ?')
      .pluck();
    // Numbers are bound as REAL, and FTS5 passes over a rowid that is not an INTEGER: every row would do.
    this.#isText = db.prepare('SELECT 1 FROM case_text WHERE case_text MATCH ? AND rowid = CAST(? AS INTEGER)');
  }

  find(text: string, limit: number): Hits {
    const query = text.trim();
    if (query === '') return { refs: this.#newest.all(limit), total: this.#count.get() ?? 0 };
    const refs = this.#all(query);
    return { refs: refs.slice(0, limit), total: refs.length };
  }

  #all(query: string): number[] {
    const key = query.replace(/\s+/g, '').toUpperCase();
    if (NUMBER.test(key)) return this.#byKey.all({ from: key, to: `${key}\u{10ffff}` });
    const certificate = certificateQuery(query);
    if (certificate) {
      const { start, part } = certificate;
      return this.#byCertificate.all({ from: start, to: `${start}\u{10ffff}`, part });
    }
    const words = textQuery(query);
    if (words === null) return [];
    this.#textIndex.catchUp();
    const pairs = pairQuery(query);
    if (pairs !== null) return this.#byText.all(pairs, MAX_HITS);
    return this.#byNumbers(query, words) ?? this.#byText.all(words.phrase, MAX_HITS);
  }

  /**
   * A whole address: its numbers are rare and its characters are everywhere, and a phrase walks the lists of all of them.
   * So the few cases with these numbers are found first and looked at one by one.
   * @returns null when that is no short cut
   */
  #byNumbers(query: string, { phrase, numbers }: TextQuery): number[] | null {
    if (numbers === null) return null;
    const refs = this.#byText.all(numbers, MAX_LOOKED_AT + 1);
    if (refs.length > MAX_LOOKED_AT) return null;
    return refs.filter((ref) => {
      const { parties, property } = acceptanceIn(JSON.parse(this.#body.get(ref) ?? '{}'));
      const found = [property.location, ...parties.map((party) => party.name)].map((text) => hasPhrase(text, query));
      if (found.includes(true)) return true;
      return found.includes(null) && this.#isText.get(phrase, ref) !== undefined;
    });
  }
}
