import { type KeyboardEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { QUEUES, type Queue } from '../../../domain/queue/ticketTypes.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import acts from '../acts/Acts.module.css';
import dialogs from '../dialogs/Dialogs.module.css';
import { useWorkspace } from '../workspace.ts';
import {
  type Column,
  EMPTY_ROW,
  isEmptyRow,
  queueOfNumber,
  readNumber,
  readRows,
  type TypedRow,
} from './catchUpRows.ts';
import styles from './Queue.module.css';

const COLUMNS = ['number', 'queue', 'taken', 'called', 'finished'] as const satisfies readonly Column[];

/** As many as one page of the roll; more come as they are typed. */
const FIRST_ROWS = 5;
/** Of one command (contract/queue.ts). */
const MAX_ROWS = 100;

/** Rows have no identity but their place on the roll. */
const emptyRow = (place: number): TypedRow & { place: number } => ({ ...EMPTY_ROW, place });
const firstRows = () => Array.from({ length: FIRST_ROWS }, (_, place) => emptyRow(place));

/** The paper roll, entered afterwards: Enter goes to the next cell, Ctrl+Enter sends. */
export function CatchUpDialog() {
  const { desk, closeOverlay } = useWorkspace();
  const grid = useRef<HTMLTableElement>(null);
  const [rows, setRows] = useState(firstRows);
  const [isTried, setTried] = useState(false);
  const [done, setDone] = useState<{ count: number; doubted: string[] } | null>(null);
  const busy = useStore(desk.queue, (state) => state.busy);
  const said = useStore(desk.queue, (state) => state.said);
  const own = useStore(desk.queue, ({ state }) =>
    state?.windows.find(({ terminal }) => terminal === state.window?.terminal),
  );
  const usual = own?.queues[0] ?? 'A';
  const words = t.queue.catchUpDialog;
  const read = readRows(rows, usual, new Date().toISOString());

  const change = (index: number, part: Partial<TypedRow>): void => {
    setDone(null);
    setRows((before) => {
      const next = before.map((row, at) => (at === index ? { ...row, ...part } : row));
      const last = next.at(-1);
      return last && !isEmptyRow(last) && next.length < MAX_ROWS ? [...next, emptyRow(next.length)] : next;
    });
  };
  const focusCell = (row: number, column: number): void => {
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus();
  };
  const send = async (): Promise<void> => {
    setTried(true);
    const [bad] = read.problems;
    if (bad) {
      const [row, { column }] = bad;
      focusCell(row, COLUMNS.indexOf(column));
      return;
    }
    if (busy || read.rows.length === 0) return;
    const doubted = await desk.queue.getState().catchUp(read.rows);
    if (doubted === null) return;
    setDone({ count: read.rows.length, doubted });
    setRows(firstRows());
    setTried(false);
    focusCell(0, 0);
  };
  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    if (event.key === 'Enter' && event.ctrlKey) void send();
    else if (event.key === 'Enter') {
      const isLast = column === COLUMNS.length - 1;
      // The queue is asked only where the letter says none.
      const skip = column === 0 && queueOfNumber(readNumber(rows[row]?.number ?? '')) !== null ? 2 : 1;
      focusCell(isLast ? row + 1 : row, isLast ? 0 : column + skip);
    } else if (event.key === 'ArrowDown' && column !== 1) focusCell(row + 1, column);
    else if (event.key === 'ArrowUp' && column !== 1) focusCell(row - 1, column);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      title={words.title}
      className={acts.wide}
      onClose={closeOverlay}
      actions={
        <>
          <p className={acts.why} role="status">
            {done === null ? null : done.doubted.length === 0 ? (
              words.done(done.count)
            ) : (
              <>
                <Icon name="warning" />
                {words.doubted(done.doubted.join(t.listSeparator))}
              </>
            )}
          </p>
          <Button keyName={t.keys.esc} onClick={closeOverlay}>
            {words.close}
          </Button>
          <Button
            look={read.rows.length > 0 && read.problems.size === 0 ? 'primary' : 'waiting'}
            keyName={words.ctrlEnter}
            aria-busy={busy}
            onClick={() => void send()}
          >
            {busy ? t.acts.doing : words.count(read.rows.length)}
          </Button>
        </>
      }
    >
      <p className={dialogs.effect}>{words.how}</p>
      {said?.kind === 'failed' ? <FailureNotice failure={said.failure} /> : null}
      <div className={styles.grid}>
        <table className={styles.table} ref={grid}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {words[column]}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const problem = isTried ? read.problems.get(index) : undefined;
              const known = queueOfNumber(readNumber(row.number));
              return (
                <tr key={row.place}>
                  {COLUMNS.map((column, at) => (
                    <td key={column}>
                      {column === 'queue' ? (
                        <select
                          data-cell={`${index}-${at}`}
                          aria-label={words.of(index + 1, words.queue)}
                          value={row.queue ?? known ?? usual}
                          tabIndex={known === null ? 0 : -1}
                          onKeyDown={(event) => onKeyDown(event, index, at)}
                          onChange={(event) => change(index, { queue: event.target.value as Queue })}
                        >
                          {QUEUES.map((queue) => (
                            <option key={queue}>{queue}</option>
                          ))}
                        </select>
                      ) : (
                        <input
                          data-cell={`${index}-${at}`}
                          aria-label={words.of(index + 1, words[column])}
                          aria-invalid={problem?.column === column}
                          autoComplete="off"
                          spellCheck={false}
                          maxLength={6}
                          value={row[column]}
                          {...(index === 0 && at === 0 && { 'data-default': true })}
                          onKeyDown={(event) => onKeyDown(event, index, at)}
                          onChange={(event) => change(index, { [column]: event.target.value })}
                        />
                      )}
                    </td>
                  ))}
                  <td className={styles.problem}>{problem ? words.problems[problem.problem] : null}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
