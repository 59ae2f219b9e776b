import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PlannedVisit } from '../../../contract/rpc/visits.ts';
import { useNow } from '../../app/clock.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import { localDay, localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import acts from '../acts/Acts.module.css';
import dialogs from '../dialogs/Dialogs.module.css';
import { isUntouched } from '../form/formState.ts';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';

/** The home visits this laptop goes along to. Arrows choose, Enter begins a case there. */
export function VisitsDialog() {
  const workspace = useWorkspace();
  const { app, form, closeOverlay } = workspace;
  const [rows, setRows] = useState<readonly PlannedVisit[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [at, setAt] = useState(0);
  const hasForm = !useStore(form, (state) => isUntouched(state.form));
  const words = t.queue.visits;
  const chosen = rows?.[at];
  const why = hasForm ? words.formBegun : chosen && chosen.contact === null ? words.ofOthers : null;

  useEffect(() => {
    app.client.call('visits.planned', {}).then(
      (answer) => setRows(answer.rows),
      (error: unknown) => setFailure(toFailure(error)),
    );
  }, [app]);

  const begin = (): void => {
    if (chosen && why === null) workspace.beginVisit(chosen);
  };
  return (
    <Dialog
      title={words.title}
      className={acts.wide}
      onClose={closeOverlay}
      actions={
        <>
          <p className={acts.why} role="status">
            {why}
          </p>
          <Button keyName={t.keys.esc} onClick={closeOverlay}>
            {words.close}
          </Button>
          <Button
            look={chosen && why === null ? 'primary' : 'waiting'}
            keyName={t.keys.enter}
            aria-disabled={!chosen || why !== null}
            onClick={begin}
          >
            {words.go}
          </Button>
        </>
      }
    >
      <p className={dialogs.effect}>{words.how}</p>
      {failure ? <FailureNotice failure={failure} /> : null}
      {rows === null && failure === null ? <Skeleton label={words.reading} /> : null}
      {rows?.length === 0 ? <p>{words.empty}</p> : null}
      {rows && rows.length > 0 ? <Visits rows={rows} at={at} onMove={setAt} onBegin={begin} /> : null}
    </Dialog>
  );
}

interface VisitsProps {
  rows: readonly PlannedVisit[];
  at: number;
  onMove(at: number): void;
  onBegin(): void;
}

function Visits({ rows, at, onMove, onBegin }: VisitsProps) {
  const id = useId();
  const today = localDay(useNow());
  const list = useRef<HTMLDivElement>(null);
  // They are read when the dialog has its focus already.
  useEffect(() => list.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') onMove(Math.min(rows.length - 1, at + 1));
    else if (event.key === 'ArrowUp') onMove(Math.max(0, at - 1));
    else if (event.key === 'Enter') onBegin();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={`${styles.backs} ${styles.homes}`}
      role="listbox"
      aria-label={t.queue.visits.title}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <div
          key={row.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          ref={(element) => {
            if (index === at) element?.scrollIntoView({ block: 'nearest' });
          }}
          onPointerDown={() => onMove(index)}
          onDoubleClick={onBegin}
        >
          <Visit row={row} isToday={row.day === today} />
        </div>
      ))}
    </div>
  );
}

function Visit({ row, isToday }: { row: PlannedVisit; isToday: boolean }) {
  const { day, slot, address, itemCode, itemName, staffNames, reasonClass, contact, isDone } = row;
  const words = t.queue.visits;
  const about = [t.boardAppointments.visitReasons[reasonClass], ...(contact ? [contact.name, contact.phone] : [])];
  return (
    <>
      <span>
        <strong>{isToday ? words.today : day}</strong>
        <br />
        {`${localTime(slot.from)}–${localTime(slot.to)}`}
      </span>
      <span>
        <strong>{address}</strong>
        <br />
        {[`${itemCode} ${itemName}`, ...about].join(t.separator)}
      </span>
      <span className={styles.backKind}>
        {staffNames.join(t.listSeparator)}
        <br />
        {isDone ? words.done : null}
      </span>
    </>
  );
}
