import type { CitizenState } from '../../contract/rpc/rating.ts';
import type { Grade } from '../../domain/rating/types.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Citizen.module.css';
import type { CitizenFollowing } from './followCitizen.ts';
import { Rate } from './Rate.tsx';

export interface CitizenFaceProps {
  following: CitizenFollowing;
  onRate: (grade: Grade) => void;
}

/** In front of one window, read from a chair: which window, which number, and the question at the end. Never a name. */
export function CitizenFace({ following, onRate }: CitizenFaceProps) {
  const { view, isLost } = following;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className={styles.window}>{view?.window ? t.citizen.window(view.window) : t.citizen.noWindow}</p>
      </header>
      <main className={styles.main}>
        {isLost ? (
          <Words title={t.citizen.lost} how={t.citizen.lostHow} icon="offline" />
        ) : view === null ? null : (
          <Now following={following} view={view} onRate={onRate} />
        )}
      </main>
    </div>
  );
}

function Now({ following, view, onRate }: CitizenFaceProps & { view: CitizenState }) {
  const { remainingMs, answering, isThanking } = following;
  const { rating, current, state, window } = view;
  if (rating) {
    return (
      <Rate
        key={rating.id}
        number={rating.number}
        link={rating.link}
        remainingMs={remainingMs}
        answering={answering}
        onRate={onRate}
      />
    );
  }
  if (isThanking) return <Words title={t.citizen.thanks} how={t.citizen.thanksHow} />;
  if (current) return <InHand current={current} />;
  if (window === null) return <Words title={t.citizen.setUp} how={t.citizen.setUpHow} />;
  return <Words {...t.citizen.states[state]} />;
}

function Words({ title, how, icon }: { title: string; how: string; icon?: 'offline' }) {
  return (
    <div className={styles.words} role="status">
      <h1>
        {icon ? <Icon name={icon} /> : null}
        {title}
      </h1>
      <p>{how}</p>
    </div>
  );
}

function InHand({ current: { number, purpose, isHere } }: { current: NonNullable<CitizenState['current']> }) {
  return (
    <div className={`${styles.words} ${purpose === 'pickup' ? styles.pickup : styles.number}`} role="status">
      <h1>
        {number}
        <span className="visually-hidden">{t.citizen.numberWord}</span>
      </h1>
      <p>{t.citizen.inHand[purpose][isHere ? 'here' : 'called']}</p>
    </div>
  );
}
