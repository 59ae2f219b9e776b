import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';

/**
 * The key of a terminal's data for a command that works beside the program.
 * @throws Error when the key is not to be had outside the window's program
 */
export async function openDataKey(dataDir: string): Promise<string> {
  const { hex } = await openKey({
    dataDir,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: () => {},
  });
  return hex;
}
