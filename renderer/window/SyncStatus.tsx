import { useStore } from 'zustand';
import type { SyncLine } from '../../contract/rpc.ts';
import { useNow } from '../app/clock.ts';
import { offsetSeconds, shortMoment } from '../app/format.ts';
import { heldWords, linkWords } from '../app/linkWords.ts';
import { t } from '../strings/index.ts';
import { FactList } from '../ui/FactList.tsx';
import { Icon } from '../ui/Icon.tsx';
import { keepFocus } from './keepFocus.ts';
import styles from './TopBar.module.css';
import { useWorkspace } from './workspace.ts';

/** 已存本机 n · 已存大厅 n · 已入中心 n · 附件 n, and everything behind it one press away. */
export function SyncStatus() {
  const { app, view } = useWorkspace();
  const sync = useStore(app.status, (state) => state.sync);
  if (!sync) return null;
  const isCut = sync.link === 'offline' || sync.link === 'refused';
  const isReturned = sync.rejected > 0;
  return (
    <>
      <button
        type="button"
        className={`${styles.item} ${isCut || isReturned ? styles.attention : ''}`}
        popoverTarget="sync-details"
        onMouseDown={keepFocus}
        aria-label={t.sync.label(
          sync.waiting,
          sync.atHall > 0 ? `${heldWords(sync)} ${sync.atHall}` : '',
          sync.atCentre,
          sync.images,
        )}
        data-testid="sync-line"
      >
        <Icon name={isCut ? 'offline' : isReturned ? 'returned' : 'sync'} />
        <span>
          {t.sync.here} <b>{sync.waiting}</b>
          {t.separator}
          {sync.atHall > 0 && (
            <>
              {heldWords(sync)} <b>{sync.atHall}</b>
              {t.separator}
            </>
          )}
          {t.sync.centre} <b>{sync.atCentre}</b>
          {sync.images > 0 && (
            <>
              {t.separator}
              {t.sync.attachments} <b>{sync.images}</b>
            </>
          )}
        </span>
      </button>
      <section id="sync-details" popover="auto" className={styles.popover} aria-label={t.link.title}>
        <SyncDetails sync={sync} />
        <button
          type="button"
          className={styles.more}
          popoverTarget="sync-details"
          popoverTargetAction="hide"
          onClick={() => view.setState({ overlay: 'outbox' })}
          aria-keyshortcuts="Alt+O"
        >
          {t.outbox.open}
          <kbd>{t.keys.altO}</kbd>
        </button>
      </section>
    </>
  );
}

function SyncDetails({ sync }: { sync: SyncLine }) {
  const now = useNow();
  const moment = (iso: string | null): string => (iso === null ? t.sync.never : shortMoment(iso, now));
  const oldest =
    sync.oldestWaiting === null ? '' : `${t.separator}${t.sync.since(shortMoment(sync.oldestWaiting, now))}`;
  const rows: [string, string][] = [
    [t.sync.link, linkWords(sync)],
    [t.sync.lastContact, moment(sync.lastContact)],
    [t.sync.waitingOps, `${t.sync.records(sync.waitingOps)}${oldest}`],
    ...(sync.heldOps > 0
      ? [
          [sync.heldAt === 'centre' ? t.sync.heldOpsAtCentre : t.sync.heldOps, t.sync.records(sync.heldOps)] satisfies [
            string,
            string,
          ],
        ]
      : []),
    [t.sync.images, t.sync.pages(sync.images)],
    [t.sync.rejected, t.sync.records(sync.rejected)],
    [t.sync.clock, describeClock(sync.clockOffsetMs)],
  ];
  return (
    <>
      <FactList facts={rows} className={styles.facts} />
      <p className={styles.explain}>{t.sync.explain}</p>
    </>
  );
}

/** `offset` is the centre's clock minus ours: positive means that this machine is behind. */
function describeClock(offsetMs: number | null): string {
  if (offsetMs === null) return t.sync.clockUnknown;
  const seconds = offsetSeconds(offsetMs);
  if (seconds === 0) return t.sync.clockGood;
  return seconds > 0 ? t.sync.clockBehind(seconds) : t.sync.clockAhead(-seconds);
}
