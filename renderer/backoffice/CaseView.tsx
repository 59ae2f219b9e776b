import { useEffect, useRef } from 'react';
import { LANES } from '../../domain/case/lanes.ts';
import { STATE_NAMES } from '../../domain/case/states.ts';
import { findTask } from '../../domain/case/workList.ts';
import { groupCaseNumber, localDay, localMinute } from '../app/format.ts';
import { OpenPrints } from '../blanks/OpenPrints.tsx';
import { t } from '../strings/index.ts';
import { Chip } from '../ui/Notice.tsx';
import { ActionBar } from './ActionBar.tsx';
import { CaseSide } from './CaseSide.tsx';
import { LANE_FACES } from './lanes/faces.ts';
import styles from './Office.module.css';
import { useOffice, useOfficeState, useWorker } from './office.ts';
import type { OpenTask } from './officeStore.ts';
import { standingOf } from './plan.ts';
import { rowsShown } from './workList.ts';

/** The open case with only what the lane needs, its two acts below, clocks and history beside it. */
export function CaseView() {
  const open = useOfficeState((state) => state.open);
  if (!open) return <Nothing />;
  return (
    <>
      <main className={styles.centre}>
        <article className={styles.case} aria-label={t.office.region}>
          <Head open={open} />
          <LaneBody key={open.record.id} open={open} />
        </article>
      </main>
      <CaseSide open={open} />
      <ActionBar open={open} />
    </>
  );
}

/** Nothing is open: what will come, or how to open what is there. */
function Nothing() {
  const lane = useOfficeState((state) => state.lane);
  const rows = useOfficeState((state) => state.rows);
  const people = useOfficeState((state) => state.people);
  const { store } = useOffice();
  if (rows === null || lane === null) return <main className={styles.nothing} />;
  const isEmpty = rowsShown(rows, lane, '').length === 0;
  return (
    <main className={styles.nothing}>
      <h1>{isEmpty ? t.office.emptyTitle(LANES[lane].name) : t.office.chooseTitle}</h1>
      <p>{isEmpty ? t.office.emptyHow : t.office.chooseHow}</p>
      {lane === 'PRT' ? (
        <OpenPrints people={people} isHere onOpen={(caseId) => void store.getState().openTask(caseId)} />
      ) : null}
    </main>
  );
}

function Head({ open: { record } }: { open: OpenTask }) {
  const { acceptance } = record;
  const summary = useOfficeState((state) => state.open?.summary);
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h1 className={styles.number} data-testid="case-number" tabIndex={-1}>
          {groupCaseNumber(acceptance.number)}
        </h1>
        <Chip>{STATE_NAMES[record.state]}</Chip>
      </div>
      <p className={styles.item}>
        {acceptance.itemCode} {summary?.itemName}
      </p>
      <p className={styles.muted}>
        {[
          localMinute(record.acceptedAt),
          `${acceptance.clerk.name} ${acceptance.clerk.id}`,
          t.casePage.window(acceptance.window),
        ].join(t.separator)}
      </p>
    </header>
  );
}

/** Inert until the task is ours; the focus goes to the first field once it is. */
function LaneBody({ open }: { open: OpenTask }) {
  const { store } = useOffice();
  const worker = useWorker();
  const form = useOfficeState((state) => state.form);
  const marked = useOfficeState((state) => new Set([...state.marked, open.record.id]).size);
  const fields = useRef<HTMLFieldSetElement>(null);
  const { canClaim, isTaken } = standingOf(open.record, open.lane, worker);
  const isOurs = findTask(open.record, open.lane, worker.at) !== null && !canClaim && !isTaken;
  const { Body, isOpenBeyond } = LANE_FACES[open.lane];
  const isInert = !isOurs && isOpenBeyond?.(open.record) !== true;

  useEffect(() => {
    if (!isOurs) {
      document.querySelector<HTMLElement>('[data-testid="case-number"]')?.focus();
      return;
    }
    const first = fields.current?.querySelector<HTMLElement>('input, textarea, select');
    (first ?? document.querySelector<HTMLElement>('[data-testid="case-number"]'))?.focus();
  }, [isOurs]);

  return (
    <fieldset ref={fields} className={styles.fields} disabled={isInert} aria-label={t.office.region}>
      <Body
        record={open.record}
        task={open.record.lanes[open.lane]}
        form={form}
        prints={open.prints}
        linked={open.linked}
        printed={open.printed}
        today={localDay(worker.at)}
        marked={marked}
        set={(key, value) => store.getState().setField(key, value)}
      />
    </fieldset>
  );
}
