import { t } from '../../strings/index.ts';
import type { Said } from './queueStore.ts';
import type { Block } from './verbs.ts';

/** Why a verb cannot be done now. */
export function blockWords(block: Block): string {
  const words = t.queue.blocked;
  switch (block.why) {
    case 'in-hand':
      return words['in-hand'](block.number);
    case 'overtaken':
      return words.overtaken(block.number, block.window);
    case 'wait-recall':
    case 'wait-pass':
      return words[block.why](block.seconds);
    case 'all-called':
      return words['all-called'](block.times);
    case 'calls-left':
      return words['calls-left'](block.left);
    default:
      return words[block.why];
  }
}

/** What came of the last press. A failure has a notice of its own. */
export function saidWords(said: Exclude<Said, { kind: 'failed' }>): string {
  const words = t.queue.said;
  switch (said.kind) {
    case 'blocked':
      return blockWords(said.block);
    case 'nobody':
      return said.emergency ? words.nobodyHere : words.nobody;
    case 'done':
      if (said.what === 'paused' || said.what === 'reopened') return words[said.what];
      return said.what === 'recalled' ? words.recalled(said.number, said.times ?? 2) : words[said.what](said.number);
  }
}

/** Whole minutes, at least 0. */
export function minutesOf(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}
