import type { KnownBlanks, PackRange } from '../blankTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { Decision } from '../types.ts';
import { SQL } from './sql.ts';

type DrawerAndDay = [hall: string, place: string, form: string, day: string];

/** Lookups of packs, drawers and counts; only inside a write transaction. */
export function prepareBlankLookups(db: SqlDatabase): KnownBlanks {
  const findPack = db.prepare<[string, number], PackRange>(SQL.findBlankPack);
  const closing = db.prepare<DrawerAndDay, { net: number }>(SQL.blankClosing);
  const papers = db.prepare<DrawerAndDay, { papers: number }>(SQL.blankPapers);
  const sheets = db.prepare<DrawerAndDay, { bound: number; sheets: number }>(SQL.blankSheets);
  const lastUsed = db.prepare<DrawerAndDay, { day: string | null }>(SQL.blankLastUsed);
  const findCount = db.prepare<DrawerAndDay, { stream: string }>(SQL.findBlankCount);
  return {
    findPackBelow: (prefix, number) => findPack.get(prefix, number) ?? null,
    closingOf: ({ hall, window, form }, day) => closing.get(hall, window, form, day)?.net ?? 0,
    papersOf: ({ hall, window, form }, day) => papers.get(hall, window, form, day)?.papers ?? 0,
    sheetsOf: ({ hall, window, form }, day) => sheets.get(hall, window, form, day) ?? { bound: 0, sheets: 0 },
    lastUsedDay: ({ hall, window, form }, day) => lastUsed.get(hall, window, form, day)?.day ?? null,
    findCount: ({ hall, window, form }, day) => findCount.get(hall, window, form, day)?.stream ?? null,
  };
}

/**
 * At a hub a pack takes the place of those it overlaps: its centre has lost them when it was put back, and received the
 * same delivery once more. A centre itself never takes a serial twice.
 */
export function prepareBlankWrite(db: SqlDatabase): (changes: Decision['blanks'], isRelay: boolean) => void {
  const removePacks = db.prepare(SQL.removeBlankPacks);
  const addPack = db.prepare(SQL.addBlankPack);
  const addDay = db.prepare(SQL.addBlankDay);
  const setCount = db.prepare(SQL.setBlankCount);
  return ({ packs, days, counts }, isRelay) => {
    for (const { prefix, first, last, stream } of packs) {
      if (isRelay) removePacks.run(prefix, last, first);
      addPack.run(prefix, first, last, stream);
    }
    for (const { hall, window, form, day, net, used, papers, bound, sheets } of days) {
      addDay.run(hall, window, form, day, net, used, papers, bound, sheets);
    }
    for (const { hall, window, form, day, stream } of counts) setCount.run(hall, window, form, day, stream);
  };
}
