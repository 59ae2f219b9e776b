import type Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import type { CountRecord } from '../domain/blanks/types.ts';

/**
 * Holds the packs, the book of movements, the counts and the cases against each other. Serials are no personal data and
 * are named: somebody has to look at the paper.
 */
export function checkBlanks(db: Database.Database): Finding[] {
  return [...findUsedTwice(db), ...findWithoutCustody(db), ...findUnbalanced(db), ...findWrongCounts(db)];
}

function findUsedTwice(db: Database.Database): Finding[] {
  const rows = db
    .prepare('SELECT serial, count(*) AS uses FROM blank_use GROUP BY serial HAVING count(*) > 1')
    .all() as { serial: string; uses: number }[];
  return rows.map(({ serial, uses }) => ({ code: 'blank-used-twice', detail: `${serial}: ${uses} times` }));
}

/** A case names a blank that its pack has not given to it. */
function findWithoutCustody(db: Database.Database): Finding[] {
  const rows = db
    .prepare(`
      SELECT blank_use.serial, blank.serial IS NULL AS unknown FROM blank_use LEFT JOIN blank USING (serial)
      WHERE blank.case_id IS NOT blank_use.case_id`)
    .all() as { serial: string; unknown: number }[];
  return rows.map(({ serial, unknown }) => ({
    code: 'blank-not-in-custody',
    detail: unknown ? `${serial}: in no pack` : `${serial}: not given to this case`,
  }));
}

/** What lies in a place by the packs is not what went in and out by the book. */
function findUnbalanced(db: Database.Database): Finding[] {
  const rows = db
    .prepare(`
      SELECT place, form, sum(booked) AS booked, sum(there) AS there FROM (
        SELECT to_place AS place, form, count AS booked, 0 AS there FROM blank_movement
        UNION ALL SELECT from_place, form, -count, 0 FROM blank_movement
        UNION ALL SELECT place, form, 0, 1 FROM blank)
      WHERE place <> 'PROVINCE' GROUP BY place, form HAVING sum(booked) <> sum(there)`)
    .all() as { place: string; form: string; booked: number; there: number }[];
  return rows.map(({ place, form, booked, there }) => ({
    code: 'blank-balance',
    detail: `${place} ${form}: ${booked} by the book, ${there} by the packs`,
  }));
}

/** A count was held against another number than the book gives for its day. */
function findWrongCounts(db: Database.Database): Finding[] {
  const bookedBefore = db
    .prepare<{ drawer: string; form: string; day: string; ord: number }>(`
      SELECT coalesce(sum(CASE WHEN to_place = @drawer THEN count ELSE -count END), 0) FROM blank_movement
      WHERE form = @form AND day <= @day AND ord < @ord AND (to_place = @drawer OR from_place = @drawer)`)
    .pluck();
  const rows = db.prepare('SELECT drawer, form, day, ord, record FROM blank_count').all() as {
    drawer: string;
    form: string;
    day: string;
    ord: number;
    record: string;
  }[];
  return rows.flatMap(({ record, ...drawer }): Finding[] => {
    const { expected } = (JSON.parse(record) as CountRecord).closed;
    const booked = Number(bookedBefore.get(drawer));
    if (booked === expected) return [];
    const detail = `${drawer.drawer} ${drawer.form} ${drawer.day}: counted against ${expected}, the book says ${booked}`;
    return [{ code: 'blank-balance', detail }];
  });
}
