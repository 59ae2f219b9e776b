import { existsSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { backUp, listBackups } from '../../db/backup/backup.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../db/store.ts';
import { openDataKey } from './dataKey.ts';
import { printLine } from './output.ts';

/** `yichuang backup`: one backup now, also while the program runs. Prints its manifest. */
export async function backup({ data, to }: { data: string; to?: string }): Promise<void> {
  if (!existsSync(path.join(data, DATABASE_FILE))) throw new Error(`no ${DATABASE_FILE} in ${data}`);
  const folder = to ?? path.join(data, BACKUP_FOLDER);
  printLine(await backUp({ dir: data, keyHex: await openDataKey(data), to: folder, now: Date.now() }));
}

/**
 * `yichuang restore`: puts a backup in place, with the program closed. Prints what was restored, the new epoch and where
 * the data that lay there are now.
 */
export async function restore({ data, from }: { data: string; from?: string }): Promise<void> {
  const file = from ?? (await newestIn(path.join(data, BACKUP_FOLDER)));
  const keyHex = await openDataKey(data);
  const { manifest, epoch, quarantine } = await restoreBackup({
    dir: data,
    keyHex,
    from: file,
    now: Date.now,
    newId: v7,
  });
  printLine({ restored: manifest.file, at: manifest.at, ops: manifest.ops, epoch, quarantine });
}

async function newestIn(folder: string): Promise<string> {
  const [newest] = await listBackups(folder);
  if (!newest) throw new Error(`no backup in ${folder}: name one with --from`);
  return path.join(folder, newest.file);
}
