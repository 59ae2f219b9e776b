import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CaseSummary } from '../../contract/rpc.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { useNow } from '../app/clock.ts';
import { localDay, shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Chip, FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './CaseList.module.css';
import { rowsFor } from './casesStore.ts';
import { useClockRules } from './clockRules.ts';
import { DueMark } from './parts/DueMark.tsx';
import { useWorkspace } from './workspace.ts';

export const PLACES: Record<CaseSummary['place'], { icon: IconName; tone: 'plain' | 'calm' | 'over' }> = {
  here: { icon: 'here', tone: 'plain' },
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
      <div className={styles.tabs}>
        {(['open', 'all'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter === name}
            onClick={() => workspace.cases.getState().setFilter(name)}
          >
            {t.cases[name]}
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
  const item = findItem(form.itemCode);
  const holder = form.parties[0]?.name;
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
  const now = useNow();
  const rules = useClockRules();
  const rows = useStore(workspace.cases, (state) => state.rows);
  const total = useStore(workspace.cases, (state) => state.total);
  const failure = useStore(workspace.cases, (state) => state.failure);
  const filter = useStore(workspace.cases, (state) => state.filter);
  const current = useStore(workspace.cases, (state) => state.current?.record.id);
  const terminal = useStore(workspace.app.session, (state) => state.info?.id ?? '');
  const shown = useMemo(
    () => rowsFor(rows ?? [], filter, terminal, localDay(now), (iso) => localDay(iso)),
    [rows, filter, terminal, now],
  );
  if (rows === null) {
    return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.cases.list} />;
  }
  if (shown.length === 0) {
    return (
      <p className={styles.empty}>
        {filter === 'open' ? t.cases.emptyOpen : t.cases.emptyAll}
        <span>{t.cases.emptyHow}</span>
      </p>
    );
  }
  return (
    <>
      <ul className={styles.list} aria-label={t.cases.list}>
        {shown.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles.row}
              aria-current={row.id === current ? 'page' : undefined}
              onClick={() => void workspace.openCase(row.id)}
            >
              <span className={styles.top}>
                <span className={styles.name}>{row.holder}</span>
                {filter === 'open' ? <DueMark row={row} rules={rules} now={now} /> : null}
                <span className={styles.time}>{shortMoment(row.acceptedAt, now)}</span>
              </span>
              <span className={styles.sub}>
                <span className={styles.item}>{row.itemName}</span>
                <Chip icon={PLACES[row.place].icon} tone={PLACES[row.place].tone} title={t.cases.placeFull[row.place]}>
                  {t.cases.place[row.place]}
                </Chip>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.count}>{t.cases.count(shown.length, filter === 'all' ? total : shown.length)}</p>
    </>
  );
}
