import { type KeyboardEvent, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { CaseSummary } from '../../contract/rpc.ts';
import { useNow } from '../app/clock.ts';
import { shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Chip, FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './CaseList.module.css';
import { groupRows } from './casesStore.ts';
import { useClockRules } from './clockRules.ts';
import { DueMark } from './parts/DueMark.tsx';
import { Drafts } from './queue/Drafts.tsx';
import { type ListGroup, OtherPickups, PickupCall, withPickups } from './queue/Pickups.tsx';
import { useForm } from './useForm.ts';
import { useWorkspace } from './workspace.ts';

export const PLACES: Record<CaseSummary['place'], { icon: IconName; tone: 'plain' | 'calm' | 'over' }> = {
  here: { icon: 'here', tone: 'plain' },
  hall: { icon: 'here', tone: 'plain' },
  centre: { icon: 'centre', tone: 'calm' },
  rejected: { icon: 'returned', tone: 'over' },
};

export function CaseList() {
  const workspace = useWorkspace();
  const filter = useStore(workspace.cases, (state) => state.filter);
  return (
    <nav className={styles.rail} aria-label={t.cases.title}>
      <button
        type="button"
        className={styles.find}
        aria-keyshortcuts="Control+K"
        onClick={() => workspace.view.setState({ overlay: 'find' })}
      >
        <Icon name="find" />
        {t.cases.find}
        <kbd>{t.keys.ctrlK}</kbd>
      </button>
      <InHand />
      <Drafts />
      <div className={styles.tabs}>
        {(['open', 'all'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter === name}
            onClick={() => workspace.cases.getState().setFilter(name)}
          >
            {name === 'open' ? t.cases.today : t.cases.all}
          </button>
        ))}
      </div>
      <Rows />
    </nav>
  );
}

/** The form in hand: always the first row, so that leaving it for a case never hides it. */
function InHand() {
  const workspace = useWorkspace();
  const form = useStore(workspace.form, (state) => state.form);
  const shown = useStore(workspace.view, (state) => state.view);
  const { item } = useForm();
  const holder = form.parties[0]?.name ?? (form.fields['seal.authority'] || undefined);
  const empty = !item && holder === undefined;
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={shown === 'form' ? 'page' : undefined}
      onClick={() => workspace.showForm()}
    >
      <span className={styles.top}>
        <span className={styles.name}>{empty ? t.cases.inHandEmpty : (holder ?? t.cases.noHolder)}</span>
        {empty ? null : <Chip>{t.cases.inHand}</Chip>}
      </span>
      {empty ? null : <span className={styles.sub}>{item?.name ?? t.cases.noItem}</span>}
    </button>
  );
}

function Rows() {
  const workspace = useWorkspace();
  const filter = useStore(workspace.cases, (state) => state.filter);
  const rows = useStore(workspace.cases, (state) => (state.filter === 'open' ? state.mine : state.rows));
  const total = useStore(workspace.cases, (state) => state.total);
  const failure = useStore(workspace.cases, (state) => state.failure);
  const pickups = useStore(workspace.desk.queue, ({ state }) => state?.pickups);
  const groups = useMemo(
    () => (filter === 'open' ? withPickups(groupRows(rows ?? []), pickups ?? []) : null),
    [rows, filter, pickups],
  );
  if (rows === null) {
    return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.cases.list} />;
  }
  if (groups ? groups.length === 0 : rows.length === 0) {
    return (
      <p className={styles.empty}>
        {filter === 'open' ? t.cases.emptyOpen : t.cases.emptyAll}
        <span>{t.cases.emptyHow}</span>
      </p>
    );
  }
  return (
    <>
      <ul className={styles.list} aria-label={t.cases.list} onKeyDown={moveByArrows}>
        {groups
          ? groups.map((each) => <Group key={each.group} {...each} />)
          : rows.map((row) => <Row key={row.id} row={row} marked={false} />)}
      </ul>
      <p className={styles.count}>{t.cases.count(rows.length, filter === 'all' ? total : rows.length)}</p>
    </>
  );
}

/** 在办 4, 待取证 2 …: what ended today is folded away until it is asked for. */
function Group({ group, rows, others }: ListGroup) {
  const [isOpen, setOpen] = useState(group !== 'closed');
  return (
    <li>
      <h3 className={styles.groupHead} data-group={group}>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {group === 'notice' ? <Icon name="warning" /> : null}
          <span>{t.groups[group]}</span>
          <b>{rows.length + others.length}</b>
        </button>
      </h3>
      {isOpen ? (
        <ul>
          <OtherPickups tickets={others} />
          {rows.map((row) => (
            <Row key={row.id} row={row} marked={group !== 'notice'} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Row({ row, marked }: { row: CaseSummary; marked: boolean }) {
  const workspace = useWorkspace();
  const now = useNow();
  const rules = useClockRules();
  const isCurrent = useStore(workspace.cases, (state) => state.current?.record.id === row.id);
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-row
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => void workspace.openCase(row.id)}
      >
        <span className={styles.top}>
          <span className={styles.name}>{row.holder}</span>
          {marked ? <DueMark row={row} rules={rules} now={now} /> : null}
          <span className={styles.time}>{shortMoment(row.acceptedAt, now)}</span>
        </span>
        <span className={styles.sub}>
          <span className={styles.item}>{row.itemName}</span>
          <Chip icon={PLACES[row.place].icon} tone={PLACES[row.place].tone} title={t.cases.placeFull[row.place]}>
            {t.cases.place[row.place]}
          </Chip>
        </span>
      </button>
      <PickupCall caseId={row.id} />
    </li>
  );
}

/** ↑ ↓ from row to row, over the headings. */
function moveByArrows(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (event.altKey || event.ctrlKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
