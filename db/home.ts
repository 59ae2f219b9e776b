import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Ledger } from './ledger.ts';
import { readMeta, removeMeta, writeMeta } from './meta.ts';
import { beginEpochAfterLoss } from './newEpoch.ts';

/**
 * Finds data that were put in place of others, or that another machine works with too: a copy of a file is another file. So
 * a machine that hears nobody does not repeat its numbers either. A whole disk that was copied, or a snapshot of a virtual
 * machine, is the same file all the same, and shows at the first contact only.
 */
export function noteHome(store: { db: Database.Database; ledger: Ledger }, file: string, now: () => number): void {
  const { db, ledger } = store;
  const here = placeOf(file);
  const home = readMeta(db, 'home');
  if (home !== null && isSame(home, here)) return;
  ledger.transact(() => {
    writeMeta(db, 'home', here);
    if (home !== null) beginEpochAfterLoss(store, { reason: 'older-copy', above: 0, now: now() });
  });
}

/** The next place is theirs. */
export function forgetHome(db: Database.Database): void {
  removeMeta(db, 'home');
}

/** Number of the file, and when it was born; not the disk's, which changes with what else is plugged in. */
function placeOf(file: string): string {
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true });
  // Where no birth is known, the last change stands for it.
  return `${ino}/${birthtimeNs === 0n || birthtimeNs === ctimeNs ? UNKNOWN : birthtimeNs}`;
}

const UNKNOWN = '-';

function isSame(home: string, here: string): boolean {
  const [ino, born] = home.split('/');
  const [inoHere, bornHere] = here.split('/');
  return ino === inoHere && (born === bornHere || born === UNKNOWN || bornHere === UNKNOWN);
}
