import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { copyBlobs, newestSound, syncFile } from '../../disk/backupFolder.ts';
import { clearDamage, quarantine, readDamage } from '../../disk/quarantine.ts';
import { Witness } from '../../disk/witness.ts';
import type { Op } from '../../domain/ledger/op.ts';
import { BACKUP_PREFIX, type BackupManifest } from '../backup/backup.ts';
import { inspectCopy } from '../backup/copyDatabase.ts';
import { lockData } from '../dataLock.ts';
import { examineDatabase, parseHead } from '../examine.ts';
import { readOwnJournal } from '../journal/readJournal.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open.ts';
import { DATABASE_FILE, Store } from '../store.ts';
import { type BrokenContent, readBroken } from './readBroken.ts';
import { type Seen, type Taken, takeSurvivors } from './takeSurvivors.ts';

export interface SalvageOptions {
  /** The data folder; its program must be closed. */
  dir: string;
  keyHex: string;
  /** Where the backups lie. */
  backups: string;
  /** The journal's folder of the configuration; absent: there was none. */
  journalDir?: string | undefined;
  now: () => number;
  newId: () => string;
  /** Also from a database that seems sound. */
  force?: boolean | undefined;
}

/** Records beyond the backup, by where they were found. */
export interface Salvaged extends Taken {
  /** The backup that was built upon; null when none was whole. */
  backup: string | null;
  /** Where the broken files are. */
  quarantine: string;
}

interface Sources {
  broken: BrokenContent | null;
  backup: { manifest: BackupManifest; file: string } | null;
  journal: Op[];
  device: string;
  /** What is known to have been committed, by any of them. */
  seen: Seen[];
}

/**
 * Builds sound data from what a broken database, the newest whole backup and the op journal still have: each record with its
 * own hash checked. The broken files stay in quarantine. Work goes on under a new epoch; records after a gap are kept back
 * until the centre was asked what it has (sync/askAfterSalvage.ts).
 * @throws StoreError `in-use`, or Error when the data are sound, or when nothing tells whose they were: then the broken files
 * are in quarantine
 */
export async function salvage(options: SalvageOptions): Promise<Salvaged> {
  const { dir, keyHex, now, newId, force = false } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = lockData(dir);
  const work = path.join(dir, 'salvaging');
  try {
    if (!force && readDamage(dir) === null && isSoundFile(path.join(dir, DATABASE_FILE), keyHex))
      throw new Error('the database is sound: nothing is to be salvaged');
    const aside = quarantine(dir, DATABASE_FILE, 'salvage was asked for', now()).quarantine;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { mode: 0o700 });
    const sources = await collect(options, aside, work);
    const target = path.join(work, 'built');
    const built = build(target, sources, { keyHex, now, newId });
    await syncFile(path.join(target, DATABASE_FILE));
    renameSync(path.join(target, DATABASE_FILE), path.join(dir, DATABASE_FILE));
    await syncFile(dir);
    if (sources.backup) await copyBlobs(path.join(options.backups, 'blobs'), path.join(dir, 'blobs'));
    clearDamage(dir);
    return { ...built, backup: sources.backup?.manifest.file ?? null, quarantine: aside };
  } finally {
    rmSync(work, { recursive: true, force: true });
    lock.release();
  }
}

function isSoundFile(file: string, keyHex: string): boolean {
  return existsSync(file) && examineDatabase(file, keyHex, 'always') === null;
}

async function collect(options: SalvageOptions, aside: string, work: string): Promise<Sources> {
  const { keyHex, backups, journalDir } = options;
  // A copy: reading settles the log, and what lies in quarantine stays as it was found.
  const copy = path.join(work, 'broken');
  mkdirSync(copy, { mode: 0o700 });
  for (const name of readdirSync(aside).filter((each) => /^yichuang\.db(-wal)?$/.test(each)))
    copyFileSync(path.join(aside, name), path.join(copy, name));
  const file = path.join(copy, DATABASE_FILE);
  const broken = existsSync(file) ? readBroken(file, keyHex) : null;

  const backup = await newestSound(backups, BACKUP_PREFIX, (found) => inspectCopy(found, keyHex));
  const witness = Witness.read(aside, keyHex);
  const said = witness.state === 'good' ? witness.said : null;
  const device = said?.of ?? metaOf(broken, 'device') ?? backup?.manifest.device;
  if (device === undefined)
    throw new Error('nothing here tells whose data these were: neither database nor backup can be read');
  const journal = journalDir === undefined ? [] : await readOwnJournal(journalDir, device, keyHex);

  const own = [...(broken?.ops ?? []), ...journal].filter((op) => op.device === device);
  const seen = [
    ...own.map(({ epoch, seq }) => ({ epoch, seq })),
    ...(said ? [{ ...parseHead(said.head), isEnd: true }] : []),
    { epoch: backup?.manifest.epoch ?? 0, seq: 0 },
    { epoch: Number(metaOf(broken, 'epoch') ?? '0'), seq: 0 },
  ];
  return { broken, backup, journal, device, seen };
}

function build(
  target: string,
  { broken, backup, journal, device, seen }: Sources,
  { keyHex, now, newId }: Pick<SalvageOptions, 'keyHex' | 'now' | 'newId'>,
): Taken {
  mkdirSync(target, { mode: 0o700 });
  const file = path.join(target, DATABASE_FILE);
  if (backup) copyFileSync(backup.file, file);
  const last = Math.max(1, ...seen.map(({ epoch }) => epoch));
  const db = openDatabase({ file, keyHex });
  try {
    migrate(db);
    db.transaction(() => {
      takeLocalState(db, broken);
      // Positions of before and what was applied then may not fit together: what is known is passed over.
      db.exec('DELETE FROM pull_cursor');
      writeMeta(db, 'device', device);
      // The epoch that was in use: the new one refers to it.
      writeMeta(db, 'epoch', String(last));
      if (readMeta(db, 'created-at') === null) writeMeta(db, 'created-at', new Date(now()).toISOString());
    }).immediate();
  } finally {
    db.close();
  }

  const store = Store.open({ dir: target, keyHex, now, newId, isReplacing: true });
  try {
    return takeSurvivors(store, { broken: broken?.ops ?? [], journal, seen }, { above: last, now: now() });
  } finally {
    store.close();
  }
}

/** What the machine was and knew, newer than the backup; a row that does not fit is left out. */
function takeLocalState(db: Database.Database, broken: BrokenContent | null): void {
  for (const [table, rows] of broken?.local ?? []) {
    for (const row of rows) {
      const names = Object.keys(row);
      const marks = names.map(() => '?').join(', ');
      try {
        db.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(
          ...Object.values(row),
        );
      } catch {
        // Half a row of a damaged page.
      }
    }
  }
}

function metaOf(broken: BrokenContent | null, name: string): string | undefined {
  const row = broken?.local.get('meta')?.find((each) => each.name === name);
  return row === undefined ? undefined : String(row.value);
}
