import type Database from 'better-sqlite3';
import { type BlankBalance, balanceOf, netOf, type SpoiledPrint } from '../domain/blanks/balance.ts';
import { findBlankProblem } from '../domain/blanks/findBlankProblem.ts';
import { isEven } from '../domain/blanks/reduceCount.ts';
import type { BlankForm } from '../domain/blanks/serial.ts';
import type {
  BlankMovement,
  BlankRefusal,
  BlankState,
  CountRecord,
  PackRecord,
  PrintedThrough,
} from '../domain/blanks/types.ts';
import type { BlankUse } from '../domain/blanks/uses.ts';
import { caseIdOf } from './blankProjection.ts';

export interface BlankRow {
  serial: string;
  form: BlankForm;
  state: BlankState;
  window: string | null;
  since: string;
  caseId: string | null;
  /** 受理编号 of that case, when it is kept here. */
  caseNumber: string | null;
  certificate: string | null;
}

/** A movement as the book has it. */
export interface BookLine extends BlankMovement {
  through: PrintedThrough | null;
  form: BlankForm;
  last: string;
}

export interface DrawerBalance extends BlankBalance {
  window: string;
  form: BlankForm;
  count: CountRecord | null;
}

type Spoiled = NonNullable<BlankUse['spoiled']>;

const WINDOW = /^[A-Z]\d{2}$/;

/** Reads of blank certificates. */
export class Blanks {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** In order of their serials, at most `limit`. */
  list(filter: { window?: string | undefined; state?: BlankState | undefined }, limit: number): BlankRow[] {
    const rows = this.#db
      .prepare(`SELECT * FROM (${SELECT_BLANK})
        WHERE (@window IS NULL OR drawer = @window) AND (@state IS NULL OR state = @state) ORDER BY serial LIMIT @limit`)
      .all({ window: filter.window ?? null, state: filter.state ?? null, limit }) as SelectedBlank[];
    return rows.map(toRow);
  }

  find(serial: string): BlankRow | null {
    const row = this.#db.prepare(`${SELECT_BLANK} WHERE blank.serial = ?`).get(serial) as SelectedBlank | undefined;
    return row ? toRow(row) : null;
  }

