import { localDay } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { LANE_FACES } from './lanes/faces.ts';
import styles from './Office.module.css';
import { type Office, useOffice, useOfficeState, useWorker } from './office.ts';
import type { OpenTask } from './officeStore.ts';
import { useNames } from './parts.tsx';
import { perform, run } from './perform.ts';
import { type Doing, laneChange, type Plan, type Standing, standingOf, type Worker, whyNot } from './plan.ts';

/** What an open task offers to this person now. */
export function offerOf({ store }: Office, open: OpenTask, worker: Worker): { plan: Plan; standing: Standing } {
  const { form, marked } = store.getState();
  const plan = LANE_FACES[open.lane].plan({
    record: open.record,
    task: open.record.lanes[open.lane],
    form,
    prints: open.prints,
    linked: open.linked,
    printed: open.printed,
    today: localDay(worker.at),
    marked: new Set([...marked, open.record.id]).size,
  });
  return { plan, standing: standingOf(open.record, open.lane, worker) };
}

/** Two main acts with their keys; beside them, exactly why one cannot be done now. */
export function ActionBar({ open }: { open: OpenTask }) {
  const office = useOffice();
  const worker = useWorker();
  const nameOf = useNames();
  // The plan reads what is typed and marked.
  useOfficeState((state) => state.form);
  useOfficeState((state) => state.marked);
  const busy = useOfficeState((state) => state.busy);
  const failure = useOfficeState((state) => state.actFailure);
  const covered = useOfficeState((state) => state.dialog !== null);
  const { plan, standing } = offerOf(office, open, worker);
  const reason = (doing: Doing): string | null => whyNot(doing, standing, open.lane, worker);
  const shown = plan.done ?? plan.back;
  const why = standing.isTaken
    ? t.office.takenBy(nameOf(open.record.lanes[open.lane].by))
    : shown && !(standing.canClaim && worker.mayReach)
      ? reason(shown)
      : null;
  return (
    <section className={styles.actions} aria-label={t.office.bar}>
      <div className={styles.why}>
        {failure && !covered ? (
          <FailureNotice failure={failure} />
        ) : (
          <p role="status" className={why === null ? styles.ready : styles.near}>
            {why === null ? null : (
              <>
                <Icon name="warning" /> {why}
              </>
            )}
          </p>
        )}
      </div>
      {standing.isTaken ? null : (
        <>
          {standing.canClaim
            ? null
            : plan.more
                .filter((doing) => reason(doing) === null)
                .map((doing) => (
                  <Button key={doing.label} onClick={() => void perform(office, doing)}>
                    {doing.label}
                  </Button>
                ))}
          {plan.back && !standing.canClaim ? (
            <Act doing={plan.back} keyName={t.office.keyBack} why={reason(plan.back)} />
          ) : null}
          {standing.canClaim ? (
            <Button
              look={worker.mayReach ? 'primary' : 'waiting'}
              keyName={t.keys.enter}
              aria-busy={busy}
              aria-disabled={!worker.mayReach}
              onClick={() => claim(office, open, worker)}
            >
              {busy ? t.office.busy : t.office.claim}
            </Button>
          ) : plan.done ? (
            <Act doing={plan.done} keyName={t.office.keyDone} why={reason(plan.done)} isMain />
          ) : null}
        </>
      )}
    </section>
  );
}

export function claim(office: Office, open: OpenTask, worker: Worker): void {
  if (worker.mayReach) void run(office, laneChange(open.lane, 'claim'), t.office.claim);
}

interface ActProps {
  doing: Doing;
  keyName: string;
  why: string | null;
  isMain?: boolean;
}

function Act({ doing, keyName, why, isMain = false }: ActProps) {
  const office = useOffice();
  const busy = useOfficeState((state) => state.busy);
  const isPutDown = 'event' in doing.target && doing.target.event === 'release';
  return (
    <Button
      look={why !== null ? 'waiting' : isMain ? 'primary' : isPutDown ? 'normal' : 'danger'}
      keyName={keyName}
      aria-busy={busy}
      aria-disabled={why !== null}
      title={why ?? undefined}
      onClick={() => {
        if (why === null) void perform(office, doing);
      }}
    >
      {busy && isMain ? t.office.busy : doing.label}
    </Button>
  );
}
