import { v7 as uuidv7 } from 'uuid';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import type { Lease } from '../../domain/queue/hallTypes.ts';
import { blocksOf, freeBlock, usableLease } from '../../domain/queue/leases.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { CommandContext, Step } from './context.ts';
import { HUB } from './numbers.ts';

/** How far ahead a lease may lie: over the longest holiday, ms. */
const AHEAD_MS = 14 * 24 * 3_600_000;

export interface Granted {
  steps: Step[];
  /** Leases the device had already. */
  known: { stream: string }[];
}

/**
 * Blocks of numbers that a dispenser alone gives on a day, also without the hub; the first block of a prefix is the hub's.
 * The same device asking again in the same epoch has what it had; in a new epoch, after its data were restored, it gets
 * others, and the old ones are nobody's.
 */
export function grantLeases(
  { ledger, granter, device, tenure, now }: CommandContext,
  { prefixes, day, epoch }: Extract<QueueCommand, { kind: 'lease' }>,
): Granted | { refused: string } {
  if (day < hallDay(now) || day > hallDay(now + AHEAD_MS)) return { refused: 'bad-input' };
  // The letters of an emergency belong to each machine already.
  if (prefixes.some((prefix) => prefix.startsWith('Z'))) return { refused: 'bad-input' };
  if (epoch < ledger.newestEpoch(device.id)) return { refused: 'forbidden' };
  const steps: Extract<Step, { kind: 'lease.granted' }>[] = [];
  const known: Granted['known'] = [];
  const all = ledger.hall.leasesOf(device.hall, day);
  for (const prefix of new Set(prefixes)) {
    const leases: Lease[] = all.filter((each) => each.prefix === prefix);
    const mine = usableLease(all, { device: device.id, epoch, prefix, day });
    if (mine) {
      known.push({ stream: `lease:${mine.id}` });
      continue;
    }
    const holders = [{ device: device.id, epoch, holder: device.terminal }];
    if (!usableLease(leases, { ...granter, prefix, day })) holders.unshift({ ...granter, holder: HUB });
    for (const holder of holders) {
      const block = freeBlock(leases, blocksOf(tenure));
      if (!block) return { refused: 'ticket-numbers-used-up' };
      const body = { ...holder, prefix, day, ...block };
      leases.push(body);
      steps.push({ kind: 'lease.granted', stream: `lease:${uuidv7()}`, body });
    }
  }
  return { steps, known };
}
