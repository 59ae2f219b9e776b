import { useEffect } from 'react';
import type { MethodOutput } from '../../../contract/rpc.ts';
import { useApp } from '../../app/app.ts';
import { type Answer, useQuestion } from '../../app/useQuestion.ts';

export type Board = MethodOutput<'board.state'>;
export type BoardAlarm = Board['alarms'][number];
export type Tile = Board['tiles'][number];

/** Waits grow by themselves: the board asks again even when nothing happened. */
const EVERY_MS = 5_000;
/** Several changes of one moment are one question. */
const TOGETHER_MS = 150;

/** An answer that is asked again when the hall changes, and at least every five seconds. @param load stable (useCallback) */
export function useLiveHall<T>(load: (() => Promise<T>) | null): Answer<T> {
  const { client } = useApp();
  const answer = useQuestion(load);
  const { again } = answer;
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | null = null;
    const soon = (): void => {
      due ??= setTimeout(() => {
        due = null;
        again();
      }, TOGETHER_MS);
    };
    const ends = (
      ['queue.changed', 'cases.changed', 'blanks.changed', 'certificate.changed', 'sync.changed'] as const
    ).map((event) => client.on(event, soon));
    const timer = setInterval(again, EVERY_MS);
    return () => {
      if (due) clearTimeout(due);
      clearInterval(timer);
      for (const end of ends) end();
    };
  }, [client, again]);
  return answer;
}
