import { t } from '../strings/index.ts';
import { CallList } from './CallList.tsx';
import { Foot, type FootProps } from './Foot.tsx';
import { Notices } from './Notices.tsx';
import { Ready } from './Ready.tsx';
import styles from './Screen.module.css';
import { SetUp } from './SetUp.tsx';
import { Waiting } from './Waiting.tsx';

/** Rows of 60 mm digits that a wall has room for. */
const NOW_ROWS = 6;
const PICKUP_ROWS = 2;

/** The calling screen, seen from ten metres: now, to collect, waiting, and what is not true. No names, ever. */
export function ScreenFace({ floor, label, following }: FootProps) {
  const { view, now } = following;
  const isBare = view === null || ((view.hub === 'none' || view.hub === 'new') && view.now.length === 0);
  return (
    <div className={styles.wall}>
      <main className={styles.page} style={driftOf(now)}>
        <h1 className="visually-hidden">{t.screen.title}</h1>
        {isBare ? (
          <SetUp following={following} />
        ) : (
          <>
            <section className={styles.now} aria-label={t.screen.now}>
              <CallList
                calls={view.now}
                rows={NOW_ROWS}
                now={now}
                heading={t.screen.now}
                sentence={t.screen.toWindow}
                windowWord={t.screen.windowWord}
                empty={view.isClosed ? t.screen.closed : t.screen.nowEmpty}
                emptyHow={view.isClosed ? null : t.screen.nowEmptyHow}
              />
            </section>
            <section className={styles.pickup} aria-label={t.screen.pickup}>
              <CallList
                calls={view.pickup}
                rows={PICKUP_ROWS}
                now={now}
                heading={t.screen.pickup}
                sentence={t.screen.toCollect}
                windowWord={t.screen.windowShort}
                empty={t.screen.pickupEmpty}
                emptyHow={null}
              />
              <Ready view={view} />
            </section>
            <section className={styles.waiting} aria-label={t.screen.waiting}>
              <Waiting view={view} />
            </section>
            <Notices view={view} />
          </>
        )}
        <Foot floor={floor} label={label} following={following} />
      </main>
    </div>
  );
}

/** Burn-in: the layout shifts a little each minute (faces.md), within the margin around it. */
function driftOf(now: number): { transform: string } {
  const minute = Math.floor(now / 60_000);
  return { transform: `translate(${((minute % 5) - 2) * 0.15}vmin, ${((Math.floor(minute / 5) % 5) - 2) * 0.15}vmin)` };
}
