import { existsSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { backUpCentre } from '../../centre/backup/backup.ts';
import { restoreCentre } from '../../centre/backup/restore.ts';
import { BACKUP_PREFIX, backUp } from '../../db/backup/backup.ts';
import { inspectCopy } from '../../db/backup/copyDatabase.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../db/store.ts';
import { newestSound } from '../../disk/backupFolder.ts';
import { openDataKey } from './dataKey.ts';
import { sayLost } from './lostRecords.ts';
import { printLine } from './output.ts';

/** `yichuang backup`: one backup now, also while the program runs. Prints its manifest. */
export async function backup({ data, centre, to }: { data?: string; centre?: string; to?: string }): Promise<void> {
  const dir = oneOf(data, centre);
  const folder = to ?? path.join(dir, BACKUP_FOLDER);
  if (centre !== undefined) return printLine(await backUpCentre({ dataDir: centre, to: folder, now: Date.now() }));
  if (!existsSync(path.join(dir, DATABASE_FILE))) throw new Error(`no ${DATABASE_FILE} in ${dir}`);
  printLine(await backUp({ dir, keyHex: await openDataKey(dir), to: folder, now: Date.now() }));
}

interface RestoreOptions {
  data?: string;
  centre?: string;
  from?: string;
  backups?: string;
  journal?: string;
}

/**
 * `yichuang restore`: puts a backup in place, with the program closed, and what the op journal of a terminal holds beyond it.
 * Prints what was restored, the new epoch and where the data that lay there are now; says on stderr what is missing.
 */
export async function restore({ data, centre, from, backups, journal }: RestoreOptions): Promise<void> {
  const dir = oneOf(data, centre);
  const folder = backups ?? path.join(dir, BACKUP_FOLDER);
  if (centre === undefined) return restoreTerminal(dir, folder, from, journal);
  if (journal !== undefined) throw new Error('--journal: only terminals have one');
  const { manifest, epoch, quarantine } = await restoreCentre({
    ...{ dataDir: centre, from, backups: folder, now: Date.now() },
  });
  printLine({ restored: manifest.file, at: manifest.at, ops: manifest.ops, epoch, quarantine });
  console.error('备份之后由窗口和大厅主机送来的记录，将由它们重新送来；中心自己写下的（人员、收款、后台办理）请核对。');
}

async function restoreTerminal(
  dir: string,
  folder: string,
  named: string | undefined,
  journalDir: string | undefined,
): Promise<void> {
  const keyHex = await openDataKey(dir);
  const from = named ?? (await newestIn(folder, keyHex));
  const { manifest, ...others } = await restoreBackup({ dir, keyHex, from, journalDir, now: Date.now, newId: v7 });
  const { epoch, quarantine, fromJournal, foreign, lost, endKnown } = others;
  const { file, at, ops } = manifest;
  printLine({ restored: file, at, ops, epoch, quarantine, fromJournal, foreign, lost, endKnown });
  console.error(
    journalDir === undefined
      ? '没有指定第二份流水（--journal）。配置中有 durability.journalDir 的，先不要启动程序，加上 --journal 重新恢复。'
      : `第二份流水中读出备份之后的记录 ${fromJournal} 条${foreign > 0 ? `，另有 ${foreign} 条与备份对不上，未取用` : ''}。`,
  );
  sayLost({ lost, endKnown });
}

/** @throws Error when there is no sound one */
async function newestIn(folder: string, keyHex: string): Promise<string> {
  const newest = await newestSound(folder, BACKUP_PREFIX, (file) => inspectCopy(file, keyHex));
  if (!newest) throw new Error(`no sound backup in ${folder}: name one with --from`);
  return newest.file;
}

/** @throws Error unless one of them is named */
function oneOf(data: string | undefined, centre: string | undefined): string {
  const dir = data ?? centre;
  if (dir === undefined || (data !== undefined && centre !== undefined))
    throw new Error('name a folder: --data of a terminal, or --centre');
  return dir;
}
