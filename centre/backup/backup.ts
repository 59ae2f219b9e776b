import { type Manifest, makeBackup } from '../../disk/backupFolder.ts';
import { type CentreFacts, copyCentre } from './copy.ts';

export const CENTRE_BACKUP_PREFIX = 'centre';

export type CentreBackup = Manifest<CentreFacts>;

/**
 * Makes a copy of the data of a centre on SQLite, which may be serving: the database in one piece, encrypted like it and looked
 * over, and the images that are not there yet. The keys are not in it.
 * @throws StoreOpenError of a hub's data; KeyFileError, or Error naming what is wrong with the copy
 */
export function backUpCentre({
  dataDir,
  to,
  now,
}: {
  dataDir: string;
  to: string;
  now: number;
}): Promise<CentreBackup> {
  const place = { dir: dataDir, to, prefix: CENTRE_BACKUP_PREFIX, now };
  return makeBackup(place, async (unfinished) => copyCentre(dataDir, unfinished));
}
