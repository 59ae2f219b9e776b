import { useCallback, useEffect, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';

/** An answer of the service that loads anew when blanks or cases change. `load` must be stable (useCallback). */
export function useLive<T>(load: () => Promise<T>): { value: T | null; failure: Failure | null } {
  const { client } = useApp();
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let isGone = false;
    const read = async (): Promise<void> => {
      try {
        const loaded = await load();
        if (isGone) return;
        setValue(loaded);
        setFailure(null);
      } catch (error) {
        if (!isGone) setFailure(toFailure(error));
      }
    };
    void read();
    const ends = [
      client.on('blanks.changed', () => void read()),
      client.on('cases.changed', () => void read()),
      client.on('certificate.changed', () => void read()),
      client.onState((state) => {
        if (state === 'up') void read();
      }),
    ];
    return () => {
      isGone = true;
      for (const end of ends) end();
    };
  }, [client, load]);
  return { value, failure };
}

export type Person = MethodOutput<'staff.list'>['people'][number];

/** The staff of the hall; empty until known. */
export function usePeople(): readonly Person[] {
  const { client } = useApp();
  const load = useCallback(() => client.call('staff.list', {}), [client]);
  return useLive(load).value?.people ?? [];
}

/** A name in place of a number; the number where nobody knows the name. */
export function nameOf(people: readonly Person[], number: string): string {
  return people.find((person) => person.number === number)?.name ?? number;
}
