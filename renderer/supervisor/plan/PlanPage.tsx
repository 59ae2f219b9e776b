import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../../contract/rpc.ts';
import {
  findPlanProblems,
  type PlanProblem,
  type PolicyNumber,
  unservedQueues,
} from '../../../domain/board/planProblems.ts';
import type { HallPlan } from '../../../domain/queue/hallTypes.ts';
import { QUEUES } from '../../../domain/queue/ticketTypes.ts';
import { useApp } from '../../app/app.ts';
import { useNow } from '../../app/clock.ts';
import { shortMoment } from '../../app/format.ts';
import { useQuestion } from '../../app/useQuestion.ts';
import { t } from '../../strings/index.ts';
import { AskDialog } from '../../ui/AskDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Plan.module.css';
import { PolicyTable } from './PolicyTable.tsx';
import { WindowTable } from './WindowTable.tsx';

type Known = MethodOutput<'board.plan'>;

/** Who serves what, and the rules of the queue. What is typed is a draft; one press puts all of it in force. */
export function PlanPage() {
  const { client } = useApp();
  const load = useCallback(() => client.call('board.plan', {}), [client]);
  const { value, failure, again } = useQuestion(load);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.boardPlan.title}</h1>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? (
        failure ? null : (
          <Skeleton label={t.oversight.reading} />
        )
      ) : (
        // Another version in force is another draft.
        <Editor key={value.version} known={value} onSaved={again} />
      )}
    </div>
  );
}

function Editor({ known, onSaved }: { known: Known; onSaved(): void }) {
  const { client } = useApp();
  const now = useNow();
  const [draft, setDraft] = useState<HallPlan>(known.plan);
  const [wrong, setWrong] = useState<ReadonlySet<PolicyNumber>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const [editing, setEditing] = useState(0);
  const changes = countChanges(known.plan, draft);
  const problems = findPlanProblems(draft);
  const [first] = problems;
  const missing =
    wrong.size > 0 ? t.boardPlan.problem['policy-bad'](nameOf([...wrong][0])) : first && problemWords(first);
  const unserved = unservedQueues(draft, usedQueues(known.plan));
  const undo = (): void => {
    setDraft(known.plan);
    setWrong(new Set());
    setEditing((count) => count + 1);
  };
  return (
    <>
      <div className={styles.bar}>
        <p>
          {t.boardPlan.rule}
          <span className={styles.muted}>
            {known.changed === null
              ? t.boardPlan.usual
              : t.boardPlan.changed(known.changed.byName, shortMoment(known.changed.at, now))}
          </span>
        </p>
        <p className={styles.problem} role="status">
          {missing ? (
            <>
              <Icon name="warning" /> {missing}
            </>
          ) : unserved.length > 0 ? (
            <>
              <Icon name="warning" /> {t.boardPlan.unserved(unserved.map(t.board.queueOf).join(t.listSeparator))}
            </>
          ) : changes === 0 ? (
            t.boardPlan.unchanged
          ) : (
            t.boardPlan.summary(changes)
          )}
        </p>
        <Button disabled={changes === 0 && wrong.size === 0} onClick={undo}>
          {t.boardPlan.undo}
        </Button>
        <Button
          look={changes > 0 && !missing ? 'primary' : 'waiting'}
          aria-disabled={changes === 0 || Boolean(missing)}
          onClick={() => {
            if (changes > 0 && !missing) setAsking(true);
          }}
        >
          {t.boardPlan.save}
        </Button>
      </div>
      <div className={styles.columns}>
        <WindowTable
          key={`windows-${editing}`}
          windows={draft.windows}
          onChange={(windows) => setDraft((before) => ({ ...before, windows }))}
        />
        <PolicyTable
          key={`rules-${editing}`}
          policy={draft.policy}
          onChange={(policy) => setDraft((before) => ({ ...before, policy }))}
          onWrong={(rule, isWrong) =>
            setWrong((before) => {
              const after = new Set(before);
              if (isWrong) after.add(rule);
              else after.delete(rule);
              return after;
            })
          }
        />
      </div>
      {isAsking ? (
        <AskDialog
          title={t.boardPlan.saveTitle}
          effect={t.boardPlan.saveEffect}
          go={t.boardPlan.save}
          missing={null}
          onGo={async (commandId) => {
            await client.call('board.act', { commandId, command: { kind: 'plan', plan: draft } });
            onSaved();
          }}
          onClose={() => setAsking(false)}
          isPlain
        >
          <p>{t.boardPlan.summary(changes)}</p>
        </AskDialog>
      ) : null}
    </>
  );
}

function usedQueues({ windows }: HallPlan) {
  return QUEUES.filter((queue) => windows.some(({ queues }) => queues.includes(queue)));
}

/** How many windows and rules differ. */
function countChanges(before: HallPlan, after: HallPlan): number {
  const windows = new Set([...before.windows, ...after.windows].map((window) => JSON.stringify(window)));
  const kept = after.windows.filter((window) =>
    before.windows.some((each) => JSON.stringify(each) === JSON.stringify(window)),
  );
  const order =
    after.windows.map(({ terminal }) => terminal).join() !== before.windows.map(({ terminal }) => terminal).join();
  const rules = Object.keys(after.policy) as (keyof HallPlan['policy'])[];
  const changedRules = rules.filter((rule) => before.policy[rule] !== after.policy[rule]).length;
  const changedWindows = Math.max(after.windows.length, before.windows.length) - kept.length;
  return changedRules + (windows.size === before.windows.length && changedWindows === 0 && order ? 1 : changedWindows);
}

function nameOf(rule: string | undefined): string {
  const fields: Readonly<Record<string, readonly string[] | undefined>> = t.boardPlan.fields;
  return fields[rule ?? '']?.[0] ?? rule ?? '';
}

function problemWords({ kind, about }: PlanProblem): string {
  return t.boardPlan.problem[kind](kind === 'policy-bad' ? nameOf(about) : about);
}
