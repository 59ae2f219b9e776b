import { v7 as uuidv7 } from 'uuid';
import { blocksOf, freeBlock, numberIn, usableLease } from '../../domain/queue/leases.ts';
import type { CommandContext, Step } from './context.ts';

/** Whose lease a block is that the hub gives numbers of itself. */
export const HUB = 'HUB';

/**
 * Numbers of the hub: from blocks of its own, in one series for each, never twice whatever happens (domain.md §6.1).
 * Nothing is used up until the command is done.
 */
export class HubNumbers {
  /** New blocks that have to be noted before a number of theirs is given. */
  readonly steps: Extract<Step, { kind: 'lease.granted' }>[] = [];
  readonly #context: CommandContext;
  readonly #day: string;
  readonly #used = new Map<string, number>();

  /** @param day local day, ISO */
  constructor(context: CommandContext, day: string) {
    this.#context = context;
    this.#day = day;
  }

  /** @returns null when all numbers of the prefix are given away */
  next(prefix: string): { prefix: string; number: number } | null {
    const { ledger, granter, device, tenure } = this.#context;
    const day = this.#day;
    const fresh = this.steps.map(({ body }) => body);
    const leases = [...ledger.hall.leasesOf(device.hall, day), ...fresh].filter((each) => each.prefix === prefix);
    const own = leases.filter((each) => usableLease([each], { ...granter, prefix, day }) !== null);
    for (const block of own.sort((a, b) => a.first - b.first)) {
      const number = this.#take(prefix, block);
      if (number !== null) return { prefix, number };
    }
    const block = freeBlock(leases, blocksOf(tenure));
    if (!block) return null;
    const body = { ...granter, holder: HUB, prefix, day, ...block };
    this.steps.push({ kind: 'lease.granted', stream: `lease:${uuidv7()}`, body });
    const number = this.#take(prefix, block);
    return number === null ? null : { prefix, number };
  }

  /** The numbers that were asked for are given. */
  use(): void {
    for (const [series, last] of this.#used) this.#context.ledger.setLast(series, last);
  }

  #take(prefix: string, block: { first: number; last: number }): number | null {
    const series = `ticket/${this.#context.device.hall}/${this.#day}/${prefix}/${block.first}`;
    const number = numberIn(block, this.#used.get(series) ?? this.#context.ledger.lastOf(series));
    if (number !== null) this.#used.set(series, number);
    return number;
  }
}
