import path from 'node:path';
import { v7 } from 'uuid';
import { salvage } from '../../db/salvage/salvage.ts';
import { BACKUP_FOLDER } from '../../db/store.ts';
import { openDataKey } from './dataKey.ts';
import { sayLost } from './lostRecords.ts';
import { printLine } from './output.ts';

/**
 * `yichuang salvage`: builds sound data from what is left. Prints one line of JSON; says on stderr, in words, what nothing
 * has any more. Exit 0 also when something is lost: what could be done is done.
 */
export async function salvageFolder(options: {
  data: string;
  backups?: string;
  journal?: string;
  force?: boolean;
}): Promise<void> {
  const { data, backups = path.join(data, BACKUP_FOLDER), journal: journalDir, force } = options;
  const keyHex = await openDataKey(data);
  const result = await salvage({ dir: data, keyHex, backups, journalDir, force, now: Date.now, newId: v7 });
  printLine({ salvaged: true, ...result });
  const { backup, fromDatabase, fromJournal, epoch, quarantine } = result;
  console.error(
    `已恢复：${backup ? `备份 ${backup}` : '没有可用的备份'}，损坏的数据库中读出 ${fromDatabase} 条，流水中读出 ${fromJournal} 条。`,
  );
  console.error(`损坏的文件原样保存在 ${quarantine}，请勿删除。新的纪元：${epoch}。`);
  sayLost(result);
}
