import { useState } from 'react';
import type { PlannedWindow } from '../../../domain/queue/hallTypes.ts';
import { QUEUES, type Queue } from '../../../domain/queue/ticketTypes.ts';
import staffStyles from '../../staff/Staff.module.css';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Plan.module.css';

interface WindowTableProps {
  windows: readonly PlannedWindow[];
  onChange(windows: PlannedWindow[]): void;
}

/** One row for each window; the order in which its queues are pressed is the order in which they are served. */
export function WindowTable({ windows, onChange }: WindowTableProps) {
  // Rows have no id of their own while they are typed: what is typed in one stays with it when another is removed.
  const [keys, setKeys] = useState(() => windows.map((_, at) => at));
  const change = (index: number, part: Partial<PlannedWindow>): void =>
    onChange(windows.map((window, at) => (at === index ? { ...window, ...part } : window)));
  return (
    <section aria-label={t.boardPlan.windows}>
      <h2 className={styles.title}>
        {t.boardPlan.windows}
        <span className={styles.muted}>{t.boardPlan.queuesRule}</span>
      </h2>
      <table className={`${staffStyles.table} ${styles.dense}`}>
        <thead>
          <tr>
            <th scope="col">{t.boardPlan.number}</th>
            <th scope="col">{t.boardPlan.terminal}</th>
            <th scope="col">{t.boardPlan.floor}</th>
            <th scope="col">{t.boardPlan.queues}</th>
            <th scope="col">{t.boardPlan.green}</th>
            <th scope="col">{t.boardPlan.zone}</th>
            <th scope="col">
              <span className="visually-hidden">{t.boardPlan.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window, index) => (
            <WindowRow
              key={keys[index]}
              window={window}
              onChange={(part) => change(index, part)}
              onRemove={() => {
                setKeys(keys.filter((_, at) => at !== index));
                onChange(windows.filter((_, at) => at !== index));
              }}
            />
          ))}
        </tbody>
      </table>
      <div className={styles.under}>
        <Button
          size="small"
          onClick={() => {
            setKeys([...keys, Math.max(-1, ...keys) + 1]);
            onChange([...windows, nextWindow(windows)]);
          }}
        >
          {t.boardPlan.add}
        </Button>
      </div>
    </section>
  );
}

/** Beside the last one, with the next number. */
function nextWindow(windows: readonly PlannedWindow[]): PlannedWindow {
  const number = Math.max(0, ...windows.map((each) => each.number).filter(Number.isInteger)) + 1;
  const last = windows.at(-1);
  return {
    terminal: `W${String(number).padStart(2, '0')}`,
    number,
    floor: last?.floor ?? 2,
    queues: last?.queues ?? ['B'],
    green: false,
    zone: last?.zone ?? 'floor-2',
  };
}

interface WindowRowProps {
  window: PlannedWindow;
  onChange(part: Partial<PlannedWindow>): void;
  onRemove(): void;
}

function WindowRow({ window, onChange, onRemove }: WindowRowProps) {
  const { number, terminal, floor, queues, green, zone } = window;
  const name = Number.isNaN(number) ? terminal : String(number);
  const field = (label: string) => t.boardPlan.fieldOf(label, name);
  return (
    <tr>
      <td>
        <NumberInput label={field(t.boardPlan.number)} value={number} onChange={(next) => onChange({ number: next })} />
      </td>
      <td>
        <input
          className={styles.input}
          aria-label={field(t.boardPlan.terminal)}
          maxLength={3}
          value={terminal}
          onChange={(event) => onChange({ terminal: event.target.value.toUpperCase().trim() })}
        />
      </td>
      <td>
        <NumberInput label={field(t.boardPlan.floor)} value={floor} onChange={(next) => onChange({ floor: next })} />
      </td>
      <td>
        <div className={styles.queues}>
          {QUEUES.map((queue) => (
            <QueueToggle
              key={queue}
              queue={queue}
              place={queues.indexOf(queue) + 1}
              window={name}
              onPress={() =>
                onChange({
                  queues: queues.includes(queue) ? queues.filter((each) => each !== queue) : [...queues, queue],
                })
              }
            />
          ))}
        </div>
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={t.boardPlan.greenOf(name)}
          checked={green}
          onChange={(event) => onChange({ green: event.target.checked })}
        />
      </td>
      <td>
        <input
          className={`${styles.input} ${styles.zone}`}
          aria-label={field(t.boardPlan.zone)}
          maxLength={40}
          value={zone}
          onChange={(event) => onChange({ zone: event.target.value.trim() })}
        />
      </td>
      <td>
        <Button size="small" look="plain" aria-label={t.boardPlan.removeOf(name)} onClick={onRemove}>
          {t.boardPlan.remove}
        </Button>
      </td>
    </tr>
  );
}

function NumberInput({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  return (
    <input
      className={`${styles.input} ${styles.small}`}
      aria-label={label}
      inputMode="numeric"
      maxLength={2}
      value={Number.isNaN(value) ? '' : String(value)}
      onChange={(event) => {
        const text = event.target.value.replaceAll(/\D/g, '');
        onChange(text === '' ? Number.NaN : Number(text));
      }}
    />
  );
}

interface QueueToggleProps {
  queue: Queue;
  /** From 1; 0: not served here. */
  place: number;
  window: string;
  onPress(): void;
}

function QueueToggle({ queue, place, window, onPress }: QueueToggleProps) {
  return (
    <button
      type="button"
      className={styles.queue}
      title={t.board.queues[queue]}
      aria-pressed={place > 0}
      onClick={onPress}
    >
      <span className="visually-hidden">{t.boardPlan.servesAt(window)}</span>
      {queue}
      <span className="visually-hidden">{t.board.queues[queue]}</span>
      {place > 0 ? (
        <>
          <span className="visually-hidden">{t.boardPlan.place}</span>
          <sup>{place}</sup>
        </>
      ) : null}
    </button>
  );
}
