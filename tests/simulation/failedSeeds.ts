/** Seeds that found something once, run for ever: each with what it found. */
export const FAILED_SEEDS: readonly (readonly [seed: number, found: string])[] = [
  [12, 'a kiosk that went on without the hub never sent again: two ops with the id of one command'],
  [16, 'the same, over a restart from an older copy of its disk'],
];
