import { useState } from 'react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Figure } from './Figure.tsx';
import styles from './Hall.module.css';
import { IssueDialog, type IssueOrder } from './IssueDialog.tsx';
import type { Open } from './open.ts';
import type { Board } from './useBoard.ts';
import { wholeMinutes } from './words.ts';

type Row = Board['waiting'][number];

/** Who waits, queue by queue and class by class, and whether it gives numbers. */
export function Queues({ board, onOpen }: { board: Board; onOpen: Open }) {
  const [order, setOrder] = useState<IssueOrder | null>(null);
  const { waiting, pickups, isClosing } = board;
  return (
    <ScrollRegion className={styles.block} aria-label={t.board.waiting}>
      <div className={styles.blockHead}>
        <h2>{t.board.waiting}</h2>
        <Figure
          name={t.board.pickups}
          value={String(pickups)}
          onOpen={() => onOpen({ tab: 'tickets', filter: { state: 'pickup' } })}
          isInline
        />
        <Button size="small" onClick={() => setOrder({ kind: isClosing ? 'resume' : 'stop', queue: 'all' })}>
          {isClosing ? t.board.resumeAll : t.board.stopAll}
        </Button>
      </div>
      {isClosing ? (
        <p className={styles.closing}>
          <Icon name="warning" /> {t.board.closing}
        </p>
      ) : null}
      {waiting.length === 0 ? (
        <p className={styles.none}>{t.board.noQueue}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t.board.queue}</th>
              <th scope="col" className={styles.count}>
                {t.board.count}
              </th>
              <th scope="col" className={styles.count}>
                {t.board.longest}
              </th>
              <th scope="col" className={styles.count}>
                {t.board.estimate}
              </th>
              <th scope="col" className={styles.count}>
                {t.board.heldShort}
              </th>
              <th scope="col" className={styles.count}>
                {t.board.openWindows}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t.board.stop}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((row) => (
              <QueueRow key={row.queue} row={row} isClosing={isClosing} onOpen={onOpen} onOrder={setOrder} />
            ))}
          </tbody>
        </table>
      )}
      {order === null ? null : <IssueDialog order={order} onClose={() => setOrder(null)} />}
    </ScrollRegion>
  );
}

interface QueueRowProps {
  row: Row;
  isClosing: boolean;
  onOpen: Open;
  onOrder(order: IssueOrder): void;
}

function QueueRow({ row, isClosing, onOpen, onOrder }: QueueRowProps) {
  const { queue, waiting, longestMs, estimate, held, open, windows, classes } = row;
  const name = t.board.queueOf(queue);
  return (
    <tr>
      <th scope="row">
        {name}
        <span className={styles.classes}>
          {classes
            .filter((each) => classes.length > 1 || each.class !== 'ordinary')
            .map((each) => t.board.classCount(t.board.classes[each.class], each.waiting))
            .join(t.separator)}
        </span>
      </th>
      <td className={styles.count}>
        <LinkFigure
          label={`${name} ${t.board.count} ${waiting}`}
          value={waiting}
          onOpen={() => onOpen({ tab: 'tickets', filter: { queue, state: 'WAITING' } })}
        />
      </td>
      <td className={styles.count}>{waiting === 0 ? t.board.noEstimate : t.board.minutes(wholeMinutes(longestMs))}</td>
      <td className={styles.count}>
        {estimate === null
          ? t.board.noEstimate
          : t.board.range(wholeMinutes(estimate.fromMs), Math.ceil(estimate.toMs / 60_000))}
      </td>
      <td className={styles.count}>
        <LinkFigure
          label={`${name} ${t.board.heldShort} ${held}`}
          value={held}
          onOpen={() => onOpen({ tab: 'tickets', filter: { queue, state: 'HELD' } })}
        />
      </td>
      <td className={`${styles.count} ${open === 0 && waiting > 0 ? styles.bad : ''}`}>
        {t.board.openOf(open, windows)}
      </td>
      <td className={styles.acts}>
        <Issuing row={row} name={name} isClosing={isClosing} onOrder={onOrder} />
      </td>
    </tr>
  );
}

interface IssuingProps {
  row: Row;
  name: string;
  isClosing: boolean;
  onOrder(order: IssueOrder): void;
}

/** Whether the queue gives numbers, and the one order that would change it. */
function Issuing({ row: { queue, stop, isStoppedByRule }, name, isClosing, onOrder }: IssuingProps) {
  if (isClosing) return null;
  const kind = stop !== null ? 'resume' : isStoppedByRule ? 'open' : 'stop';
  const words = { resume: t.board.resume, open: t.board.keepOpen, stop: t.board.stop }[kind];
  const said = stop === null ? null : stop.force === 'stopped' ? t.board.stopped : t.board.forced;
  return (
    <>
      <span className={styles.stopped} title={stop?.reason}>
        {said ?? (isStoppedByRule ? t.board.stoppedByRule : null)}
      </span>
      <Button size="small" aria-label={`${words} ${name}`} onClick={() => onOrder({ kind, queue })}>
        {words}
      </Button>
    </>
  );
}

/** A figure in a table that opens the list behind it; nought opens nothing. */
function LinkFigure({ label, value, onOpen }: { label: string; value: number; onOpen(): void }) {
  if (value === 0) return <span className={styles.nought}>{value}</span>;
  return (
    <button type="button" className={styles.link} aria-label={label} onClick={onOpen}>
      {value}
    </button>
  );
}
