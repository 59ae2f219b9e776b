import { useStore } from 'zustand';
import type { CaseFile } from '../../domain/case/types.ts';
import type { TicketSlip } from '../../domain/slip/ticketSlips.ts';
import { useNow } from '../app/clock.ts';
import { localTime } from '../app/format.ts';
import { mayReachCentre } from '../app/status.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { windowActsOf } from './acts/actList.ts';
import styles from './BottomBar.module.css';
import { slipOf } from './case/slipOf.ts';
import { isUntouched } from './form/formState.ts';
import { shortProblem } from './form/shortProblem.ts';
import { useForm, useProblems } from './useForm.ts';
import { useWorkspace } from './workspace.ts';

/** One primary action, bottom right, always Enter; beside it, exactly why it cannot be done yet. */
export function BottomBar() {
  const { view } = useWorkspace();
  const shown = useStore(view, (state) => state.view);
  return (
    <section className={styles.bar} aria-label={t.action.bar}>
      {shown === 'form' ? <FormActions /> : <CaseActions />}
    </section>
  );
}

const SHOWN = 3;

function FormActions() {
  const workspace = useWorkspace();
  const form = useStore(workspace.form, (state) => state.form);
  const accepting = useStore(workspace.form, (state) => state.accepting);
  const { catalogue } = useForm();
  const problems = useProblems();
  const shown = problems.slice(0, SHOWN).map((problem) => shortProblem(problem, catalogue));
  const untouched = isUntouched(form);
  const away = useStore(workspace.app.status, (state) => state.service !== 'up');
  const ready = problems.length === 0 && !away;
  return (
    <>
      <p className={styles.missing} role="status">
        {problems.length === 0 && away ? t.action.serviceAway : null}
        {ready ? (
          <span className={styles.ready}>
            <Icon name="good" />
            {t.action.ready}
          </span>
        ) : null}
        {shown.map((problem, index) => (
          <span key={problem.path} className={styles.problem}>
            {problem.kind === 'material' && shown[index - 1]?.kind !== 'material'
              ? `${t.action.missing}${t.colon}`
              : null}
            <button type="button" onClick={() => workspace.focusOn(problem.path)}>
              {problem.text}
            </button>
          </span>
        ))}
        {problems.length > SHOWN ? <span className={styles.problem}>{t.action.more(problems.length)}</span> : null}
      </p>
      {untouched ? null : (
        <>
          <DraftState />
          <Button look="plain" onClick={() => workspace.view.setState({ overlay: 'clear' })}>
            {t.action.clear}
          </Button>
        </>
      )}
      {untouched || form.itemCode === '' ? null : (
        <Button keyName={t.keys.f12} aria-keyshortcuts="F12" onClick={() => workspace.startRefusal()}>
          {t.refuse.action}
        </Button>
      )}
      <Button keyName={t.keys.f10} aria-keyshortcuts="F10" onClick={() => workspace.printOrPreview()}>
        {t.action.preview}
      </Button>
      <Button
        look={ready ? 'primary' : 'waiting'}
        keyName={t.keys.enter}
        data-field="primary"
        aria-keyshortcuts="Enter"
        aria-busy={accepting}
        onClick={() => workspace.primary()}
      >
        {accepting ? t.action.accepting : t.action.accept}
      </Button>
    </>
  );
}

function DraftState() {
  const { form } = useWorkspace();
  const draft = useStore(form, (state) => state.draft);
  const keptAt = useStore(form, (state) => state.keptAt);
  if (draft === 'failed') return <span className={styles.failed}>{t.action.keepFailed}</span>;
  if (draft === 'pending' || keptAt === null) return null;
  return <span className={styles.kept}>{t.action.kept(localTime(keptAt))}</span>;
}

function CaseActions() {
  const workspace = useWorkspace();
  const current = useStore(workspace.cases, (state) => state.current);
  const actor = useStore(workspace.app.session, (state) => state.info?.staff?.number ?? '');
  const inHand = useStore(workspace.form, (state) => !isUntouched(state.form));
  const printing = useStore(workspace.print, (state) => state.print.step === 'printing');
  const busy = useStore(workspace.acts, (state) => state.busy);
  const chosen = useStore(workspace.view, (state) => state.slip);
  const mayReach = useStore(workspace.app.status, mayReachCentre);
  const now = useNow();
  if (!current) return <p className={styles.missing} />;
  const { record } = current;
  const acts = windowActsOf(record, actor, now);
  const [first] = acts;
  const primary = first?.isPrimary ? first.act : null;
  const others = acts.filter((each) => each.act !== primary);
  const slip = slipOf(record, chosen);
  const isNoticeOut = record.slips.some((each) => each.slip === 'refusal');
  return (
    <>
      <div className={styles.acts}>
        {others.map(({ act, tier }, index) => {
          const needsLine = !mayReach && tier === 'online';
          return (
            <Button
              key={act}
              keyName={t.acts.altNumber(index + 1)}
              aria-keyshortcuts={`Alt+${index + 1}`}
              disabled={needsLine}
              title={needsLine ? t.acts.needsLine : undefined}
              onClick={() => workspace.startAct(act)}
            >
              {t.acts.go[act]}
            </Button>
          );
        })}
      </div>
      {slip === null ? null : (
        <Button
          keyName={t.keys.f10}
          aria-keyshortcuts="F10"
          aria-busy={printing}
          onClick={() => workspace.printOrPreview()}
        >
          {printing ? t.print.doing : printWords(record, slip)}
        </Button>
      )}
      {primary === null ? null : (
        <Button keyName={t.keys.esc} onClick={() => workspace.showForm()}>
          {inHand ? t.action.back : t.action.next}
        </Button>
      )}
      <Button
        look="primary"
        keyName={t.keys.enter}
        data-field="primary"
        aria-keyshortcuts="Enter"
        aria-busy={busy}
        onClick={() => workspace.primary()}
      >
        {busy
          ? t.acts.doing
          : primary === null
            ? inHand
              ? t.action.back
              : t.action.next
            : primary === 'T12' && isNoticeOut
              ? t.acts.finishOnly
              : t.acts.go[primary]}
      </Button>
    </>
  );
}

function printWords(record: CaseFile, slip: TicketSlip): string {
  const isPrinted = record.slips.some((each) => each.slip === slip);
  return isPrinted ? t.slips.reprint(t.slips[slip]) : t.slips.print(t.slips[slip]);
}
