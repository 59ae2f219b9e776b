import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { clearDamage, quarantine, readDamage } from '../../disk/quarantine.ts';
import { Witness } from '../../disk/witness.ts';
import { findOpDefect, type Op } from '../../domain/ledger/op.ts';
import { type BackupManifest, copyBlobs, hashFile, listBackups, syncFile } from '../backup/backup.ts';
import { inspectCopy } from '../backup/copyDatabase.ts';
import { lockData } from '../dataLock.ts';
import { sha256Hex } from '../digest.ts';
import { examineDatabase, parseHead } from '../examine.ts';
import { uuidToBlob } from '../ids.ts';
import { journalFolder, readJournal } from '../journal/readJournal.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { migrate } from '../migrate.ts';
import { beginEpochAfterLoss } from '../newEpoch.ts';
import { openDatabase } from '../open.ts';
import { DATABASE_FILE, Store } from '../store.ts';
import { findLost, type LostRange, mergeSurvivors } from './gather.ts';
import { type BrokenContent, readBroken } from './readBroken.ts';

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

export interface Salvaged {
  /** The backup that was built upon; null when none was whole. */
  backup: string | null;
  /** Records beyond the backup, by where they were found. */
  fromDatabase: number;
  fromJournal: number;
  /** Own records that nothing has any more, unless the centre does. */
  lost: LostRange[];
  /** The new epoch. */
  epoch: number;
  /** Where the broken files are. */
  quarantine: string;
}

interface Sources {
  broken: BrokenContent | null;
  backup: { manifest: BackupManifest; file: string } | null;
  journal: Op[];
  device: string;
  /** What is known to have been committed, by any of them. */
  seen: { epoch: number; seq: number }[];
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

  const backup = await newestWhole(backups, keyHex);
  const witness = Witness.read(aside, keyHex);
  const said = witness.state === 'good' ? witness.said : null;
  const device = said?.of ?? metaOf(broken, 'device') ?? backup?.manifest.device;
  if (device === undefined)
    throw new Error('nothing here tells whose data these were: neither database nor backup can be read');
  const files = journalDir === undefined ? [] : await readJournal(journalFolder(journalDir, device), keyHex);
  const journal = files.flatMap(({ ops }) => ops).filter((op) => isSound(op) && op.device === device);

  const own = [...(broken?.ops ?? []), ...journal].filter((op) => op.device === device);
  const seen = [
    ...own.map(({ epoch, seq }) => ({ epoch, seq })),
    ...(said ? [parseHead(said.head)] : []),
    { epoch: backup?.manifest.epoch ?? 0, seq: 0 },
    { epoch: Number(metaOf(broken, 'epoch') ?? '0'), seq: 0 },
  ];
  return { broken, backup, journal, device, seen };
}

async function newestWhole(folder: string, keyHex: string): Promise<Sources['backup']> {
  for (const manifest of await listBackups(folder)) {
    const file = path.join(folder, manifest.file);
    try {
      if ((await hashFile(file)) !== manifest.sha256) continue;
      if (inspectCopy(file, keyHex).head === manifest.head) return { manifest, file };
    } catch {
      // Not this one: the one before it is older, and whole perhaps.
    }
  }
  return null;
}

function build(
  target: string,
  { broken, backup, journal, device, seen }: Sources,
  { keyHex, now, newId }: Pick<SalvageOptions, 'keyHex' | 'now' | 'newId'>,
): Pick<Salvaged, 'fromDatabase' | 'fromJournal' | 'lost' | 'epoch'> {
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
    const { ledger } = store;
    const known = store.db.prepare('SELECT 1 FROM op WHERE device = ? AND epoch = ? AND seq = ?');
    const isKnown = ({ device: author, epoch, seq }: Op) => known.get(uuidToBlob(author), epoch, seq) !== undefined;
    const { ops, fromBroken, fromJournal } = mergeSurvivors(broken?.ops ?? [], journal, isKnown);
    return ledger.transact(() => {
      for (const op of ops) ledger.applyRemote(op);
      const seqs = ownSeqs(store.db, device);
      const lost = findLost(seqs, seen);
      const gaps = lost.filter(({ epoch, to }) => seqs.get(epoch)?.some((seq) => seq > to));
      const gap = gaps.find(({ epoch }) => epoch === last);
      if (gaps.length > 0) writeMeta(store.db, 'gaps-to-ask', [...new Set(gaps.map(({ epoch }) => epoch))].join(','));
      beginEpochAfterLoss(store, {
        ...{ reason: 'restored', above: last, now: now() },
        ...(gap && { keep: gap.from - 1, leaveRest: true }),
      });
      return { fromDatabase: fromBroken, fromJournal, lost, epoch: ledger.epoch };
    });
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

function ownSeqs(db: Database.Database, device: string): Map<number, number[]> {
  const rows = db.prepare('SELECT epoch, seq FROM op WHERE device = ? ORDER BY epoch, seq').all(uuidToBlob(device));
  const seqs = new Map<number, number[]>();
  for (const { epoch, seq } of rows as { epoch: number; seq: number }[]) {
    const list = seqs.get(epoch);
    if (list) list.push(seq);
    else seqs.set(epoch, [seq]);
  }
  return seqs;
}

function metaOf(broken: BrokenContent | null, name: string): string | undefined {
  const row = broken?.local.get('meta')?.find((each) => each.name === name);
  return row === undefined ? undefined : String(row.value);
}

function isSound(op: Op): boolean {
  return findOpDefect(op, op.prev_hash, sha256Hex) === null;
}
