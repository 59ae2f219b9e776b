import { statSync } from 'node:fs';
import { type JournalState, OpJournal } from '../../db/journal/journal.ts';
import type { Store } from '../../db/store.ts';
import type { Health } from '../health/health.ts';
import type { Log } from '../log.ts';

/** A rush of numbers is written at the next fsync; a medium that takes longer is worth a look. */
const BEHIND_IS_MANY = 100;

/** The op journal of this machine, where one is configured; its state is an alarm. */
export function openJournal(options: {
  store: Store;
  journalDir: string | undefined;
  dataDir: string;
  keyHex: string;
  health: Pick<Health, 'raise' | 'clear'>;
  now: () => number;
  newId: () => string;
  log: Log;
}): OpJournal | null {
  const { journalDir, dataDir, health, log, ...rest } = options;
  if (journalDir === undefined) return null;
  const journal = new OpJournal({ ...rest, dir: journalDir, onState: (state) => tell(state, health, log) });
  journal.note();
  void journal.flush().then(() => {
    if (isSameDisk(journalDir, dataDir)) log.warn('journal-on-the-same-disk');
  });
  return journal;
}

function tell({ behind, error, damaged }: JournalState, health: Pick<Health, 'raise' | 'clear'>, log: Log): void {
  if (error !== null) health.raise('journal-failed', { error, behind });
  else if (damaged > 0) health.raise('journal-failed', { found: damaged });
  else health.clear('journal-failed');
  if (error === null && behind > BEHIND_IS_MANY) health.raise('journal-behind', { behind });
  else health.clear('journal-behind');
  if (error !== null) log.error({ error, behind }, 'journal-failed');
}

function isSameDisk(one: string, other: string): boolean {
  const deviceOf = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.dev;
  return deviceOf(one) !== undefined && deviceOf(one) === deviceOf(other);
}
