import { useId } from 'react';
import { GRADES, type Grade, RATING_LINK_MINUTES } from '../../domain/rating/types.ts';
import { t } from '../strings/index.ts';
import { QrCode } from '../ui/QrCode.tsx';
import styles from './Citizen.module.css';
import type { CitizenFollowing } from './followCitizen.ts';

export interface RateProps {
  number: string;
  remainingMs: number;
  /** What a phone opens; null: there is no code now. */
  link: string | null;
  answering: CitizenFollowing['answering'];
  onRate: (grade: Grade) => void;
}

/**
 * Five answers of one size and weight, in the central order and words (GB/T 39734-2020); none is chosen beforehand and
 * none is coloured (domain.md §6.9: never hints).
 */
export function Rate({ number, remainingMs, link, answering, onRate }: RateProps) {
  const heading = useId();
  return (
    <section className={link === null ? styles.rate : `${styles.rate} ${styles.scanned}`} aria-labelledby={heading}>
      <div className={styles.question}>
        <h1 id={heading}>{t.citizen.ask(number)}</h1>
        <p>{t.citizen.voluntary}</p>
      </div>
      <ul className={styles.grades}>
        {GRADES.map((grade) => (
          <li key={grade}>
            <button type="button" disabled={answering === 'sending'} onClick={() => onRate(grade)}>
              {t.boardRatings.grades[grade]}
            </button>
          </li>
        ))}
      </ul>
      {link === null ? null : (
        <div className={styles.scan}>
          <QrCode className={styles.code} testId="rating-code" text={link} label={t.citizen.scanCode} />
          <p>{t.citizen.scan(RATING_LINK_MINUTES)}</p>
        </div>
      )}
      <div className={styles.foot}>
        {answering === 'failed' ? <p role="alert">{t.citizen.failed}</p> : null}
        <p role="timer">{t.citizen.left(Math.ceil(remainingMs / 1000))}</p>
      </div>
    </section>
  );
}
