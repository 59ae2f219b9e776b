import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { OpJournal } from '../../../db/journal/journal.ts';
import { journalFolder, readJournal } from '../../../db/journal/readJournal.ts';
import type { Store } from '../../../db/store.ts';
import { v7 } from '../engine/uuid.ts';
import { KEY } from './template.ts';

/** What a journal said to have written, by which its medium is judged at the next start. */
export interface Journaled {
  device: string;
  hashes: readonly string[];
}

/** The op journal of a terminal. Its medium loses what nobody flushed, as the disk does. */
export function openStick(
  dir: string,
  store: Store,
  now: () => number,
  onWritten: (has: Journaled) => void,
): OpJournal {
  const { ledger, delivery } = store;
  const journal = new OpJournal({
    ...{ store, now, dir: stickOf(dir), keyHex: KEY, newId: v7 },
    onState: ({ behind, error }) => {
      if (behind > 0 || error !== null) return;
      const ops = delivery
        .epochsNotAtCentre()
        .flatMap((epoch) => ledger.readAfter(delivery.atCentre(epoch), 10_000, epoch));
      onWritten({ device: ledger.device, hashes: ops.map(({ hash }) => hash) });
    },
  });
  journal.note();
  return journal;
}

/** @returns how many ops a journal said to have and has not */
export async function countLost(dir: string, { device, hashes }: Journaled): Promise<number> {
  const files = await readJournal(journalFolder(stickOf(dir), device), KEY);
  const there = new Set(files.flatMap(({ ops }) => ops.map(({ hash }) => hash)));
  return hashes.filter((hash) => !there.has(hash)).length;
}

function stickOf(dir: string): string {
  const stick = path.join(dir, 'stick');
  mkdirSync(stick, { recursive: true });
  return stick;
}
