import type { CentreData } from '../../centre/store/openStore.ts';
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
