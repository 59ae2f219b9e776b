/** Settings of the session, read after they were set. */
export interface ServerSettings {
  serverVersion: number;
  synchronousCommit: string;
  fsync: string;
  fullPageWrites: string;
  serverEncoding: string;
  inRecovery: boolean;
}

/** The oldest PostgreSQL that is tried with the program. */
const OLDEST_VERSION = 130_000;

/** Strong enough: the commit is on the disk of this server before it is answered. */
const DURABLE = ['on', 'remote_apply'];

/**
 * @returns why nothing may be written there, in words for an operator; null when all is well. A server that only follows
 * another one is no reason to end: it may be promoted.
 */
export function whyUnfit(settings: ServerSettings): string | null {
  if (settings.serverVersion < OLDEST_VERSION)
    return `PostgreSQL 13 or newer is needed, this is ${settings.serverVersion}`;
  if (!DURABLE.includes(settings.synchronousCommit)) {
    return `synchronous_commit is ${settings.synchronousCommit} instead of on: a power cut would lose what was acknowledged`;
  }
  if (settings.serverEncoding !== 'UTF8')
    return `the database has the encoding ${settings.serverEncoding} instead of UTF8`;
  return null;
}

/** What makes a crash of the server's machine dangerous. */
export function warningsAbout({ fsync, fullPageWrites }: ServerSettings): string[] {
  return [
    ...(fsync === 'on' ? [] : ['fsync is off: a power cut at the server can lose or destroy everything']),
    ...(fullPageWrites === 'on' ? [] : ['full_page_writes is off: a power cut at the server can destroy pages']),
  ];
}
