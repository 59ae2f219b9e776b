import { existsSync } from 'node:fs';
import path from 'node:path';
import { BlobStore } from '../../blob/store.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import type { Finding } from '../../contract/finding.ts';
import { openDatabase } from '../../db/open.ts';
import { Scans } from '../../db/scans.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { type BlobFinding, verifyBlobs } from '../../db/verifyBlobs.ts';
import { type CentreDataOptions, dataOf } from './centreData.ts';
import { openDataKey } from './dataKey.ts';
import { printLine } from './output.ts';

/** @throws Error when there is no database, or its key is not to be had outside the window's program */
export async function verifyFolder(dataDir: string): Promise<(Finding | BlobFinding)[]> {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) throw new Error(`no ${DATABASE_FILE} in ${dataDir}`);
  const hex = await openDataKey(dataDir);
  const db = openDatabase({ file, keyHex: hex, readonly: true });
  try {
    const findings = verifyDatabase(db);
    const blobs = new BlobStore({ dir: dataDir, keyHex: hex });
    return [...findings, ...(await verifyBlobs(new Scans(db, blobs).ownImages(), blobs))];
  } finally {
    db.close();
  }
}

type VerifyOptions = Omit<CentreDataOptions, 'data'> & { data?: string; centre?: string };

/** `yichuang verify`, of a terminal or of a centre: exit 0 when clean, 1 with a line for each finding. */
export async function verify({ data, centre, ...where }: VerifyOptions): Promise<void> {
  if (data === undefined && centre === undefined) throw new Error('name a folder: --data for a terminal, --centre');
  const findings = [
    ...(data === undefined ? [] : await verifyFolder(data)),
    ...(centre === undefined ? [] : verifyCentre(centre, dataOf({ ...where, data: centre }).database)),
  ];
  for (const finding of findings) printLine(finding);
  printLine({ verified: findings.length === 0, findings: findings.length });
  if (findings.length > 0) process.exitCode = 1;
}
