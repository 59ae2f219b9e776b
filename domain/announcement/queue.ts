/** What waits for one loudspeaker zone, oldest first; the head is the one being spoken. Pure: the runner owns the time. */
export interface Waiting<T> {
  readonly item: T;
  /** How often it was spoken to the end. */
  readonly spoken: number;
  /** How often it is to be spoken when there is time: a call twice (domain.md §6.4). */
  readonly repeat: number;
}

/** With more than this many waiting behind it, each is spoken once. */
export const CROWD = 3;

export function joinQueue<T>(queue: readonly Waiting<T>[], item: T, repeat: number): Waiting<T>[] {
  return [...queue, { item, spoken: 0, repeat: Math.max(1, repeat) }];
}

/**
 * After the head was spoken once: it stays for its repetition, unless too many wait behind it.
 * @returns the queue, and the item that is done with, if one is
 */
export function afterSpoken<T>(queue: readonly Waiting<T>[]): { queue: Waiting<T>[]; done: Waiting<T> | null } {
  const [head, ...behind] = queue;
  if (!head) return { queue: [], done: null };
  const said = { ...head, spoken: head.spoken + 1 };
  const wanted = behind.length > CROWD ? 1 : said.repeat;
  return said.spoken >= wanted ? { queue: behind, done: said } : { queue: [said, ...behind], done: null };
}

/** After the head could not be spoken: a silent loudspeaker never holds up who comes next. */
export function afterFailure<T>(queue: readonly Waiting<T>[]): Waiting<T>[] {
  return queue.slice(1);
}
