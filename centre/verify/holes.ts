import type { Op } from '../../domain/ledger/op.ts';
import type { DatabaseAddress } from '../store/postgres/address.ts';
import { openPostgresToRead } from '../store/postgres/open.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { openToRead } from '../store/sqlite/open.ts';

/** Numbers that nobody has, though a higher one of the same block was given. Not an error: they are never given later. */
export interface Hole {
  hall: string;
  /** Local day, ISO. */
  day: string;
  /** `A012`, or `A012–A014`. */
  numbers: string;
  /** Whose block it is: a terminal, or the hub. */
  holder: string;
}

type Given = Op<'ticket.taken'>['body'];
type Block = Op<'lease.granted'>['body'];

/**
 * Holes in the numbers of a centre or hub, block by block. A number counts as given by its op, whatever became of the op:
 * it may be on paper.
 * @throws KeyFileError, StoreOpenError
 */
export function findHoles(dataDir: string, database?: DatabaseAddress): Hole[] {
  const db = database ? openPostgresToRead(database).db : openToRead(dataDir);
  try {
    return holesIn(db);
  } finally {
    db.close();
  }
}

function holesIn(db: SqlDatabase): Hole[] {
  const given = new Map<string, Set<number>>();
  const blocks: { hall: string; body: Block }[] = [];
  const rows = db
    .prepare("SELECT hall, kind, envelope FROM op WHERE kind IN ('ticket.taken', 'lease.granted') ORDER BY id")
    .iterate() as IterableIterator<{ hall: string; kind: string; envelope: string }>;
  for (const { hall, kind, envelope } of rows) {
    const { body } = JSON.parse(envelope) as { body: Given | Block };
    if (kind === 'lease.granted') {
      blocks.push({ hall, body: body as Block });
      continue;
    }
    const { day, prefix, number } = body as Given;
    const key = `${hall}/${day}/${prefix}`;
    given.set(key, (given.get(key) ?? new Set()).add(Number(number.slice(prefix.length))));
  }
  return blocks.flatMap(({ hall, body: { day, prefix, first, last, holder } }) => {
    const numbers = [...(given.get(`${hall}/${day}/${prefix}`) ?? [])].filter((each) => each >= first && each <= last);
    return missing(first, numbers).map(([from, to]): Hole => {
      const name = (number: number) => `${prefix}${String(number).padStart(3, '0')}`;
      return { hall, day, numbers: from === to ? name(from) : `${name(from)}–${name(to)}`, holder };
    });
  });
}

/** @returns the gaps below the highest, each with its first and last number */
function missing(first: number, numbers: readonly number[]): [number, number][] {
  const gaps: [number, number][] = [];
  let expected = first;
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (number > expected) gaps.push([expected, number - 1]);
    expected = number + 1;
  }
  return gaps;
}
