import type Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { readMeta } from './meta.ts';

/**
 * Holds the journal of the printer against the sheets it took and against the stock book. Serials are no personal data
 * and are named: somebody has to look at the paper.
 */
export function checkPrints(db: Database.Database): Finding[] {
  return [...findUntaken(db), ...findWithoutJob(db), ...findUnbound(db)];
}

/** This machine fed a sheet and did not take it. */
function findUntaken(db: Database.Database): Finding[] {
  const device = readMeta(db, 'device');
  const rows = db
    .prepare(`
      SELECT print_job.blank FROM print_job LEFT JOIN fed_sheet ON fed_sheet.blank = print_job.blank
      WHERE print_job.fed = 1 AND print_job.device = ? AND fed_sheet.job IS NOT print_job.id`)
    .all(device === null ? null : uuidToBlob(device)) as { blank: string }[];
  return rows.map(({ blank }) => ({ code: 'sheet-not-taken', detail: blank }));
}

/** A sheet was taken for a job that is not there, or that never fed it. */
function findWithoutJob(db: Database.Database): Finding[] {
  const rows = db
    .prepare(`
      SELECT fed_sheet.blank, fed_sheet.job FROM fed_sheet LEFT JOIN print_job ON print_job.id = fed_sheet.job
      WHERE print_job.fed IS NOT 1
        AND fed_sheet.job NOT IN (SELECT stream_id FROM pruned_stream)`)
    .all() as { blank: string; job: Uint8Array }[];
  return rows.map(({ blank, job }) => ({ code: 'sheet-without-job', detail: `${blank}: ${blobToUuid(job)}` }));
}

/** A sheet was fed that the stock book has not given to this case. */
function findUnbound(db: Database.Database): Finding[] {
  const rows = db
    .prepare(`
      SELECT print_job.blank FROM print_job LEFT JOIN blank ON blank.serial = print_job.blank
      WHERE print_job.fed = 1 AND blank.case_id IS NOT print_job.case_id`)
    .all() as { blank: string }[];
  return rows.map(({ blank }) => ({
    code: 'blank-not-in-custody',
    detail: `${blank}: printed, not given to this case`,
  }));
}
