import type { ForwardEntry } from '../store/relayTypes.ts';

/**
 * The list in log order, with the ops of each chain in the order of their numbers: an op that was mirrored from the centre
 * may lie in the log before one that its author wrote earlier. Each chain keeps its places among the others.
 */
export function inChainOrder(entries: readonly ForwardEntry[]): ForwardEntry[] {
  const chainOf = ({ op }: ForwardEntry) => `${op.device}/${op.epoch}`;
  const chains = Map.groupBy(entries, chainOf);
  for (const chain of chains.values()) chain.sort((a, b) => b.op.seq - a.op.seq);
  return entries.map((entry) => chains.get(chainOf(entry))?.pop() ?? entry);
}
