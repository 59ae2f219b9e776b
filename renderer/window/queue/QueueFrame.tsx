import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import acts from '../acts/Acts.module.css';
import dialogs from '../dialogs/Dialogs.module.css';
import { useWorkspace } from '../workspace.ts';

interface QueueFrameProps {
  title: string;
  go: string;
  /** What will be. */
  effect: string;
  /** What is still missing; null: it can be done. */
  missing: string | null;
  /** Cannot be taken back: the safe button is the default one. */
  danger?: string;
  /** Another way of doing it, where nothing else is asked: Enter does it the usual way at once. */
  other?: ReactNode;
  /** @returns false: it was not done, and the dialog stays */
  onGo(): Promise<boolean>;
  children: ReactNode;
}

/** What the dialogs about a number have in common: Enter does it, Esc leaves it, a failure stays beside the button. */
export function QueueFrame({ title, go, effect, missing, danger, other, onGo, children }: QueueFrameProps) {
  const { desk, closeOverlay } = useWorkspace();
  const busy = useStore(desk.queue, (state) => state.busy);
  const said = useStore(desk.queue, (state) => state.said);
  const submit = async (): Promise<void> => {
    if (missing !== null || busy) return;
    if (await onGo()) closeOverlay();
  };
  const isDanger = danger !== undefined;
  return (
    <Dialog
      title={title}
      onClose={closeOverlay}
      {...(isDanger ? {} : { onSubmit: () => void submit() })}
      actions={
        <>
          <p className={acts.why} role="status">
            {missing === null ? null : (
              <>
                <Icon name="warning" />
                {missing}
              </>
            )}
          </p>
          <Button keyName={t.keys.esc} {...(isDanger && { 'data-default': true })} onClick={closeOverlay}>
            {danger ?? t.acts.cancel}
          </Button>
          {other}
          <Button
            type={isDanger ? 'button' : 'submit'}
            {...(isDanger && { onClick: () => void submit() })}
            {...(other !== undefined && { 'data-default': true })}
            look={missing !== null ? 'waiting' : isDanger ? 'danger' : 'primary'}
            {...(isDanger ? {} : { keyName: t.keys.enter })}
            aria-busy={busy}
            aria-disabled={missing !== null}
          >
            {busy ? t.acts.doing : go}
          </Button>
        </>
      }
    >
      {children}
      {said?.kind === 'failed' ? <FailureNotice failure={said.failure} /> : <p className={dialogs.effect}>{effect}</p>}
    </Dialog>
  );
}
