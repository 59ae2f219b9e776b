import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { MissingPaper, Refusal } from '../../../domain/case/progress.ts';
import { competentRegistrarOf, findRefusalProblems, missingPapersOf } from '../../../domain/case/refusalRules.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice, TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { toAcceptanceDraft } from '../form/formDraft.ts';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import styles from './Acts.module.css';
import { MissingPapers } from './MissingPapers.tsx';

const GROUNDS = ['incomplete', 'other-registrar', 'not-registrable', 'other'] as const satisfies Refusal['ground'][];

/**
 * 不予受理 from the form: the ground, the reason as it will stand on the notice, everything that is missing at once, and
 * who is competent instead. What the checklist lacks is there already.
 */
export function RefuseDialog() {
  const workspace = useWorkspace();
  const { form, catalogue } = useForm();
  const failure = useStore(workspace.acts, (state) => state.failure);
  const busy = useStore(workspace.acts, (state) => state.busy);
  const draft = useMemo(() => toAcceptanceDraft(form, catalogue), [form, catalogue]);
  const registrar = competentRegistrarOf(draft.property.unitNumber) ?? '';
  const [ground, setGround] = useState<Refusal['ground']>(registrar === '' ? 'incomplete' : 'other-registrar');
  const [typedReason, setReason] = useState<string | null>(null);
  const [competent, setCompetent] = useState(registrar);
  const [missing, setMissing] = useState<MissingPaper[]>(() => missingPapersOf(draft, catalogue));
  const reason = typedReason ?? usualReason(ground, competent);
  const refusal: Refusal = {
    ground,
    reason: reason.trim(),
    missing: ground === 'incomplete' ? missing : [],
    ...(ground === 'other-registrar' && competent.trim() !== '' ? { competentRegistrar: competent.trim() } : {}),
  };
  const problems = findRefusalProblems(draft, refusal, catalogue);
  const submit = (): void => {
    const [first] = problems;
    if (first && !first.path.startsWith('refusal.')) {
      workspace.view.setState({ overlay: 'none' });
      workspace.focusOn(first.path);
    } else if (!first) void workspace.refuse(refusal);
  };
  return (
    <Dialog
      title={t.refuse.title}
      onClose={() => workspace.closeOverlay()}
      onSubmit={submit}
      className={styles.wide}
      actions={
        <>
          <p className={styles.why} role="status">
            {problems[0] ? (
              <>
                <Icon name="warning" />
                {problems[0].message}
              </>
            ) : null}
          </p>
          <Button keyName={t.keys.esc} onClick={() => workspace.closeOverlay()}>
            {t.acts.cancel}
          </Button>
          <Button
            type="submit"
            look={problems.length > 0 ? 'waiting' : 'primary'}
            keyName={t.keys.enter}
            aria-busy={busy}
          >
            {busy ? t.acts.doing : t.refuse.go}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Choice<Refusal['ground']>
          label={t.refuse.ground}
          value={ground}
          options={GROUNDS.map((value) => ({ value, text: t.life.refusalGrounds[value] }))}
          onChange={setGround}
        />
        {ground === 'other-registrar' ? (
          <TextField
            label={t.refuse.competent}
            value={competent}
            maxLength={100}
            onChange={(event) => setCompetent(event.target.value)}
          />
        ) : null}
        <TextField
          label={t.refuse.reason}
          value={reason}
          maxLength={500}
          data-default
          placeholder={t.refuse.reasonHint}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {ground === 'incomplete' ? <MissingPapers papers={missing} onChange={setMissing} /> : null}
      {failure ? <FailureNotice failure={failure} /> : <p className={styles.effect}>{t.refuse.effect}</p>}
    </Dialog>
  );
}

function usualReason(ground: Refusal['ground'], registrar: string): string {
  if (ground === 'incomplete') return t.refuse.incompleteReason;
  return ground === 'other-registrar' ? t.refuse.registrarReason(registrar) : '';
}
