import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { TRANSITIONS } from '../../../domain/case/transitions.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { groupCaseNumber } from '../../app/format.ts';
import { mayReachCentre } from '../../app/status.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import type { Advance } from '../actsStore.ts';
import { isOverdue } from '../case/overdue.ts';
import type { OpenCase } from '../casesStore.ts';
import { useClockRules } from '../clockRules.ts';
import dialogStyles from '../dialogs/Dialogs.module.css';
import { useWorkspace } from '../workspace.ts';
import styles from './Acts.module.css';
import type { WindowAct } from './actList.ts';
import { ReasonChoice } from './ReasonChoice.tsx';

interface ActFrameProps {
  act: WindowAct;
  title: string;
  /** What the button that does it says. */
  go: string;
  /** What the safe button says. */
  cancel?: string;
  /** Cannot be taken back: the safe button is the default one. */
  danger?: boolean;
  /** Nothing is to be entered: the focus stands on the button that does it. */
  plain?: boolean;
  /** What is still missing; null: it can be done. */
  missing?: string | null;
  effect: string;
  /** The step, made when it is asked for. */
  advance: () => Advance['data'];
  /** Runs once the step is done. */
  then?: (done: OpenCase['record']) => void;
  /** Buttons beside the two. */
  extra?: ReactNode;
  children?: ReactNode;
}

/** Every act on a case: names it and its number, says what will be, what is missing, and what holds while the line is down. */
export function ActFrame(props: ActFrameProps) {
  const { act, title, go, cancel = t.acts.cancel, danger = false, plain = false, missing = null, effect } = props;
  const workspace = useWorkspace();
  const current = useStore(workspace.cases, (state) => state.current);
  const busy = useStore(workspace.acts, (state) => state.busy);
  const failure = useStore(workspace.acts, (state) => state.failure);
  const isAway = useStore(workspace.app.status, (state) => state.sync?.link !== 'connected');
  const mayReach = useStore(workspace.app.status, mayReachCentre);
  const rules = useClockRules();
  const catalogue = useCatalogue(current?.record.acceptance.catalogueVersion ?? '');
  const [overdueReason, setOverdueReason] = useState('');
  if (!current) return null;
  const { record, notes } = current;
  const asksReason =
    isOverdue(rules, record, new Date(), catalogue) && !notes.some((note) => note.kind === 'overdue-reason');
  const isOnlineOnly = TRANSITIONS[act].tier === 'online';
  const why =
    isOnlineOnly && !mayReach
      ? t.acts.needsLine
      : (missing ?? (asksReason && overdueReason.trim() === '' ? t.acts.overdueAsk : null));

  const submit = async (): Promise<void> => {
    if (why !== null || busy) return;
    const { acts } = workspace;
    if (asksReason) {
      const note = { caseId: record.id, kind: 'overdue-reason' as const, text: overdueReason.trim() };
      if (!(await acts.getState().note(note))) return;
    }
    const done = await acts.getState().act(record, { transition: act, data: props.advance() } as Advance);
    if (!done) {
      void workspace.cases.getState().refresh(record.id);
      return;
    }
    workspace.afterAct(done);
    props.then?.(done.record);
  };

  return (
    <Dialog
      title={title}
      onClose={() => workspace.closeOverlay()}
      {...(danger ? {} : { onSubmit: () => void submit() })}
      actions={
        <>
          <p className={styles.why} role="status">
            {why === null ? null : (
              <>
                <Icon name="warning" />
                {why}
              </>
            )}
          </p>
          {props.extra}
          <Button
            keyName={t.keys.esc}
            {...(danger && { 'data-default': true })}
            onClick={() => workspace.closeOverlay()}
          >
            {cancel}
          </Button>
          <Button
            type={danger ? 'button' : 'submit'}
            {...(danger && { onClick: () => void submit() })}
            look={why !== null ? 'waiting' : danger ? 'danger' : 'primary'}
            {...(danger ? {} : { keyName: t.keys.enter })}
            {...(plain && { 'data-default': true })}
            aria-busy={busy}
            aria-disabled={why !== null}
          >
            {busy ? t.acts.doing : go}
          </Button>
        </>
      }
    >
      <CaseRows record={record} />
      {props.children}
      {asksReason ? (
        <ReasonChoice
          label={t.remark.overdueText}
          reasons={t.remark.overdueReasons}
          value={overdueReason}
          onChange={setOverdueReason}
        />
      ) : null}
      {failure ? <FailureNotice failure={failure} /> : <p className={dialogStyles.effect}>{effect}</p>}
      {isAway && !isOnlineOnly ? (
        <p className={styles.local}>
          <Icon name="here" />
          {t.acts.local}
        </p>
      ) : null}
    </Dialog>
  );
}

/** The thing by its name and number. */
export function CaseRows({ record }: { record: OpenCase['record'] }) {
  const { acceptance } = record;
  const catalogue = useCatalogue(acceptance.catalogueVersion);
  const holders = acceptance.parties.filter((party) => party.role === 'holder').map((party) => party.name);
  const rows: [string, string][] = [
    [t.acts.number, groupCaseNumber(acceptance.number)],
    [t.acts.item, `${acceptance.itemCode} ${findItem(acceptance.itemCode, catalogue)?.name ?? ''}`],
    [t.acts.holder, holders.join(t.listSeparator)],
  ];
  return <FactList facts={rows} className={dialogStyles.rows} />;
}
