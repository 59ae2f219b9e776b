import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSealedRecords } from '../../disk/sealedLog.ts';
import { findOpDefect, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';

export const JOURNAL_ENDING = '.ycj';

export interface JournalFile {
  name: string;
  ops: Op[];
  /** Places in it that cannot be read. */
  damaged: number;
}

/** Where the op journal of a machine lies: several may have one folder. */
export function journalFolder(journalDir: string, device: string): string {
  return path.join(journalDir, device);
}

/** Every op that a journal still has, file by file, the oldest first. A folder that is not there has none. */
export async function readJournal(folder: string, keyHex: string): Promise<JournalFile[]> {
  const names: string[] = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files: JournalFile[] = [];
  for (const name of names.filter((each) => each.endsWith(JOURNAL_ENDING)).sort()) {
    const { records, damaged } = readSealedRecords(await readFile(path.join(folder, name)), keyHex);
    files.push({ name, ops: records.map((record) => JSON.parse(record.toString('utf8')) as Op), damaged });
  }
  return files;
}

/** What a machine itself wrote and its journal still has, each as it was written. */
export async function readOwnJournal(journalDir: string, device: string, keyHex: string): Promise<Op[]> {
  const files = await readJournal(journalFolder(journalDir, device), keyHex);
  const isSound = (op: Op) => op.device === device && findOpDefect(op, op.prev_hash, sha256Hex) === null;
  return files.flatMap(({ ops }) => ops).filter(isSound);
}
