import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CentreData, POSTGRES_MARK } from '../../centre/store/openStore.ts';
import { findDatabaseUrl, parseDatabaseUrl } from '../../centre/store/postgres/address.ts';

/** How a command is told where the data of a centre are. */
export interface CentreDataOptions {
  data: string;
  databaseUrl?: string;
  databaseUrlFile?: string;
  databaseInsecure?: boolean;
}

/** @throws DatabaseUrlError, which never repeats the URL */
export function dataOf(options: CentreDataOptions): CentreData {
  const url = findDatabaseUrl({ url: options.databaseUrl, file: options.databaseUrlFile });
  return {
    dataDir: options.data,
    database: url === undefined ? undefined : parseDatabaseUrl(url, options.databaseInsecure),
  };
}

/**
 * The same for a command beside the centre: in a mistyped folder it would make another centre, and give out a code or take in
 * staff that no terminal ever meets.
 * @throws Error when there is no centre, DatabaseUrlError
 */
export function existingDataOf(options: CentreDataOptions): CentreData {
  const found = dataOf(options);
  const isHere = ['centre.db', POSTGRES_MARK].some((name) => existsSync(path.join(options.data, name)));
  if (!found.database && !isHere)
    throw new Error(`no centre in ${options.data}: name the folder from which \`yichuang centre --data\` serves`);
  return found;
}
