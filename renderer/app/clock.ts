import { useEffect, useState } from 'react';

/** The current instant, renewed on every full minute (or second): clocks on the page never drift apart. */
export function useNow(everyMs: 1000 | 60_000 = 60_000): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const schedule = (): void => {
      timer = setTimeout(
        () => {
          setNow(new Date().toISOString());
          schedule();
        },
        everyMs - (Date.now() % everyMs) + 5,
      );
    };
    schedule();
    return () => clearTimeout(timer);
  }, [everyMs]);
  return now;
}
