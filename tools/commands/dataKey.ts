import { existsSync } from 'node:fs';
import { readRecord } from '../../electron/main/keyRecord.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';

/**
 * The key of a terminal's data for a command that works beside the program. It makes none: under a new one every backup
 * would seem broken.
 * @throws Error when the key is not to be had outside the window's program
 */
export async function openDataKey(dataDir: string): Promise<string> {
  const provisionedFile = provisionedKeyFile(process.env, process.platform);
  if (!existsSync(dataDir)) throw new Error(`there is no folder ${dataDir}`);
  if (readRecord(dataDir) === null && !existsSync(provisionedFile))
    throw new Error(`no key.json in ${dataDir}, and no provisioned key: the data cannot be opened without it`);
  const { hex } = await openKey({
    dataDir,
    provisionedFile,
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: () => {},
  });
  return hex;
}
