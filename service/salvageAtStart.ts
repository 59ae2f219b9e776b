import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { parseTerminalConfig } from '../contract/config.ts';
import { SALVAGE_REQUEST_FILE } from '../contract/salvageRequest.ts';
import type { ServiceStart } from '../contract/serviceProtocol.ts';
import { salvage } from '../db/salvage/salvage.ts';
import { BACKUP_FOLDER } from '../db/store.ts';
import { readDamage } from '../disk/quarantine.ts';
import type { Log } from './log.ts';

/**
 * Salvages before anything is opened, where somebody asked for it with a file. Data that were found damaged only: with a
 * sound database the file is taken away and nothing else happens.
 * @throws Error when nothing could be built; the request stays
 */
export async function salvageWhenAsked(
  { dataDir, key, configText }: Pick<ServiceStart, 'dataDir' | 'key' | 'configText'>,
  log: Log,
): Promise<void> {
  const request = path.join(dataDir, SALVAGE_REQUEST_FILE);
  if (!existsSync(request)) return;
  if (readDamage(dataDir) !== null) {
    const { backup, durability } = parseTerminalConfig(configText);
    const { quarantine: _folder, ...result } = await salvage({
      dir: dataDir,
      keyHex: key.hex,
      backups: backup.folder ?? path.join(dataDir, BACKUP_FOLDER),
      journalDir: durability.journalDir,
      now: Date.now,
      newId: v7,
    });
    log.warn(result, 'salvaged');
  }
  rmSync(request, { force: true });
}
