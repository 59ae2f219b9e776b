import { dayOf, netOf } from '../../domain/blanks/balance.ts';
import { custodyAt, indexOf } from '../../domain/blanks/reducePack.ts';
import { splitSerial } from '../../domain/blanks/serial.ts';
import type { BlankMovement, PackRecord } from '../../domain/blanks/types.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { Entity } from '../../domain/ledger/reduce.ts';
import { isCountedSheet } from '../../domain/printJob/moves.ts';
import type { Drawer, DrawerDay, KnownBlanks, PackRange } from '../store/blankTypes.ts';
import type { Decision, HeldEntity } from '../store/types.ts';

type FindEntity = (stream: string) => HeldEntity | null;

const WINDOW = /^[A-Z]\d{2}$/;

/** Packs, drawers and counts as they will be once the group is committed; the part of the working ledger about blanks. */
export class BlankBook implements KnownBlanks {
  readonly #known: KnownBlanks;
  readonly #findEntity: FindEntity;
  readonly #packs: PackRange[] = [];
  readonly #days: DrawerDay[] = [];
  readonly #counts: Decision['blanks']['counts'] = [];

  constructor(known: KnownBlanks, findEntity: FindEntity) {
    this.#known = known;
    this.#findEntity = findEntity;
  }

  findPackBelow(prefix: string, number: number): PackRange | null {
    const known = this.#known.findPackBelow(prefix, number);
    return this.#packs
      .filter((pack) => pack.prefix === prefix && pack.first <= number)
      .reduce((best, pack) => (best === null || pack.first > best.first ? pack : best), known);
  }

  closingOf(drawer: Drawer, day: string): number {
    return (
      sum(
        this.#of(drawer, (each) => each <= day),
        'net',
      ) + this.#known.closingOf(drawer, day)
    );
  }

  papersOf(drawer: Drawer, day: string): number {
    return (
      sum(
        this.#of(drawer, (each) => each === day),
        'papers',
      ) + this.#known.papersOf(drawer, day)
    );
  }

  sheetsOf(drawer: Drawer, day: string): { bound: number; sheets: number } {
    const own = this.#of(drawer, (each) => each === day);
    const known = this.#known.sheetsOf(drawer, day);
    return { bound: known.bound + sum(own, 'bound'), sheets: known.sheets + sum(own, 'sheets') };
  }

  lastUsedDay(drawer: Drawer, day: string): string | null {
    const known = this.#known.lastUsedDay(drawer, day);
    return this.#of(drawer, (each) => each < day)
      .filter(({ used }) => used > 0)
      .reduce((last, each) => (last === null || each.day > last ? each.day : last), known);
  }

  findCount(drawer: Drawer, day: string): string | null {
    const own = this.#counts.findLast((each) => each.day === day && isSame(each, drawer));
    return own?.stream ?? this.#known.findCount(drawer, day);
  }

  /** @returns the pack of a serial, when it is of this hall */
  findPack(hall: string, serial: string): { stream: string; record: PackRecord } | null {
    const { prefix, number } = splitSerial(serial);
    const range = this.findPackBelow(prefix, number);
    if (!range || range.last < number) return null;
    const held = this.#findEntity(range.stream);
    return held?.hall === hall && held.entity.type === 'blanks'
      ? { stream: range.stream, record: held.entity.record }
      : null;
  }

  /** Takes note of a stream's new state. @param readBefore the state it had; seldom asked for */
  note(stream: string, readBefore: () => Entity | null, { entity, hall }: HeldEntity): void {
    if (entity.type === 'blanks') {
      const { version, prefix, first, count, form, last } = entity.record;
      if (version === 1) this.#packs.push({ stream, prefix, first, last: first + count - 1 });
      for (const window of [last.from, last.to]) {
        if (WINDOW.test(window)) this.#days.push({ hall, window, form, ...effectOf(last, window) });
      }
    }
    if (entity.type === 'count') {
      const { window, form, day } = entity.record.closed;
      this.#counts.push({ hall, window, form, day, stream });
    }
    if (entity.type === 'print' && isCountedSheet(entity.record.state)) {
      const before = readBefore();
      const wasCounted = before?.type === 'print' && isCountedSheet(before.record.state);
      const { terminal: window, form, preparedAt } = entity.record;
      if (!wasCounted) this.#days.push({ ...NO_EFFECT, hall, window, form, day: dayOf({ at: preparedAt }), sheets: 1 });
    }
    if (entity.type === 'case' && entity.record.certificates.some((each) => each.spoiled.length > 0)) {
      const before = readBefore();
      this.#noteSpoiled(before?.type === 'case' ? before.record : null, entity.record, hall);
    }
  }

  changes(): Decision['blanks'] {
    return { packs: this.#packs, days: this.#days, counts: this.#counts };
  }

  /** A print that its case spoiled (T30, T32) is a paper more to be counted, where it was printed. */
  #noteSpoiled(before: CaseRecord | null, { certificates }: CaseRecord, hall: string): void {
    for (const [index, { spoiled }] of certificates.entries()) {
      const known = before?.certificates[index]?.spoiled.length ?? 0;
      for (const { blank, at } of spoiled.slice(known)) {
        const pack = this.findPack(hall, blank)?.record;
        const place = pack ? indexOf(pack, blank) : null;
        const window = pack && place !== null ? custodyAt(pack, place).window : null;
        if (!pack || window === null) continue;
        this.#days.push({ ...NO_EFFECT, hall, window, form: pack.form, day: dayOf({ at }), papers: 1 });
      }
    }
  }

  #of(drawer: Drawer, fits: (day: string) => boolean): DrawerDay[] {
    return this.#days.filter((each) => fits(each.day) && isSame(each, drawer));
  }
}

const NO_EFFECT = { net: 0, used: 0, papers: 0, bound: 0, sheets: 0 };

function effectOf(movement: BlankMovement, window: string): Omit<DrawerDay, keyof Drawer> {
  const net = netOf(movement, window);
  const isUsed = movement.kind === 'blanks.bound' || movement.kind === 'blanks.spoiled';
  const isPaper = movement.kind === 'blanks.spoiled' || movement.kind === 'blanks.restored';
  return {
    ...NO_EFFECT,
    day: dayOf(movement),
    net,
    used: isUsed ? movement.count : 0,
    papers: isPaper ? -net : 0,
    bound: movement.through === 'printer' ? movement.count : 0,
  };
}

function isSame(a: Drawer, b: Drawer): boolean {
  return a.hall === b.hall && a.window === b.window && a.form === b.form;
}

function sum(days: readonly DrawerDay[], column: 'net' | 'papers' | 'bound' | 'sheets'): number {
  return days.reduce((total, each) => total + each[column], 0);
}
