import type Database from 'better-sqlite3';
import { opLog } from './migrations/0010-op-log.ts';
import { projections } from './migrations/0020-projections.ts';
import { localState } from './migrations/0030-local-state.ts';
import { caseLife } from './migrations/0040-case-life.ts';
import { scans } from './migrations/0050-scans.ts';
import { publications } from './migrations/0060-publications.ts';
import { payment } from './migrations/0070-payment.ts';
import { blanks } from './migrations/0080-blanks.ts';
import { retention } from './migrations/0090-retention.ts';
import { textPairs } from './migrations/0110-text-pairs.ts';
import { printJobs } from './migrations/0140-print-jobs.ts';
import { outages } from './migrations/0150-outages.ts';
import { paperSettings } from './migrations/0160-paper-settings.ts';
import { heldOps } from './migrations/0210-held-ops.ts';
import { hall } from './migrations/0220-hall.ts';
import { imagesSent } from './migrations/0240-images-sent.ts';
import { receipts } from './migrations/0310-receipts.ts';
import { scopeDigests } from './migrations/0320-scope-digests.ts';
import { returned } from './migrations/0340-returned.ts';
import { setAside } from './migrations/0350-set-aside.ts';
import { raisedAlarms } from './migrations/0360-raised-alarms.ts';
import { otherPrograms } from './migrations/0370-other-programs.ts';
import { refusedLoneRows } from './migrations/0390-refused-lone-rows.ts';
import { doubtedRows } from './migrations/0400-doubted-rows.ts';
import type { Migration } from './migrations/types.ts';
import { StoreError } from './open.ts';

export const MIGRATIONS: readonly Migration[] = [
  opLog,
  projections,
  localState,
  caseLife,
  scans,
  publications,
  payment,
  blanks,
  retention,
  textPairs,
  printJobs,
  outages,
  paperSettings,
  heldOps,
  hall,
  imagesSent,
  receipts,
  scopeDigests,
  returned,
  setAside,
  raisedAlarms,
  otherPrograms,
  refusedLoneRows,
  doubtedRows,
];

/**
 * Brings the schema up to `target`, one transaction for each step.
 * @throws StoreError `newer-schema` when the file was written by a newer program: it is left as it is
 */
export function migrate(db: Database.Database, target = Number.POSITIVE_INFINITY): void {
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  const present = Number(db.pragma('user_version', { simple: true }));
  if (present > newest) throw new StoreError('newer-schema', `file ${present}, program ${newest}`);
  for (const migration of MIGRATIONS) {
    if (migration.version <= present || migration.version > target) continue;
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version=${migration.version}`);
    })();
  }
}
