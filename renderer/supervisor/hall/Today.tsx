import { useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Figure } from './Figure.tsx';
import styles from './Hall.module.css';
import { Hours } from './Hours.tsx';
import type { Open } from './open.ts';
import { RisksDialog } from './RisksDialog.tsx';
import { TimesDialog } from './TimesDialog.tsx';
import type { Board } from './useBoard.ts';

const BLANKS_LOW = 10;

/** The day in figures; each opens the list behind it. */
export function Today({ board, onOpen }: { board: Board; onOpen: Open }) {
  const { status } = useApp();
  const sync = useStore(status, (state) => state.sync);
  const devices = useStore(status, (state) => state.devices) ?? [];
  const [dialog, setDialog] = useState<'risks' | 'times' | null>(null);
  const { work, taken, promise, drawers, openPrints, day } = board;
  const lowest = drawers.toSorted((a, b) => a.left - b.left)[0] ?? null;
  const broken = devices.filter(({ health }) => health !== 'online').length;
  const spent = (ms: number | null): string => (ms === null ? t.board.noEstimate : t.board.spent(ms));
  const tickets = (filter: Parameters<Open>[0] & { tab: 'tickets' }): void => onOpen(filter);
  return (
    <ScrollRegion className={styles.block} aria-label={t.board.today}>
      <div className={styles.blockHead}>
        <h2>{t.board.today}</h2>
      </div>
      <div className={styles.figures}>
        <Figure
          name={t.board.figures.taken}
          value={String(taken)}
          onOpen={() => tickets({ tab: 'tickets', filter: {} })}
        />
        <Figure
          name={t.board.figures.handled}
          value={String(work.handled)}
          onOpen={() => tickets({ tab: 'tickets', filter: { state: 'FINISHED' } })}
        />
        <Figure
          name={t.board.figures.handling}
          value={spent(work.averageHandlingMs)}
          onOpen={() => setDialog('times')}
        />
        <Figure name={t.board.figures.idle} value={spent(work.averageIdleMs)} onOpen={() => setDialog('times')} />
        <Figure
          name={t.board.figures.risk}
          value={t.board.risk(promise.near, promise.over)}
          tone={promise.over > 0 ? 'over' : promise.near > 0 ? 'near' : 'calm'}
          onOpen={() => setDialog('risks')}
        />
        <Figure
          name={t.board.figures.blanks}
          value={lowest === null ? t.board.noDrawer : t.board.drawer(lowest.window, lowest.left)}
          tone={lowest !== null && lowest.left < BLANKS_LOW ? 'near' : 'calm'}
          onOpen={() => onOpen({ tab: 'blanks' })}
        />
        <Figure
          name={t.board.figures.prints}
          value={String(openPrints)}
          tone={openPrints > 0 ? 'near' : 'calm'}
          onOpen={() => onOpen({ tab: 'blanks' })}
        />
        <Figure
          name={t.board.figures.hub}
          value={[
            sync ? t.link[sync.link] : t.board.noEstimate,
            ...(sync?.waitingOps ? [t.board.unsent(sync.waitingOps)] : []),
          ].join(t.separator)}
          tone={sync && sync.link !== 'connected' && sync.link !== 'not-configured' ? 'over' : 'calm'}
          onOpen={() => onOpen({ tab: 'overview' })}
        />
      </div>
      {devices.length === 0 ? null : (
        <Figure
          name={t.roles.devices}
          value={broken === 0 ? t.board.devicesGood : t.board.devicesBad(broken)}
          tone={broken === 0 ? 'calm' : 'near'}
          isInline
          onOpen={() => onOpen({ tab: 'overview' })}
        />
      )}
      <Hours hours={board.hours} />
      {dialog === 'risks' ? <RisksDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'times' ? <TimesDialog day={day} onClose={() => setDialog(null)} /> : null}
    </ScrollRegion>
  );
}
