import { existsSync } from 'node:fs';
import path from 'node:path';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { type ScanFinding, scanData } from '../../db/scan/scanData.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { openDataKey } from './dataKey.ts';
import { printLine } from './output.ts';

/** @throws Error when there is no database, or its key is not to be had outside the window's program */
export async function verifyFolder(dataDir: string): Promise<ScanFinding[]> {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) throw new Error(`no ${DATABASE_FILE} in ${dataDir}`);
  return scanData({ dir: dataDir, keyHex: await openDataKey(dataDir), what: 'everything' });
}

/** `yichuang verify`, of a terminal or of a centre: exit 0 when clean, 1 with a line for each finding. */
export async function verify({ data, centre }: { data?: string; centre?: string }): Promise<void> {
  if (data === undefined && centre === undefined) throw new Error('name a folder: --data for a terminal, --centre');
  const findings = [
    ...(data === undefined ? [] : await verifyFolder(data)),
    ...(centre === undefined ? [] : verifyCentre(centre)),
  ];
  for (const finding of findings) printLine(finding);
  printLine({ verified: findings.length === 0, findings: findings.length });
  if (findings.length > 0) process.exitCode = 1;
}
