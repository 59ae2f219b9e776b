import type { Op } from '../../domain/ledger/op.ts';

/** Seq numbers of one epoch that nothing has any more. */
export interface LostRange {
  epoch: number;
  from: number;
  to: number;
}

/**
 * Ops of the broken log in their order, and those that only the journal still has where the chain says they belong.
 * @param isKnown what the data that are built upon have already
 */
export function mergeSurvivors(
  broken: readonly Op[],
  journal: readonly Op[],
  isKnown: (op: Op) => boolean,
): { ops: Op[]; fromBroken: number; fromJournal: number } {
  const seen = new Set<string>();
  const take = (op: Op): boolean => {
    const key = `${op.device}/${op.epoch}/${op.seq}`;
    if (seen.has(key) || isKnown(op)) return false;
    seen.add(key);
    return true;
  };
  const ops = broken.filter(take);
  const fromBroken = ops.length;
  const inOrder = [...journal].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq).filter(take);
  for (const op of inOrder) {
    const next = ops.findIndex(
      (each) => each.device === op.device && (each.epoch > op.epoch || (each.epoch === op.epoch && each.seq > op.seq)),
    );
    if (next === -1) ops.push(op);
    else ops.splice(next, 0, op);
  }
  return { ops, fromBroken, fromJournal: inOrder.length };
}

/**
 * Of the journal of a machine what belongs into its chains: each op beside what is known must point back to it. What does not,
 * and what follows such a one, is of another copy of the data, and no end of this one.
 * @param journal with the hash that each had checked
 * @param hashAt chain hash of an own op that is known, of seq 0 that of the empty chain; null where there is none
 */
export function keepChained(
  journal: readonly Op[],
  hashAt: (seq: number, epoch: number) => string | null,
): { chained: Op[]; foreign: number } {
  const chained: Op[] = [];
  const found = new Map<string, string>();
  const keyOf = (epoch: number, seq: number) => `${epoch}/${seq}`;
  const brokenIn = new Set<number>();
  const seen = new Set<string>();
  for (const op of [...journal].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq)) {
    const { epoch, seq } = op;
    if (seen.has(`${keyOf(epoch, seq)}/${op.hash}`)) continue;
    seen.add(`${keyOf(epoch, seq)}/${op.hash}`);
    const before = found.get(keyOf(epoch, seq - 1)) ?? hashAt(seq - 1, epoch);
    const here = found.get(keyOf(epoch, seq)) ?? hashAt(seq, epoch);
    if ((before !== null && before !== op.prev_hash) || (here !== null && here !== op.hash)) brokenIn.add(epoch);
    if (brokenIn.has(epoch)) continue;
    found.set(keyOf(epoch, seq), op.hash);
    chained.push(op);
  }
  return { chained, foreign: seen.size - chained.length };
}

/**
 * What is missing of own chains.
 * @param seqs of each epoch, what there is, rising
 * @param seen the last op known to have been committed, by whatever still tells of it
 */
export function findLost(
  seqs: ReadonlyMap<number, readonly number[]>,
  seen: readonly { epoch: number; seq: number }[],
): LostRange[] {
  const lost: LostRange[] = [];
  const epochs = new Set([...seqs.keys(), ...seen.map(({ epoch }) => epoch)]);
  for (const epoch of [...epochs].sort((a, b) => a - b)) {
    let expected = 1;
    const last = Math.max(0, ...seen.filter((each) => each.epoch === epoch).map(({ seq }) => seq));
    for (const seq of [...(seqs.get(epoch) ?? []), last + 1]) {
      if (seq > expected) lost.push({ epoch, from: expected, to: seq - 1 });
      expected = Math.max(expected, seq + 1);
    }
  }
  return lost;
}
