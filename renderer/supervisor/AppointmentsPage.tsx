import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { type DaySpan, isDay, shiftDay } from '../app/days.ts';
import { localDay, localTime } from '../app/format.ts';
import { PaperDialog } from '../papers/PaperDialog.tsx';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import { useLiveHall } from './hall/useBoard.ts';
import styles from './tickets/Tickets.module.css';

type Row = MethodOutput<'board.appointments'>['rows'][number];
type Act = { kind: 'miss' | 'cancel'; row: Row };

const WEEK_DAYS = 6;

/** 预约 (domain.md §3.8): who comes today and in the next days, found by code or phone; home visits apart. */
export function AppointmentsPage() {
  const { client } = useApp();
  const today = localDay(useNow());
  const [span, setSpan] = useState<DaySpan>({ from: today, to: today });
  const [find, setFind] = useState('');
  const [act, setAct] = useState<Act | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  const isSpan = isDay(span.from) && isDay(span.to) && span.from <= span.to;
  const text = find.trim();
  const load = useCallback(
    () => client.call('board.appointments', { ...span, ...(text !== '' && { find: text }) }),
    [client, span, text],
  );
  const { value, failure } = useLiveHall(isSpan ? load : null);
  const rows = value?.rows ?? [];
  const visits = rows.filter(({ record }) => record.visit !== undefined);
  const atHall = rows.filter(({ record }) => record.visit === undefined);
  const isOneDay = span.from === span.to;
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.boardAppointments.title}</h1>
      <div className={styles.tools}>
        <Button aria-pressed={span.from === today && isOneDay} onClick={() => setSpan({ from: today, to: today })}>
          {t.boardAppointments.spans.today}
        </Button>
        <Button
          aria-pressed={span.from === today && !isOneDay}
          onClick={() => setSpan({ from: today, to: shiftDay(today, WEEK_DAYS) })}
        >
          {t.boardAppointments.spans.week}
        </Button>
        <DayField label={t.boardAppointments.from} day={span.from} onChange={(from) => setSpan({ ...span, from })} />
        <DayField label={t.boardAppointments.to} day={span.to} onChange={(to) => setSpan({ ...span, to })} />
        <TextField
          label={t.boardAppointments.find}
          placeholder={t.boardAppointments.findHint}
          inputMode="numeric"
          maxLength={20}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        {rows.length > 0 && isOneDay ? (
          <Button className={styles.end ?? ''} onClick={() => setPrinting(true)}>
            {t.boardAppointments.print}
          </Button>
        ) : null}
      </div>
      {isSpan ? null : (
        <p className={styles.over} role="status">
          {t.oversight.badDay}
        </p>
      )}
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null && failure === null && isSpan ? <Skeleton label={t.oversight.reading} /> : null}
      {value && rows.length === 0 ? (
        <p className={staffStyles.empty}>
          <strong>{text === '' ? t.boardAppointments.empty : t.boardAppointments.notFound}</strong>
          {text === '' ? t.boardAppointments.emptyHow : null}
        </p>
      ) : null}
      {rows.length > 0 ? <span className={styles.count}>{t.boardAppointments.sum(rows.length)}</span> : null}
      <List title={t.boardAppointments.atHall} rows={atHall} withDay={!isOneDay} onAct={setAct} />
      <List title={t.boardAppointments.visits} rows={visits} withDay={!isOneDay} onAct={setAct} />
      {act === null ? null : <AppointmentDialog act={act} onClose={() => setAct(null)} />}
      {isPrinting ? (
        <PaperDialog
          client={client}
          target={{ of: 'appointments', day: span.from }}
          onPrinted={() => {}}
          onClose={() => setPrinting(false)}
        />
      ) : null}
    </div>
  );
}

