import { existsSync } from 'node:fs';
import path from 'node:path';
import { BlobStore } from '../../db/blobs.ts';
import { openDatabase } from '../../db/open.ts';
import { Scans } from '../../db/scans.ts';
import { DATABASE_FILE } from '../../db/store.ts';
import { type Finding, verifyDatabase } from '../../db/verify.ts';
import { type BlobFinding, verifyBlobs } from '../../db/verifyBlobs.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';
import { printLine } from './output.ts';

/** @throws Error when there is no database, or its key is not to be had outside the window's program */
export async function verifyFolder(dataDir: string): Promise<(Finding | BlobFinding)[]> {
  const file = path.join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) throw new Error(`no ${DATABASE_FILE} in ${dataDir}`);
  const { hex } = await openKey({
    dataDir,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: () => {},
  });
  const db = openDatabase({ file, keyHex: hex, readonly: true });
  try {
    const findings = verifyDatabase(db);
    const blobs = new BlobStore({ dir: dataDir, keyHex: hex });
    return [...findings, ...(await verifyBlobs(new Scans(db, blobs).ownImages(), blobs))];
  } finally {
    db.close();
  }
}

/** `yichuang verify`: exit 0 when clean, 1 with a line for each finding. */
export async function verify({ data }: { data: string }): Promise<void> {
  const findings = await verifyFolder(data);
  for (const finding of findings) printLine(finding);
  printLine({ verified: findings.length === 0, findings: findings.length });
  if (findings.length > 0) process.exitCode = 1;
}
