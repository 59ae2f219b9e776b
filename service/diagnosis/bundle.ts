import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import type { TerminalConfig } from '../../contract/config.ts';
import { listBackups } from '../../db/backup/backup.ts';
import { BACKUP_FOLDER } from '../../db/store.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import { listFolder } from './database.ts';
import { withhold, withholdConfig, withholdLogLine } from './withhold.ts';

export interface BundleRequest {
  version: string;
  now: number;
  dataDir: string;
  /** Where the program keeps its logs; null: nowhere that is known. */
  logsDir: string | null;
  /** Null where none is at hand. */
  config: TerminalConfig | null;
  /** What `examineDatabase` found, or why it could not. */
  database: object;
  /** Of a running terminal: alarms, line, devices, the doctor's last results. */
  running: object | null;
}

/** Of each log the newest lines. */
const LOG_LINES = 2_000;
const LOG_TAIL_BYTES = 1 << 20;

/** What somebody elsewhere needs to see what is wrong with a machine, and nothing of anybody. @returns a zip file */
export async function makeBundle(request: BundleRequest): Promise<Uint8Array> {
  const { version, now, dataDir, config, database, running } = request;
  const { bavail, blocks, bsize } = statfsSync(dataDir);
  const backups = await listBackups(config?.backup.folder ?? path.join(dataDir, BACKUP_FOLDER));
  const machine = {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch} ${os.release()}`,
    cpus: os.cpus().length,
    memoryBytes: { total: os.totalmem(), free: os.freemem() },
    uptimeSeconds: Math.round(os.uptime()),
    clock: {
      now: new Date(now).toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      hall: hallMinute(now),
    },
    diskBytes: { total: blocks * bsize, free: bavail * bsize },
  };
  const files: Record<string, string> = {
    'README.txt': README,
    'machine.json': json(machine),
    'database.json': json(database),
    'folder.json': json({
      data: listFolder(dataDir),
      backups: backups.map(({ at, bytes, ops }) => ({ at, bytes, ops })),
    }),
    ...(config && { 'config.json': `${JSON.stringify(withholdConfig(config), null, 2)}\n` }),
    ...(running && { 'running.json': json(running) }),
    ...readLogs(request.logsDir),
  };
  const encoded = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  return zipSync(Object.fromEntries(encoded), { level: 6 });
}

/** `yichuang-diagnose-W07-20261127-0315.zip`, in hall time. */
export function bundleName(terminal: string, now: number): string {
  return `yichuang-diagnose-${terminal}-${hallMinute(now).replaceAll(/[-:]/g, '').replace(' ', '-')}.zip`;
}

/** Written and flushed: a stick is pulled a moment later. */
export async function writeBundle(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function json(value: object): string {
  return `${JSON.stringify(withhold(value), null, 2)}\n`;
}

function readLogs(dir: string | null): Record<string, string> {
  if (dir === null || !existsSync(dir)) return {};
  const logs = readdirSync(dir).filter((name) => /^[a-z]+(\.\d)?\.log(\.\d)?$/.test(name));
  return Object.fromEntries(logs.map((name) => [`logs/${name}`, tailOf(path.join(dir, name))]));
}

function tailOf(file: string): string {
  const lines = readFileSync(file).subarray(-LOG_TAIL_BYTES).toString('utf8').split('\n').slice(-LOG_LINES);
  const shown = lines.map(withholdLogLine).filter((line) => line !== null);
  return `${shown.join('\n')}\n`;
}

const README = `What this file holds, and what not

machine.json   versions, memory, disk, clock
config.json    the configuration without secrets; texts that are not plain words are withheld
database.json  schema, settings, numbers of rows, of ops by kind, what was set aside, findings of a check, by kind
folder.json    names and sizes of files in the data folder; backups
running.json   alarms, sync line, devices, last results of the device doctor; only from a running terminal
logs/          the newest lines: fixed fields only, everything else withheld

No row of the database, no scanned page, no name, number, address or telephone of a person, no key.
`;
