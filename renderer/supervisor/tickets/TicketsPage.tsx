import { useCallback, useEffect, useState } from 'react';
import type { MethodOutput } from '../../../contract/rpc.ts';
import { QUEUES, type Queue } from '../../../domain/queue/ticketTypes.ts';
import { useApp } from '../../app/app.ts';
import { useNow } from '../../app/clock.ts';
import { isDay } from '../../app/days.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import { localDay, localTime } from '../../app/format.ts';
import staffStyles from '../../staff/Staff.module.css';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import hallStyles from '../hall/Hall.module.css';
import type { TicketFilter } from '../hall/open.ts';
import { useLiveHall } from '../hall/useBoard.ts';
import { TicketDialog } from './TicketDialog.tsx';
import styles from './Tickets.module.css';

type Row = MethodOutput<'board.tickets'>['rows'][number];
type State = NonNullable<TicketFilter['state']>;

const STATES = Object.keys(t.boardTickets.states) as State[];

interface TicketsPageProps {
  /** Of the figure that led here. */
  filter: TicketFilter;
  ticketId: string | null;
}

/** Every number of a day: found by number, queue, state or window; one opens its story. */
export function TicketsPage({ filter: asked, ticketId }: TicketsPageProps) {
  const { client } = useApp();
  const today = localDay(useNow());
  const [day, setDay] = useState(today);
  const [filter, setFilter] = useState(asked);
  const [open, setOpen] = useState(ticketId);
  useEffect(() => {
    setFilter(asked);
    setOpen(ticketId);
    setDay(today);
  }, [asked, ticketId, today]);
  const load = useCallback(
    () => client.call('board.tickets', { ...filter, ...(day !== today && isDay(day) && { day }) }),
    [client, filter, day, today],
  );
  const { value, failure } = useLiveHall(load);
  const change = (part: TicketFilter): void => setFilter((before) => withoutEmpty({ ...before, ...part }));
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.boardTickets.title}</h1>
      <Filters day={day} filter={filter} onDay={setDay} onChange={change} />
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null && failure === null ? <Skeleton label={t.oversight.reading} /> : null}
      {value?.total === 0 ? (
        <p className={staffStyles.empty}>
          <strong>{t.boardTickets.empty}</strong>
          {t.boardTickets.emptyHow}
        </p>
      ) : null}
      {value && value.total > 0 ? (
        <>
          <div className={styles.tools}>
            <span className={styles.count}>{t.boardTickets.sum(value.rows.length, value.total)}</span>
            <Export day={isDay(day) ? day : today} />
          </div>
          <Table rows={value.rows} onOpen={setOpen} />
        </>
      ) : null}
      {open === null ? null : <TicketDialog ticketId={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** A field that is emptied asks for everything. */
function withoutEmpty(filter: TicketFilter): TicketFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}

interface FiltersProps {
  day: string;
  filter: TicketFilter;
  onDay(day: string): void;
  onChange(part: { [K in keyof TicketFilter]?: TicketFilter[K] | '' }): void;
}

function Filters({ day, filter, onDay, onChange }: FiltersProps) {
  const all = { value: '' as const, text: t.boardTickets.all };
  return (
    <div className={styles.tools}>
      <TextField
        className={styles.short ?? ''}
        label={t.boardTickets.day}
        inputMode="numeric"
        maxLength={10}
        value={day}
        onChange={(event) => onDay(event.target.value)}
        {...(isDay(day) ? {} : { tone: 'bad' as const, below: t.oversight.badDay })}
      />
      <TextField
        className={styles.short ?? ''}
        label={t.boardTickets.number}
        placeholder={t.boardTickets.numberHint}
        maxLength={8}
        value={filter.number ?? ''}
        onChange={(event) => onChange({ number: event.target.value.trim() })}
      />
      <SelectField<Queue | ''>
        label={t.boardTickets.queue}
        value={filter.queue ?? ''}
        options={[all, ...QUEUES.map((value) => ({ value, text: t.board.queueOf(value) }))]}
        onChange={(queue) => onChange({ queue })}
      />
      <SelectField<State | ''>
        label={t.boardTickets.state}
        value={filter.state ?? ''}
        options={[all, ...STATES.map((value) => ({ value, text: t.boardTickets.states[value] }))]}
        onChange={(state) => onChange({ state })}
      />
      <WindowField terminal={filter.terminal ?? ''} onChange={(terminal) => onChange({ terminal })} />
    </div>
  );
}

function WindowField({ terminal, onChange }: { terminal: string; onChange(terminal: string): void }) {
  const { client } = useApp();
  const load = useCallback(() => client.call('board.plan', {}), [client]);
  const { value } = useLiveHall(load);
  const windows = value?.plan.windows ?? [];
  return (
    <SelectField<string>
      label={t.boardTickets.window}
      value={terminal}
      options={[
        { value: '', text: t.boardTickets.all },
        ...windows.map((each) => ({ value: each.terminal, text: t.board.windowOf(each.number) })),
      ]}
      onChange={onChange}
    />
  );
}

function Table({ rows, onOpen }: { rows: readonly Row[]; onOpen(id: string): void }) {
  const time = (instant: string | null): string => (instant === null ? '' : localTime(instant));
  return (
    <table className={staffStyles.table}>
      <thead>
        <tr>
          <th scope="col">{t.boardTickets.number}</th>
          <th scope="col">{t.boardTickets.queue}</th>
          <th scope="col">{t.boardTickets.class}</th>
          <th scope="col">{t.boardTickets.state}</th>
          <th scope="col">{t.boardTickets.taken}</th>
          <th scope="col">{t.boardTickets.called}</th>
          <th scope="col">{t.boardTickets.finished}</th>
          <th scope="col">{t.boardTickets.window}</th>
          <th scope="col" className={styles.right}>
            {t.boardTickets.waited}
          </th>
          <th scope="col" className={styles.right}>
            {t.boardTickets.served}
          </th>
          <th scope="col">{t.boardTickets.pickup}</th>
          <th scope="col" className={styles.right}>
            {t.boardTickets.cases}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" className={styles.number}>
              <button
                type="button"
                className={hallStyles.link}
                aria-label={t.boardTickets.open(row.number)}
                onClick={() => onOpen(row.id)}
              >
                {row.number}
              </button>
              {row.doubts > 0 ? (
                <span className={styles.over}>
                  {' '}
                  <Icon name="warning" /> {t.boardTickets.doubted}
                </span>
              ) : null}
            </th>
            <td>{t.board.queues[row.queue]}</td>
            <td>{t.board.classes[row.class]}</td>
            <td>{t.board.ticketStates[row.state]}</td>
            <td className={styles.number}>{time(row.takenAt)}</td>
            <td className={styles.number}>{time(row.calledAt)}</td>
            <td className={styles.number}>{time(row.finishedAt)}</td>
            <td className={styles.number}>{row.window === null ? '' : t.board.windowNumber(row.window)}</td>
            <td className={styles.right}>{t.board.spent(row.waitMs)}</td>
            <td className={styles.right}>{row.serviceMs === null ? '' : t.board.spent(row.serviceMs)}</td>
            <td>{row.pickup === null ? '' : t.boardTickets.pickups[row.pickup]}</td>
            <td className={styles.right}>{row.cases === 0 ? '' : row.cases}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Export({ day }: { day: string }) {
  const { client } = useApp();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<MethodOutput<'board.export'> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      setDone(await client.call('board.export', { day }));
    } catch (error) {
      setFailure(toFailure(error));
    }
    setBusy(false);
  };
  return (
    <>
      {failure ? <FailureNotice failure={failure} /> : null}
      <span className={`${styles.count} ${styles.end}`} role="status">
        {done === null
          ? null
          : done.removable
            ? t.boardTickets.exportedStick(done.rows, done.file)
            : t.boardTickets.exported(done.rows, done.file)}
      </span>
      <Button size="small" aria-busy={busy} onClick={() => void save()}>
        {t.boardTickets.export}
      </Button>
    </>
  );
}
