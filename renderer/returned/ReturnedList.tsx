import { useCallback, useEffect, useState } from 'react';
import type { ReturnDecision } from '../../domain/returned/types.ts';
import { useApp } from '../app/app.ts';
import { groupCaseNumber, localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Returned.module.css';
import { ReturnedCard } from './ReturnedCard.tsx';
import type { Row } from './row.ts';
import { type Accepted, SettleDialog } from './SettleDialog.tsx';
import { decisionWords, kindName } from './words.ts';

/** Everything that came back in this hall: what is to be decided with both sides, and what was decided. */
export function ReturnedList() {
  const { client } = useApp();
  const [asked, setAsked] = useState<{ row: Row; decision: ReturnDecision } | null>(null);
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  const load = useCallback(() => client.call('returned.list', {}), [client]);
  const { value, failure, again } = useQuestion(load);
  useEffect(() => {
    const ends = (['returned.changed', 'cases.changed'] as const).map((event) => client.on(event, again));
    return () => {
      for (const end of ends) end();
    };
  }, [client, again]);
  const settled = (found: Accepted | null): void => {
    setAccepted(found);
    again();
  };
  const isRead = value !== null;
  useEffect(() => {
    // Over a page the first decision is under the hand at once.
    if (isRead) document.querySelector<HTMLElement>('dialog[open] [data-default]')?.focus();
  }, [isRead]);
  if (value === null) return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.returned.reading} />;
  return (
    <>
      {accepted === null ? null : (
        <p className={styles.accepted} role="status">
          {t.returned.accepted(groupCaseNumber(accepted.number), accepted.pagesLeft)}
        </p>
      )}
      {value.open.length === 0 ? (
        <p className={styles.none}>
          {t.returned.none}
          <span>{t.returned.noneHint}</span>
        </p>
      ) : (
        <>
          <p className={styles.rule}>{t.returned.rule}</p>
          <ul className={styles.list}>
            {value.open.map((row, index) => (
              <ReturnedCard
                key={row.id}
                row={row}
                isFirst={index === 0}
                onDecide={(decision) => setAsked({ row, decision })}
              />
            ))}
          </ul>
        </>
      )}
      {value.settled.length > 0 ? (
        <section aria-labelledby="returned-settled">
          <h2 id="returned-settled" className={styles.heading}>
            {t.returned.settled}
          </h2>
          <ul className={styles.settled}>
            {value.settled.map((row) => (
              <li key={row.id}>
                <span className={styles.number}>{row.caseNumber ? groupCaseNumber(row.caseNumber) : row.terminal}</span>
                <span>{kindName(row)}</span>
                <span>{row.settled?.note}</span>
                <span className={styles.muted}>
                  {row.settled
                    ? t.returned.settledBy(
                        decisionWords(row, row.settled.decision).go,
                        row.settled.byName,
                        localMinute(row.settled.at),
                      )
                    : null}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {asked ? <SettleDialog {...asked} onClose={() => setAsked(null)} onSettled={settled} /> : null}
    </>
  );
}
