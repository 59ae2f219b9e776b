import { existsSync } from 'node:fs';
import path from 'node:path';
import { HEALTH } from '../../contract/health.ts';
import type { HostReport } from '../../contract/machines.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import { RESERVE_FILE } from '../../disk/spaceWatch.ts';
import type { OwnAlarms } from '../alarms.ts';
import { measureFiles } from '../metrics/expose.ts';

export interface HostOptions {
  kind: HostReport['kind'];
  /** Of a hub. */
  name: string | null;
  device: () => string;
  version: string | null;
  dataDir: string;
  /** Its database is a server's. */
  isOnServer: boolean;
  alarms: Pick<OwnAlarms, 'list'>;
  /** The disk was full, and the reserve is not back yet. */
  isDiskFull: () => boolean;
  backupAt: () => number | null;
}

/** What a hub or centre says of itself at this moment. */
export function reportHost(options: HostOptions): HostReport {
  const { kind, name, device, version, dataDir, isOnServer, alarms, isDiskFull, backupAt } = options;
  const { database, wal, diskFree } = measureFiles(dataDir);
  const isHeld = existsSync(path.join(dataDir, RESERVE_FILE));
  const backedUpAt = backupAt();
  return {
    ...{ kind, name, device: device(), program: version, protocol: PROTOCOL_VERSIONS[0] },
    disk: {
      free: diskFree,
      database: isOnServer ? null : database,
      wal: isOnServer ? null : wal,
      reserve: isHeld ? 'held' : isDiskFull() ? 'given-up' : 'none',
    },
    backupAt: backedUpAt === null ? null : new Date(backedUpAt).toISOString(),
    alarms: alarms.list().map(({ code, since }) => ({
      ...{ code, level: HEALTH[code].level },
      since: new Date(since).toISOString(),
    })),
  };
}
