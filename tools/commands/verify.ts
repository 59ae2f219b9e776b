import { existsSync } from 'node:fs';
import path from 'node:path';
import { findHoles } from '../../centre/verify/holes.ts';
import { verifyImages } from '../../centre/verify/images.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { type ScanFinding, scanData } from '../../db/scan/scanData.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { type CentreDataOptions, dataOf } from './centreData.ts';
import { openDataKey } from './dataKey.ts';
import { printLine } from './output.ts';

/** @throws Error when there is no database, or its key is not to be had outside the window's program */
export async function verifyFolder(dataDir: string): Promise<ScanFinding[]> {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) throw new Error(`no ${DATABASE_FILE} in ${dataDir}`);
  return scanData({ dir: dataDir, keyHex: await openDataKey(dataDir), what: 'everything' });
}

type VerifyOptions = Omit<CentreDataOptions, 'data'> & { data?: string; centre?: string };

/** `yichuang verify`, of a terminal or of a centre: exit 0 when clean, 1 with a line for each finding. Holes are no findings. */
export async function verify({ data, centre, ...where }: VerifyOptions): Promise<void> {
  if (data === undefined && centre === undefined) throw new Error('name a folder: --data for a terminal, --centre');
  const database = centre === undefined ? undefined : dataOf({ ...where, data: centre }).database;
  const findings = [
    ...(data === undefined ? [] : await verifyFolder(data)),
    ...(centre === undefined ? [] : [...verifyCentre(centre, database), ...(await verifyImages(centre))]),
  ];
  const holes = centre === undefined ? [] : findHoles(centre, database);
  for (const finding of findings) printLine(finding);
  for (const hole of holes) printLine({ hole });
  printLine({
    verified: findings.length === 0,
    findings: findings.length,
    ...(holes.length > 0 && { holes: holes.length }),
  });
  if (findings.length > 0) process.exitCode = 1;
}
