/**
 * Wait before the next attempt to reconnect: 0.25 s doubling to 10 s, with full jitter so that the machines of a hall
 * do not return in step.
 * @param attempt 0 for the first
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function reconnectDelay(attempt: number, random: number): number {
  const ceiling = Math.min(10_000, 250 * 2 ** Math.min(attempt, 10));
  return Math.round(100 + random * (ceiling - 100));
}
