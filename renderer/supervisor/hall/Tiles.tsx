import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Hall.module.css';
import type { Tile } from './useBoard.ts';
import { tileState, tileWork } from './words.ts';

/** A floor in one row where that leaves a number room. */
const COLUMNS_MIN = 8;
const COLUMNS_MAX = 12;

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The windows in the order of the plan, a row for each floor. One stop of Tab; the arrow keys go from window to window. */
export function Tiles({ tiles, onOpen }: { tiles: readonly Tile[]; onOpen(tile: Tile): void }) {
  const [at, setAt] = useState(0);
  const group = useRef<HTMLElement>(null);
  const floors = [...new Set(tiles.map(({ floor }) => floor))];
  const widest = Math.max(...floors.map((floor) => tiles.filter((tile) => tile.floor === floor).length));
  const columns = Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, widest));
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (at + step + tiles.length) % tiles.length;
    setAt(next);
    group.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  if (tiles.length === 0) return <p className={styles.none}>{t.board.emptyPlan}</p>;
  const isStop = (tile: Tile): boolean => tiles.indexOf(tile) === Math.min(at, tiles.length - 1);
  return (
    <section ref={group} className={styles.floors} aria-label={t.board.windows} onKeyDown={move}>
      {floors.map((floor) => (
        <div key={floor} className={styles.floor}>
          <span className={styles.floorName}>{t.board.floor(floor)}</span>
          <div className={styles.tiles} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {tiles
              .filter((tile) => tile.floor === floor)
              .map((tile) => (
                <OneTile
                  key={tile.terminal}
                  tile={tile}
                  isStop={isStop(tile)}
                  onFocus={() => setAt(tiles.indexOf(tile))}
                  onOpen={() => onOpen(tile)}
                />
              ))}
          </div>
        </div>
      ))}
    </section>
  );
}

interface OneTileProps {
  tile: Tile;
  isStop: boolean;
  onFocus(): void;
  onOpen(): void;
}

function OneTile({ tile, isStop, onFocus, onOpen }: OneTileProps) {
  const { state, number, clerk, inHand, tone, green } = tile;
  const isAway = state === 'closed' || state === 'unknown';
  const look = [
    styles.tile,
    styles[tone],
    isAway ? styles.away : '',
    inHand?.purpose === 'pickup' ? styles.pickup : '',
  ];
  return (
    <button
      type="button"
      className={look.filter(Boolean).join(' ')}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
    >
      <span className={styles.tileHead}>
        <b>{t.board.windowNumber(number)}</b>
        <span className="visually-hidden">{tileState(tile)}</span>
        {green ? <span className={styles.greenMark}>{t.board.green}</span> : null}
        {tone === 'calm' ? null : <Icon name="warning" />}
      </span>
      <span className={styles.hand}>{inHand?.number ?? (isAway ? '' : t.board.states[state])}</span>
      <span className={styles.tileFoot}>
        <span>{clerk?.name ?? ''}</span> <span>{tileWork(tile)}</span>
      </span>
      {tone === 'calm' ? null : <span className="visually-hidden">{t.board.tones[tone]}</span>}
    </button>
  );
}
