import { useCallback, useEffect, useRef, useState } from 'react';
import { useApp } from './app.ts';
import { type Failure, toFailure } from './failure.ts';

export interface Answer<T> {
  /** Null before the first answer; a later question keeps the last one until its own is there. */
  value: T | null;
  failure: Failure | null;
  again(): void;
}

/**
 * One question to the service, asked again when it changes, when asked to, and when the service is back. Not with every
 * change of a case: these tables are read, and would move under the eye.
 * @param load stable (useCallback); null: there is nothing to ask yet
 */
export function useQuestion<T>(load: (() => Promise<T>) | null): Answer<T> {
  const { client } = useApp();
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(0);
  const again = useCallback(() => {
    if (load === null) return;
    asked.current += 1;
    const mine = asked.current;
    load().then(
      (answer) => {
        if (mine !== asked.current) return;
        setValue(answer);
        setFailure(null);
      },
      (error: unknown) => {
        if (mine === asked.current) setFailure(toFailure(error));
      },
    );
  }, [load]);
  useEffect(() => {
    again();
    const end = client.onState((state) => {
      if (state === 'up') again();
    });
    return () => {
      // What is still on its way answers a question nobody asks any more.
      asked.current += 1;
      end();
    };
  }, [client, again]);
  return { value, failure, again };
}
