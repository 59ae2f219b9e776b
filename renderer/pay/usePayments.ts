import { useCallback, useEffect, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { useAnswer } from '../app/useAnswer.ts';

export type PaymentList = MethodOutput<'payment.list'>;
export type PaymentView = PaymentList['payments'][number];

/** The payments of a case, read anew whenever the case changes here or at the centre. */
export function usePayments(caseId: string, version: number): { list: PaymentList | null; reload: () => void } {
  const { client } = useApp();
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((before) => before + 1), []);
  const { answer: list } = useAnswer(() => client.call('payment.list', { caseId }), [client, caseId, version, asked]);
  useEffect(
    () =>
      client.on('cases.changed', ({ ids }) => {
        if (ids.includes(caseId)) reload();
      }),
    [client, caseId, reload],
  );
  return { list, reload };
}

/** One press at a time, with what came of it. */
export function usePress(): {
  isBusy: boolean;
  failure: Failure | null;
  press: <T>(work: () => Promise<T>) => Promise<T | null>;
} {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const press = useCallback(async <T>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setFailure(null);
    try {
      return await work();
    } catch (error) {
      setFailure(toFailure(error));
      return null;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, failure, press };
}
