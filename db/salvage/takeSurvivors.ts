import { genesisHash, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { uuidToBlob } from '../ids.ts';
import { writeMeta } from '../meta.ts';
import { beginEpochAfterLoss } from '../newEpoch.ts';
import type { Store } from '../store.ts';
import { isUnderstood } from '../understood.ts';
import { findLost, keepChained, type LostRange, mergeSurvivors } from './gather.ts';

export interface Survivors {
  /** Of a broken log, in its order. */
  broken: readonly Op[];
  /** Of the op journal; each with its own hash checked. */
  journal: readonly Op[];
  /** What is known to have been committed, by whatever still tells of it. */
  seen: readonly Seen[];
}

export interface Seen {
  epoch: number;
  seq: number;
  /** The witness says so: nothing was committed after it. */
  isEnd?: boolean;
}

export interface Taken {
  fromDatabase: number;
  fromJournal: number;
  /** Ops of the journal that do not follow from what is here: of another copy of these data. */
  foreign: number;
  /** Own records that nothing has any more, unless the centre does. */
  lost: LostRange[];
  /** Where the records ended is on record here; else more may be lost than is named, and nothing here can tell. */
  endKnown: boolean;
  /** The new one. */
  epoch: number;
}

/**
 * Takes into sound data, a backup or empty ones, what survived of what was written after them; then work goes on under a new
 * epoch. Records behind a gap are kept back until the centre was asked (sync/askAfterSalvage.ts). One transaction.
 * @param above every epoch known to have been used
 */
export function takeSurvivors(
  store: Store,
  { broken, journal, seen }: Survivors,
  { above, now }: { above: number; now: number },
): Taken {
  const { ledger, db } = store;
  const { device } = ledger;
  const known = db.prepare('SELECT 1 FROM op WHERE device = ? AND epoch = ? AND seq = ?');
  const isKnown = ({ device: author, epoch, seq }: Op) => known.get(uuidToBlob(author), epoch, seq) !== undefined;
  const ofBroken = new Map(broken.filter((op) => op.device === device).map((op) => [`${op.epoch}/${op.seq}`, op.hash]));
  const { chained, foreign } = keepChained(journal, (seq, epoch) =>
    seq === 0
      ? genesisHash(device, epoch, sha256Hex)
      : (ledger.hashAt(seq, epoch) ?? ofBroken.get(`${epoch}/${seq}`) ?? null),
  );
  const { ops, fromBroken, fromJournal } = mergeSurvivors(broken, chained, isKnown);
  return ledger.transact(() => {
    for (const op of ops) ledger.applyRemote(op, isUnderstood(op));
    const seqs = ownSeqs(store);
    const lost = findLost(seqs, seen);
    const gaps = lost.filter(({ epoch, to }) => seqs.get(epoch)?.some((seq) => seq > to));
    const gap = gaps.find(({ epoch }) => epoch === ledger.epoch);
    if (gaps.length > 0) writeMeta(db, 'gaps-to-ask', [...new Set(gaps.map(({ epoch }) => epoch))].join(','));
    beginEpochAfterLoss(store, {
      ...{ reason: 'restored', above, now },
      ...(gap && { keep: gap.from - 1, leaveRest: true }),
    });
    const endKnown = seen.some(({ isEnd }) => isEnd);
    return { fromDatabase: fromBroken, fromJournal, foreign, lost, endKnown, epoch: ledger.epoch };
  });
}

function ownSeqs({ db, ledger }: Store): Map<number, number[]> {
  const rows = db
    .prepare('SELECT epoch, seq FROM op WHERE device = ? ORDER BY epoch, seq')
    .all(uuidToBlob(ledger.device));
  const seqs = new Map<number, number[]>();
  for (const { epoch, seq } of rows as { epoch: number; seq: number }[]) {
    const list = seqs.get(epoch);
    if (list) list.push(seq);
    else seqs.set(epoch, [seq]);
  }
  return seqs;
}