function DayField({ label, day, onChange }: { label: string; day: string; onChange(day: string): void }) {
  return (
    <TextField
      className={styles.short ?? ''}
      label={label}
      inputMode="numeric"
      maxLength={10}
      value={day}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface ListProps {
  title: string;
  rows: readonly Row[];
  withDay: boolean;
  onAct(act: Act): void;
}

function List({ title, rows, withDay, onAct }: ListProps) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <table className={staffStyles.table}>
        <thead>
          <tr>
            <th scope="col">{t.boardAppointments.slot}</th>
            <th scope="col">{t.boardAppointments.code}</th>
            <th scope="col">{t.boardAppointments.who}</th>
            <th scope="col">{t.boardAppointments.phone}</th>
            <th scope="col">{t.boardAppointments.item}</th>
            <th scope="col">{t.boardAppointments.source}</th>
            <th scope="col">{t.boardAppointments.state}</th>
            <th scope="col">
              <span className="visually-hidden">{t.boardAppointments.cancel}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AppointmentRow key={row.record.id} row={row} withDay={withDay} onAct={onAct} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AppointmentRow({ row, withDay, onAct }: { row: Row; withDay: boolean; onAct(act: Act): void }) {
  const [isShown, setShown] = useState(false);
  const { record, itemName, nameMasked, phoneMasked, ticketNumber, isLate, staffNames } = row;
  const { slot, code, day, state, source, visit } = record;
  const hours = `${localTime(slot.from)}–${localTime(slot.to)}`;
  return (
    <tr>
      <td className={styles.number}>{withDay ? `${day} ${hours}` : hours}</td>
      <th scope="row" className={styles.number}>
        {code}
      </th>
      <td>
        {isShown ? record.name : nameMasked}
        {visit ? (
          <>
            <br />
            {[t.boardAppointments.visitReasons[visit.reasonClass], isShown ? visit.address : null]
              .filter(Boolean)
              .join(t.separator)}
            <br />
            {t.boardAppointments.visitLine(staffNames.join(t.listSeparator), visit.terminal)}
          </>
        ) : null}
      </td>
      <td className={styles.number}>
        {isShown ? record.phone : phoneMasked}{' '}
        <Button
          size="small"
          look="plain"
          aria-pressed={isShown}
          aria-label={`${t.boardAppointments.phoneOf} ${code}`}
          onClick={() => setShown((shown) => !shown)}
        >
          <Icon name="eye" />
        </Button>
      </td>
      <td>{itemName}</td>
      <td>{t.boardAppointments.sources[source]}</td>
      <td className={isLate ? styles.over : ''}>
        {isLate ? (
          <>
            <Icon name="warning" /> {t.boardAppointments.late}
          </>
        ) : (
          t.boardAppointments.states[state]
        )}
        {ticketNumber === null ? null : ` ${t.boardAppointments.ticket(ticketNumber)}`}
      </td>
      <td className={styles.right}>
        {state !== 'booked' ? null : isLate ? (
          <Button
            size="small"
            aria-label={t.boardAppointments.missTitle(code)}
            onClick={() => onAct({ kind: 'miss', row })}
          >
            {t.boardAppointments.miss}
          </Button>
        ) : (
          <Button
            size="small"
            aria-label={t.boardAppointments.cancelTitle(code)}
            onClick={() => onAct({ kind: 'cancel', row })}
          >
            {t.boardAppointments.cancel}
          </Button>
        )}
      </td>
    </tr>
  );
}

function AppointmentDialog({ act: { kind, row }, onClose }: { act: Act; onClose(): void }) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  const { id, code } = row.record;
  const text = reason.trim();
  return (
    <AskDialog
      title={t.boardAppointments[`${kind}Title`](code)}
      effect={t.boardAppointments[`${kind}Effect`]}
      go={t.boardAppointments.go[kind]}
      missing={kind === 'cancel' && text === '' ? t.board.needReason : null}
      onGo={(commandId) =>
        client.call('board.act', {
          commandId,
          command:
            kind === 'miss'
              ? { kind: 'miss-appointment', appointment: id }
              : { kind: 'cancel-appointment', appointment: id, reason: text },
        })
      }
      onClose={onClose}
      isPlain={kind === 'miss'}
    >
      <p>{[row.nameMasked, row.itemName].join(t.separator)}</p>
      {kind === 'cancel' ? (
        <ReasonChoice
          label={t.board.reason}
          reasons={t.boardAppointments.cancelReasons}
          value={reason}
          onChange={setReason}
          isDefault
        />
      ) : null}
    </AskDialog>
  );
}
