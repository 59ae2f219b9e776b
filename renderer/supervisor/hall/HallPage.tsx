import { useCallback } from 'react';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Alarms } from './Alarms.tsx';
import styles from './Hall.module.css';
import type { Open } from './open.ts';
import { Queues } from './Queues.tsx';
import { Tiles } from './Tiles.tsx';
import { Today } from './Today.tsx';
import { useLiveHall } from './useBoard.ts';

/** The board (faces.md, "Supervisor"): windows, alarms, who waits, the day in figures. Calm: colour means near or over. */
export function HallPage({ onOpen }: { onOpen: Open }) {
  const { client } = useApp();
  const load = useCallback(() => client.call('board.state', {}), [client]);
  const { value: board, failure } = useLiveHall(load);
  return (
    <div className={styles.board}>
      <h1 className="visually-hidden">{t.board.title}</h1>
      {failure ? <FailureNotice failure={failure} /> : null}
      {board === null ? (
        failure ? null : (
          <Skeleton label={t.oversight.reading} />
        )
      ) : (
        <>
          <Tiles tiles={board.tiles} onOpen={({ terminal }) => onOpen({ tab: 'tickets', filter: { terminal } })} />
          <div className={styles.blocks}>
            <Alarms board={board} onOpen={onOpen} />
            <Queues board={board} onOpen={onOpen} />
            <Today board={board} onOpen={onOpen} />
          </div>
        </>
      )}
    </div>
  );
}
