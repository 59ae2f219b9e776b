/**
 * A clock that runs faster than the day outside: every process of a rehearsal is given the same three numbers and so
 * agrees on the time. Only the command of a checkout reads it; an installed program knows no other clock than its own.
 */
export interface FastClock {
  /** When the rehearsal began, ms since 1970, by this machine's clock. */
  realStart: number;
  /** What time it was then in the hall, ms since 1970. */
  hallStart: number;
  /** Milliseconds of the hall in one of this machine. */
  speed: number;
}

export const CLOCK_VARIABLE = 'YICHUANG_REHEARSAL_CLOCK';

/** Whole milliseconds since 1970 in the hall. @param real this machine's clock */
export function hallClock({ realStart, hallStart, speed }: FastClock, real: () => number = Date.now): () => number {
  return () => Math.round(hallStart + (real() - realStart) * speed);
}

export function writeClock({ realStart, hallStart, speed }: FastClock): string {
  return [realStart, hallStart, speed].join(',');
}

/**
 * @param text value of the variable; undefined: this machine's own clock
 * @throws Error when it is not three numbers
 */
export function readClock(text: string | undefined): () => number {
  if (text === undefined) return Date.now;
  const [realStart, hallStart, speed, ...more] = text.split(',').map(Number);
  const isWhole = [realStart, hallStart].every(Number.isSafeInteger) && Number.isFinite(speed) && more.length === 0;
  if (!isWhole || realStart === undefined || hallStart === undefined || speed === undefined || speed <= 0)
    throw new Error(`${CLOCK_VARIABLE}: expected start, start in the hall and speed`);
  return hallClock({ realStart, hallStart, speed });
}
