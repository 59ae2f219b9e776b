import { NOTICE } from '../../../domain/preReview/notice.ts';
import type { Failure } from '../../app/failure.ts';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import { CardPicture } from '../PaperPicture.tsx';
import styles from './CardScreen.module.css';

/** The privacy notice, and the card: one screen, since nothing is read before it can be seen (domain.md §7.1). */
export function CardScreen({ state }: { state: KioskState }) {
  const words = t.prereview.card;
  return (
    <main className={kiosk.halves}>
      <section className={kiosk.ask} aria-labelledby="question">
        <h1 id="question">{words.question}</h1>
        <div className={styles.cardPicture}>
          <CardPicture />
        </div>
        <Failed failure={inPlainWords(state.failure)} />
        <button type="button" className={kiosk.secondary} onClick={state.typeNumber}>
          {words.noCard}
        </button>
      </section>
      <section className={styles.notice} aria-labelledby="notice">
        <h2 id="notice">{words.notice}</h2>
        <dl>
          {NOTICE.lines.map(({ title, text }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  );
}

/** The sentence of the code is written for a clerk, who has a form that is kept and a reader to be repaired. */
function inPlainWords(failure: Failure | null): Pick<Failure, 'message'> | null {
  return failure && { message: t.prereview.card.failed[failure.code] ?? failure.message };
}
