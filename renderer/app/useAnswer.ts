import { useEffect, useState } from 'react';
import { type Failure, toFailure } from './failure.ts';

/**
 * What the service answers, asked anew when one of `reasons` changes; the last answer stands until the next is there.
 * @param reasons what the question depends on, and what makes an old answer doubtful: a step, a print
 * @returns `answer` null before the first one and after a failure
 */
export function useAnswer<T>(
  ask: () => Promise<T>,
  reasons: readonly (object | string | number)[],
): { answer: T | null; failure: Failure | null } {
  const [shown, setShown] = useState<{ answer: T | null; failure: Failure | null }>({ answer: null, failure: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what it depends on
  useEffect(() => {
    let current = true;
    ask().then(
      (answer) => {
        if (current) setShown({ answer, failure: null });
      },
      (error: unknown) => {
        if (current) setShown({ answer: null, failure: toFailure(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [...reasons]);
  return shown;
}
