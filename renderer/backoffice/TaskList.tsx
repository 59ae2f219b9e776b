import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { LANES } from '../../domain/case/lanes.ts';
import { useNow } from '../app/clock.ts';
import { t } from '../strings/index.ts';
import { Key } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Office.module.css';
import { useOffice, useOfficeState } from './office.ts';
import { PaperOffer } from './PaperOffer.tsx';
import { TaskItem } from './TaskItem.tsx';
import { lanesOf, rowsShown } from './workList.ts';

/** The left column: lanes with their counts, a filter, and the tasks, the one due first on top. */
export function TaskList() {
  return (
    <nav className={styles.rail} aria-label={t.office.list}>
      <Lanes />
      <Filter />
      <Finished />
      <PaperOffer />
      <Rows />
      <p className={styles.keys}>
        <span>
          <Key>{t.office.keyList}</Key> {t.office.keyListDoes}
        </span>
        <span>
          <Key>{t.keys.enter}</Key> {t.office.keyOpenDoes}
        </span>
        <span>
          <Key>{t.keys.esc}</Key> {t.office.keyBackDoes}
        </span>
      </p>
    </nav>
  );
}

function Lanes() {
  const { app, store } = useOffice();
  const roles = useStore(app.session, (state) => state.info?.staff?.roles);
  const lane = useOfficeState((state) => state.lane);
  const rows = useOfficeState((state) => state.rows);
  const lanes = lanesOf(roles ?? []);
  return (
    <ul className={styles.lanes} aria-label={t.office.lanes}>
      {lanes.map((each, index) => {
        const count = rowsShown(rows ?? [], each, '').length;
        return (
          <li key={each}>
            <button
              type="button"
              aria-current={each === lane ? 'true' : undefined}
              aria-label={t.office.laneCount(LANES[each].name, count)}
              onClick={() => store.getState().setLane(each)}
            >
              {lanes.length > 1 ? <Key>{String(index + 1)}</Key> : null}
              {LANES[each].name}
              <b>{count}</b>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Filter() {
  const { store } = useOffice();
  const filter = useOfficeState((state) => state.filter);
  return (
    <label className={styles.filter}>
      <Icon name="find" />
      <input
        id="office-filter"
        type="search"
        aria-label={t.office.filter}
        placeholder={t.office.filterHint}
        value={filter}
        maxLength={60}
        onChange={(event) => store.getState().setFilter(event.target.value)}
      />
      <Key>{t.office.keySlash}</Key>
    </label>
  );
}

function Finished() {
  const finished = useOfficeState((state) => state.finished);
  return (
    <p className={styles.finished} role="status">
      {finished === null ? null : (
        <>
          <Icon name="good" />
          {finished}
        </>
      )}
    </p>
  );
}

function Rows() {
  const now = useNow();
  const rows = useOfficeState((state) => state.rows);
  const failure = useOfficeState((state) => state.failure);
  const lane = useOfficeState((state) => state.lane);
  const filter = useOfficeState((state) => state.filter);
  const selected = useOfficeState((state) => state.selected);
  const openId = useOfficeState((state) => state.open?.record.id ?? null);
  const list = useRef<HTMLUListElement>(null);

  // The focus goes with the cursor while it is in the list or nowhere.
  useEffect(() => {
    if (openId !== null || selected === null) return;
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement === document.body;
    if (isFree || list.current?.contains(activeElement)) {
      list.current?.querySelector<HTMLElement>('[data-selected="true"]')?.focus();
    }
  }, [selected, openId]);

  if (rows === null) return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.office.list} />;
  const shown = rowsShown(rows, lane, filter);
  return (
    <>
      {failure ? <FailureNotice failure={failure} /> : null}
      {shown.length === 0 ? (
        <p className={styles.empty}>
          <strong>{filter === '' ? t.office.emptyShort : t.office.emptyFilter}</strong>
          {filter === '' ? null : t.office.emptyFilterHow}
        </p>
      ) : (
        <ul className={styles.list} ref={list} aria-label={t.office.list}>
          {shown.map((row) => (
            <TaskItem key={row.summary.id} row={row} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}
