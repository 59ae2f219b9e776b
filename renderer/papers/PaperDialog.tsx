import { useEffect, useRef, useState } from 'react';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { PAPERS, type PaperKind } from '../../domain/papers/papers.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { useAnswer } from '../app/useAnswer.ts';
import type { RpcClient } from '../rpc/client.ts';
import { isInsideShell } from '../rpc/connect.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { PaperPreview } from '../ui/PaperPreview.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { BrowserPrint } from './BrowserPrint.tsx';
import { PaperFailure } from './PaperFailure.tsx';
import styles from './Papers.module.css';

interface PaperDialogProps {
  client: RpcClient;
  target: PaperTarget;
  onPrinted(): void;
  onClose(): void;
}

type Preview = MethodOutput<'papers.preview'>;

function kindOf(target: PaperTarget): PaperKind {
  if (target.of === 'case') return target.paper;
  return target.of === 'blanks' ? 'blank-register' : 'appointment-list';
}

/** One paper as it will come out, and the way to the printer: that of this machine, or the browser's. */
export function PaperDialog({ client, target, onPrinted, onClose }: PaperDialogProps) {
  const [asked, setAsked] = useState(0);
  const { answer: preview, failure } = usePreview(client, target, asked);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  useOwnKeys(content);
  const done = (print: number): void => {
    setSent(print);
    setAsked((before) => before + 1);
    onPrinted();
  };

  async function print(): Promise<void> {
    if (busy || !preview) return;
    setBusy(true);
    setFailed(null);
    try {
      done((await client.call('papers.print', { target })).print);
    } catch (error) {
      setFailed(toFailure(error));
    } finally {
      setBusy(false);
    }
  }

  const problem = failed ?? failure;
  return (
    <Dialog
      title={PAPERS[kindOf(target)].title}
      className={styles.dialog}
      onClose={onClose}
      actions={
        <>
          <p className={styles.why} role="status">
            {busy ? t.casePapers.printing : preview ? factWords(preview, sent) : null}
          </p>
          <Button keyName={t.keys.esc} onClick={onClose}>
            {t.casePapers.close}
          </Button>
          {isInsideShell() ? (
            <Button
              look={preview ? 'primary' : 'waiting'}
              data-default
              aria-busy={busy}
              aria-disabled={!preview}
              onClick={() => void print()}
            >
              {preview && preview.prints > 0 ? t.casePapers.reprint : t.casePapers.print}
            </Button>
          ) : preview === null ? null : (
            <BrowserPrint client={client} target={target} onNoted={done} onFailure={setFailed} />
          )}
        </>
      }
    >
      <div ref={content} className={styles.paper}>
        {problem ? <PaperFailure failure={problem} /> : null}
        {preview ? (
          <PaperPreview title={preview.title} pages={preview.pages} />
        ) : failure ? null : (
          <Skeleton label={t.casePapers.loading} />
        )}
      </div>
    </Dialog>
  );
}

/** The page below knows nothing of this dialog: its keys must not act there. Those with Ctrl go on, such as the lock. */
function useOwnKeys(content: { current: HTMLElement | null }): void {
  useEffect(() => {
    const dialog = content.current?.closest('dialog');
    const stop = (event: KeyboardEvent): void => {
      if (!event.ctrlKey) event.stopPropagation();
    };
    dialog?.addEventListener('keydown', stop);
    return () => dialog?.removeEventListener('keydown', stop);
  }, [content]);
}

function factWords({ copies, prints }: Preview, sent: number | null): string {
  if (sent !== null) return isInsideShell() ? t.casePapers.sent(sent) : t.casePapers.noted(sent);
  const count = copies > 1 ? t.casePapers.copies(copies) : t.casePapers.once;
  return prints > 0 ? [count, t.casePapers.shown(prints)].join(t.separator) : count;
}

function usePreview(client: RpcClient, target: PaperTarget, asked: number) {
  return useAnswer(() => client.call('papers.preview', { target }), [client, JSON.stringify(target), asked]);
}
