import path from 'node:path';
import type { Logger } from 'pino';
import type { BackupSettings } from './backup/duty.ts';

export interface BackupOptions {
  /** Backs itself up into this folder: every so many minutes, and keeps so many days. */
  backupTo?: string | undefined;
  backupMinutes?: number | undefined;
  backupDays?: number | undefined;
}

/**
 * Says in the log what is not backed up, so that nobody learns of it when the disk is broken.
 * @throws Error of a hub, or when a number makes no sense
 */
export function readBackup(
  { backupTo, backupMinutes = 60, backupDays = 7 }: BackupOptions,
  { data, isRelay, isOnServer }: { data: string; isRelay: boolean; isOnServer: boolean },
  logger: Logger,
): BackupSettings | undefined {
  if (isRelay) {
    if (backupTo !== undefined) throw new Error('--backup-to: a hub is not backed up, its standby takes over');
    return undefined;
  }
  if (isOnServer)
    logger.info('the database is backed up by its own tools (pg_basebackup and its archive), not from here');
  if (backupTo === undefined) {
    logger.warn('no backup is made from here: name a folder on another disk with --backup-to');
    return undefined;
  }
  if (!isWithin(backupMinutes, 1, 24 * 60)) throw new Error('--backup-minutes: expected a number from 1 to 1440');
  if (!isWithin(backupDays, 1, 366)) throw new Error('--backup-days: expected a number from 1 to 366');
  const folder = path.resolve(backupTo);
  if (folder === path.resolve(data)) throw new Error('--backup-to: a folder of its own, best on another disk');
  return { folder, everyMinutes: backupMinutes, days: backupDays };
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
