import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';
import { CaseRows } from './ActFrame.tsx';
import styles from './Acts.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';

/** A remark, or why the case is late (domain.md §5.4 rule 8): a fact beside the case, nothing of it changes. */
export function NoteDialog({ kind }: { kind: 'remark' | 'overdue-reason' }) {
  const workspace = useWorkspace();
  const record = useStore(workspace.cases, (state) => state.current?.record ?? null);
  const failure = useStore(workspace.acts, (state) => state.failure);
  const busy = useStore(workspace.acts, (state) => state.busy);
  const [text, setText] = useState('');
  if (!record) return null;
  const isOverdue = kind === 'overdue-reason';
  const submit = async (): Promise<void> => {
    if (text.trim() === '') return;
    if (await workspace.acts.getState().note({ caseId: record.id, kind, text: text.trim() })) {
      void workspace.cases.getState().refresh(record.id);
      workspace.closeOverlay();
    }
  };
  return (
    <Dialog
      title={isOverdue ? t.remark.overdueTitle : t.remark.title}
      onClose={() => workspace.closeOverlay()}
      onSubmit={() => void submit()}
      actions={
        <>
          <p className={styles.why} role="status">
            {text.trim() === '' ? t.remark.need : null}
          </p>
          <Button keyName={t.keys.esc} onClick={() => workspace.closeOverlay()}>
            {t.acts.cancel}
          </Button>
          <Button
            type="submit"
            look={text.trim() === '' ? 'waiting' : 'primary'}
            keyName={t.keys.enter}
            aria-busy={busy}
          >
            {t.remark.go}
          </Button>
        </>
      }
    >
      <CaseRows record={record} />
      <ReasonChoice
        label={isOverdue ? t.remark.overdueText : t.remark.text}
        reasons={isOverdue ? t.remark.overdueReasons : []}
        value={text}
        onChange={setText}
        isDefault
      />
      {failure ? <FailureNotice failure={failure} /> : null}
    </Dialog>
  );
}

/** Alt+M and one more key: the reason goes into the log before a number is shown (domain.md §7.3). */
export function UnmaskDialog() {
  const workspace = useWorkspace();
  const record = useStore(workspace.cases, (state) => state.current?.record ?? null);
  const failure = useStore(workspace.acts, (state) => state.failure);
  const [other, setOther] = useState('');
  if (!record) return null;
  const show = async (reason: string): Promise<void> => {
    if (reason.trim() === '') return;
    if (await workspace.acts.getState().unmask(record.id, reason.trim())) {
      workspace.view.setState({ overlay: 'none', unmasked: true });
    }
  };
  return (
    <Dialog
      title={t.unmask.title}
      onClose={() => workspace.closeOverlay()}
      onSubmit={() => void show(other)}
      actions={
        <>
          <Button keyName={t.keys.esc} onClick={() => workspace.closeOverlay()}>
            {t.acts.cancel}
          </Button>
          <Button type="submit" look={other.trim() === '' ? 'waiting' : 'primary'} keyName={t.keys.enter}>
            {t.unmask.go}
          </Button>
        </>
      }
    >
      <p className={styles.hint}>{t.unmask.effect}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a digit presses the button that carries it */}
      <div
        className={styles.group}
        onKeyDown={(event) => {
          const reason = t.unmask.reasons[Number(event.key) - 1];
          if (reason === undefined || event.target instanceof HTMLInputElement) return;
          event.preventDefault();
          void show(reason);
        }}
      >
        <div className={styles.choicesRow}>
          {t.unmask.reasons.map((reason, index) => (
            <Button
              key={reason}
              keyName={String(index + 1)}
              {...(index === 0 && { 'data-default': true })}
              onClick={() => void show(reason)}
            >
              {reason}
            </Button>
          ))}
        </div>
        <ReasonChoice label={t.unmask.other} reasons={[]} value={other} onChange={setOther} />
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
    </Dialog>
  );
}
