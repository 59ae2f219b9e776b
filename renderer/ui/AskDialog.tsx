import { type ReactNode, useState } from 'react';
import { type Failure, toFailure } from '../app/failure.ts';
import { t } from '../strings/index.ts';
import styles from './AskDialog.module.css';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { FailureNotice } from './Notice.tsx';

interface AskDialogProps {
  title: string;
  effect: string;
  go: string;
  /** What still keeps it from being done; null: nothing. */
  missing: string | null;
  /** Resolves when the centre has done it. @throws what the page then shows */
  onGo(commandId: string): Promise<unknown>;
  onClose(): void;
  /** There is nothing to fill in: Enter does it. */
  isPlain?: boolean;
  children?: ReactNode;
}

/** A question before something that cannot be taken back. One command id for its life: pressed twice, it is done once. */
export function AskDialog({ title, effect, go, missing, onGo, onClose, isPlain = false, children }: AskDialogProps) {
  const [commandId] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (): Promise<void> => {
    if (missing !== null || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onGo(commandId);
      onClose();
    } catch (error) {
      setFailure(toFailure(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <p className={styles.missing} role="status">
            {missing === null ? null : (
              <>
                <Icon name="warning" />
                {missing}
              </>
            )}
          </p>
          <Button keyName={t.keys.esc} onClick={onClose}>
            {t.blanks.keep}
          </Button>
          <Button
            type="submit"
            look={missing === null ? 'primary' : 'waiting'}
            keyName={t.keys.enter}
            aria-busy={busy}
            aria-disabled={missing !== null}
            {...(isPlain && { 'data-default': true })}
          >
            {busy ? t.blanks.busy : go}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>{children}</div>
      {failure ? <FailureNotice failure={failure} /> : <p className={styles.effect}>{effect}</p>}
    </Dialog>
  );
}