  /** The lines of the book about one blank, oldest first. */
  linesOf(serial: string): BookLine[] {
    return this.#lines('pack = (SELECT pack FROM blank WHERE serial = @serial) AND @serial BETWEEN first AND last', {
      serial,
    });
  }

  /** The lines of one day, oldest first. */
  linesOn(day: string): BookLine[] {
    return this.#lines('day = @day', { day });
  }

  /** How the case that used it spoiled it; null when it did not, or is not kept here. */
  spoiledBy(serial: string): (Spoiled & { caseId: string }) | null {
    const row = this.#db
      .prepare('SELECT case_id, spoiled FROM blank_use WHERE serial = ? AND spoiled IS NOT NULL')
      .get(serial) as { case_id: Uint8Array; spoiled: string } | undefined;
    return row ? { ...(JSON.parse(row.spoiled) as Spoiled), caseId: caseIdOf(row.case_id) ?? '' } : null;
  }

  /** Whether a blank may go under the printer of a window, as far as is known here: four answers (domain.md §4.11). */
  problemOf(serial: string, wanted: { window: string; form: BlankForm }): BlankRefusal | null {
    const text = this.#db
      .prepare('SELECT record FROM blank_pack JOIN blank ON blank.pack = blank_pack.id WHERE blank.serial = ?')
      .pluck()
      .get(serial) as string | undefined;
    return findBlankProblem(text === undefined ? null : (JSON.parse(text) as PackRecord), serial, wanted);
  }

  /** The first `count` clean blanks of a drawer, in the order in which they are to be used. */
  inDrawer(window: string, form: BlankForm, count: number): string[] {
    return this.#db
      .prepare('SELECT serial FROM blank WHERE place = ? AND form = ? ORDER BY serial LIMIT ?')
      .pluck()
      .all(window, form, count) as string[];
  }

  /** Blanks that cases spoiled on that day, in order of their serials. `window`: the one whose drawer it came from. */
  spoiledOnPrinter(day: string): (Spoiled & { serial: string; form: BlankForm; window: string })[] {
    const rows = this.#db
      .prepare(`
        SELECT use.serial, blank.form, coalesce(blank.drawer, '') AS window, use.spoiled
        FROM blank_use use JOIN blank USING (serial) WHERE use.spoiled_on = ? ORDER BY use.serial`)
      .all(day) as { serial: string; form: BlankForm; window: string; spoiled: string }[];
    return rows.map(({ spoiled, ...row }) => ({ ...row, ...(JSON.parse(spoiled) as Spoiled) }));
  }

  /** The blank that lies on top of the drawer, and how many there are. */
  next(window: string, form: BlankForm): { serial: string | null; remaining: number } {
    return this.#db
      .prepare('SELECT min(serial) AS serial, count(*) AS remaining FROM blank WHERE place = ? AND form = ?')
      .get(window, form) as { serial: string | null; remaining: number };
  }

  /**
   * The last day before `today` on which this drawer was used, when it is not settled: printing waits until it is
   * counted, or until what does not fit is signed.
   */
  openDay(window: string, form: BlankForm, today: string): { day: string; awaits: 'count' | 'signature' } | null {
    const day = this.#db
      .prepare(`
        SELECT day FROM blank_movement INDEXED BY blank_movement_day
        WHERE day < ? AND from_place = ? AND form = ? AND kind IN ('blanks.bound', 'blanks.spoiled')
        ORDER BY day DESC LIMIT 1`)
      .pluck()
      .get(today, window, form) as string | undefined;
    if (day === undefined) return null;
    const drawer = this.balances(day, window).find((each) => each.form === form);
    if (!drawer?.count || drawer.count.closed.expected !== drawer.closing) return { day, awaits: 'count' };
    const isSettled = drawer.count.signed !== null || isEven(drawer.count.closed);
    return isSettled ? null : { day, awaits: 'signature' };
  }

  inStore(): { form: BlankForm; count: number }[] {
    return this.#stock()
      .filter(({ place }) => place === 'STORE')
      .map(({ form, count }) => ({ form, count }));
  }

  /** Every drawer that has blanks or had any movement that day. */
  balances(day: string, only?: string): DrawerBalance[] {
    const stock = this.#stock();
    const since = this.#lines('day >= @day', { day });
    const prints = this.#spoiledPrints(day);
    const drawers = new Map<string, { window: string; form: BlankForm }>();
    for (const [window, form] of [
      ...stock.map(({ place, form }) => [place, form] as const),
      ...since.flatMap(({ from, to, form }) => [[from, form] as const, [to, form] as const]),
      ...prints.map(({ window, form }) => [window, form] as const),
    ]) {
      if (WINDOW.test(window) && (only === undefined || only === window)) {
        drawers.set(`${window}/${form}`, { window, form });
      }
    }
    return [...drawers.values()]
      .sort((a, b) => a.window.localeCompare(b.window) || a.form.localeCompare(b.form))
      .map(({ window, form }) => {
        const now = stock.find((each) => each.place === window && each.form === form)?.count ?? 0;
        const net = since.filter((line) => line.form === form).reduce((sum, line) => sum + netOf(line, window), 0);
        const spoiled = prints.filter((each) => each.window === window && each.form === form);
        const lines = since.filter((line) => line.form === form);
        const balance = balanceOf(window, day, now - net, lines, spoiled);
        return { window, form, ...balance, count: this.#countOf(window, form, day) };
      });
  }

  /** Day-end counts that do not fit and that no supervisor has signed, oldest first. */
  countsToSign(): CountRecord[] {
    const rows = this.#db.prepare('SELECT record FROM blank_count WHERE open = 1 ORDER BY day, drawer').pluck().all();
    return (rows as string[]).map((text) => JSON.parse(text) as CountRecord);
  }

  #countOf(window: string, form: BlankForm, day: string): CountRecord | null {
    const text = this.#db
      .prepare('SELECT record FROM blank_count WHERE day = ? AND drawer = ? AND form = ?')
      .pluck()
      .get(day, window, form) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as CountRecord);
  }

  #stock(): { place: string; form: BlankForm; count: number }[] {
    return this.#db.prepare('SELECT place, form, count(*) AS count FROM blank GROUP BY place, form').all() as {
      place: string;
      form: BlankForm;
      count: number;
    }[];
  }

  #spoiledPrints(day: string): (SpoiledPrint & { window: string; form: BlankForm })[] {
    return this.#db
      .prepare(`
        SELECT use.serial, use.spoiled_on AS spoiledOn, bound.day AS boundOn, bound.from_place AS window, bound.form
        FROM blank_use use JOIN blank USING (serial)
        JOIN blank_movement bound
          ON bound.pack = blank.pack AND bound.kind = 'blanks.bound' AND bound.first = use.serial
        WHERE use.spoiled_on = ?`)
      .all(day) as (SpoiledPrint & { window: string; form: BlankForm })[];
  }

  #lines(where: string, values: Record<string, string>): BookLine[] {
    return this.#db
      .prepare(`
        SELECT kind, form, first, last, count, from_place AS "from", to_place AS "to", at, moved_by AS "by", witness,
          reason, note, case_id AS caseId, certificate, through
        FROM blank_movement WHERE ${where} ORDER BY ord`)
      .all(values) as BookLine[];
  }
}

const SELECT_BLANK = `
  SELECT blank.serial, blank.form, blank.drawer, blank.since, blank.case_id, blank.certificate,
    CASE WHEN blank.state = 'BOUND' THEN coalesce(use.state, 'USED') ELSE blank.state END AS state,
    case_file.number AS case_number
  FROM blank
  LEFT JOIN blank_use use ON use.serial = blank.serial AND use.case_id = blank.case_id
  LEFT JOIN case_file ON case_file.id = blank.case_id`;

interface SelectedBlank {
  serial: string;
  form: BlankForm;
  state: BlankState;
  drawer: string | null;
  since: string;
  case_id: Uint8Array | null;
  case_number: string | null;
  certificate: string | null;
}

function toRow({ drawer, case_id, case_number, ...row }: SelectedBlank): BlankRow {
  return { ...row, window: drawer, caseId: caseIdOf(case_id), caseNumber: case_number };
}
