import { useEffect, useRef, useState } from 'react';
import type { PaperRow } from '../../contract/rpc/papers.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import type { CasePaperKind } from '../../domain/papers/ofCase/kinds.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { localTime } from '../app/format.ts';
import type { RpcClient } from '../rpc/client.ts';
import { isInsideShell } from '../rpc/connect.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { PaperDialog } from './PaperDialog.tsx';
import { PaperFailure } from './PaperFailure.tsx';
import styles from './Papers.module.css';
import { usePapers } from './usePapers.ts';

interface PapersPanelProps {
  client: RpcClient;
  record: CaseFile;
  /** A print is recorded: the case has one slip more. */
  onPrinted(paper: CasePaperKind): void;
}

type Step = { step: 'printing' } | { step: 'sent'; print: number } | { step: 'failed'; failure: Failure };

/**
 * The A4 papers this case can have now, each with what became of it. What a step just taken has to hand over is offered on
 * top; Alt+P prints it.
 */
export function PapersPanel({ client, record, onPrinted }: PapersPanelProps) {
  const { rows, failure } = usePapers(client, record);
  const [steps, setSteps] = useState<Partial<Record<CasePaperKind, Step>>>({});
  const [open, setOpen] = useState<CasePaperKind | null>(null);
  const panel = useRef<HTMLElement>(null);
  const owed = rows?.filter((row) => row.owed) ?? [];

  async function print(papers: readonly CasePaperKind[]): Promise<void> {
    if (!isInsideShell()) {
      setOpen(papers[0] ?? null);
      return;
    }
    for (const paper of papers) {
      setSteps((before) => ({ ...before, [paper]: { step: 'printing' } }));
      const step = await send(client, record.id, paper);
      setSteps((before) => ({ ...before, [paper]: step }));
      // One printer: what the first could not, the second cannot either.
      if (step.step === 'failed') return;
      onPrinted(paper);
    }
  }

  usePaperKey(() => {
    if (owed.length > 0) void print(owed.map((row) => row.paper));
    else panel.current?.querySelector<HTMLElement>('li button')?.focus();
  });

  return (
    <section aria-label={t.casePapers.title} className={styles.panel} ref={panel}>
      <h2 className={styles.heading}>{t.casePapers.title}</h2>
      {failure ? <PaperFailure failure={failure} /> : null}
      {owed.length === 0 ? null : (
        <p className={styles.owed} role="status">
          <Icon name="printer" />
          <span>
            {t.casePapers.owed(owed.map((row) => t.casePapers.name(row.title, row.copies)).join(t.listSeparator))}
          </span>
          <Button
            size="small"
            look="primary"
            keyName={t.keys.altP}
            onClick={() => void print(owed.map((row) => row.paper))}
          >
            {t.casePapers.printOwed}
          </Button>
        </p>
      )}
      {rows?.length === 0 ? <p className={styles.muted}>{t.casePapers.none}</p> : null}
      <ul className={styles.rows}>
        {rows?.map((row) => (
          <Row
            key={row.paper}
            row={row}
            step={steps[row.paper]}
            onPreview={() => setOpen(row.paper)}
            onPrint={() => void print([row.paper])}
          />
        ))}
      </ul>
      {open === null ? null : (
        <PaperDialog
          client={client}
          target={{ of: 'case', caseId: record.id, paper: open }}
          onPrinted={() => onPrinted(open)}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

interface RowProps {
  row: PaperRow;
  step: Step | undefined;
  onPreview(): void;
  onPrint(): void;
}

function Row({ row, step, onPreview, onPrint }: RowProps) {
  const isAgain = row.prints > 0;
  return (
    <li>
      <span className={styles.name}>{t.casePapers.name(row.title, row.copies)}</span>
      <span className={styles.acts}>
        <Button size="small" look="plain" onClick={onPreview}>
          {t.casePapers.preview}
          <span className="visually-hidden">{row.title}</span>
        </Button>
        <Button size="small" aria-busy={step?.step === 'printing'} onClick={onPrint}>
          {isAgain ? t.casePapers.reprint : t.casePapers.print}
          <span className="visually-hidden">{row.title}</span>
        </Button>
      </span>
      <span className={`${styles.state} ${row.owed ? styles.due : ''}`} role="status">
        {stateWords(row, step)}
      </span>
      {step?.step === 'failed' ? <PaperFailure failure={step.failure} /> : null}
    </li>
  );
}

function stateWords(row: PaperRow, step: Step | undefined): string {
  if (step?.step === 'printing') return t.casePapers.printing;
  if (step?.step === 'sent' && step.print === row.prints) return t.casePapers.sent(step.print);
  if (row.printedAt !== null) return t.casePapers.printed(row.prints, localTime(row.printedAt));
  return row.owed ? t.casePapers.due : t.casePapers.notPrinted;
}

async function send(client: RpcClient, caseId: string, paper: CasePaperKind): Promise<Step> {
  try {
    const { print } = await client.call('papers.print', { target: { of: 'case', caseId, paper } });
    return { step: 'sent', print };
  } catch (error) {
    return { step: 'failed', failure: toFailure(error) };
  }
}

/** Alt+P while no dialog covers the page. */
function usePaperKey(act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isOurs = event.altKey && !event.ctrlKey && event.key.toLowerCase() === 'p';
      if (!isOurs || event.repeat || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
