import type { ReturnDecision } from '../../domain/returned/types.ts';
import { groupCaseNumber, localMinute } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { stepName } from '../window/case/CaseHistory.tsx';
import styles from './Returned.module.css';
import type { Row } from './row.ts';
import { decisionWords, kindName, reasonOf } from './words.ts';

interface ReturnedCardProps {
  row: Row;
  /** Its first button gets the focus. */
  isFirst: boolean;
  onDecide(decision: ReturnDecision): void;
}

/** One step that came back: ours at the left, the centre's at the right, and below what can be decided. */
export function ReturnedCard({ row, isFirst, onDecide }: ReturnedCardProps) {
  const name = kindName(row);
  const ours = row.isOwn ? t.returned.ours : t.returned.oursAt(row.terminal);
  return (
    <li className={styles.card} aria-label={`${row.caseNumber ?? row.terminal} ${name}`}>
      <p className={styles.head}>
        <Icon name="returned" />
        <strong>{name}</strong>
        {row.caseNumber ? <span className={styles.number}>{groupCaseNumber(row.caseNumber)}</span> : null}
        <span className={styles.why}>{reasonOf(row.code)}</span>
        <span className={styles.muted}>{t.returned.noted(localMinute(row.notedAt))}</span>
      </p>
      <div className={styles.sides}>
        <section className={styles.side} aria-label={ours}>
          <p className={styles.label}>{ours}</p>
          <p>
            <strong>{name}</strong>
            {row.ours.note === null ? null : <span>{row.ours.note}</span>}
          </p>
          <p className={styles.muted}>{t.returned.made(row.ours.byName, localMinute(row.ours.at))}</p>
        </section>
        <section className={styles.side} aria-label={t.returned.centre}>
          <p className={styles.label}>{t.returned.centre}</p>
          <CentreSide row={row} />
        </section>
      </div>
      <p className={styles.decide}>
        {row.decisions.map((decision, index) => (
          <Button
            key={decision}
            look={index === 0 && row.decisions.length > 1 ? 'primary' : 'normal'}
            onClick={() => onDecide(decision)}
            {...(isFirst && index === 0 && { 'data-default': true })}
          >
            {decisionWords(row, decision).go}
          </Button>
        ))}
        {row.isOwn ? null : <span className={styles.muted}>{t.returned.elsewhere(row.terminal)}</span>}
      </p>
    </li>
  );
}

function CentreSide({ row: { centre, caseId } }: { row: Row }) {
  if (centre === null) return <p>{caseId === null ? t.returned.noCase : t.returned.caseMissing}</p>;
  return (
    <>
      <p>
        <strong>{t.returned.state(centre.state)}</strong>
      </p>
      {centre.since.length === 0 ? (
        <p className={styles.muted}>{t.returned.nothingSince}</p>
      ) : (
        <ol className={styles.since} aria-label={t.returned.since}>
          {centre.since.map(({ step, at, byName, note }) => (
            <li key={`${at} ${step}`}>
              <span>{stepName(step)}</span>
              {note === null ? null : <span>{note}</span>}
              <span className={styles.muted}>{t.returned.made(byName, localMinute(at))}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
