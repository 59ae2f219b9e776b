export interface Errand {
  /** ms since 1970. */
  at: number;
  work(): Promise<void>;
}

/** What is to be done when; of one moment, what was put down first comes first. */
export interface Agenda {
  add(at: number, work: () => Promise<void>): void;
  /** The earliest, taken out. */
  take(): Errand | undefined;
}

export function makeAgenda(): Agenda {
  /** Latest first: taking is at the end. */
  const errands: Errand[] = [];
  return {
    add(at, work) {
      let low = 0;
      let high = errands.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((errands[middle]?.at ?? 0) > at) low = middle + 1;
        else high = middle;
      }
      errands.splice(low, 0, { at, work });
    },
    take: () => errands.pop(),
  };
}
