import { useState } from 'react';
import type { PaperRow } from '../../contract/rpc/papers.ts';
import type { Lane } from '../../domain/case/lanes.ts';
import { type CasePaperKind, PAPER_STAFF } from '../../domain/papers/ofCase/kinds.ts';
import { useAnswer } from '../app/useAnswer.ts';
import { PaperDialog } from '../papers/PaperDialog.tsx';
import paperStyles from '../papers/Papers.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { useOffice, useOfficeState, useWorker } from './office.ts';

/** What a lane hands over when it has finished, beside what a step prints. */
const PAPER_OF_LANE: Partial<Record<Lane, CasePaperKind>> = { FEE: 'payment-notice', TAX: 'tax-contact' };

interface Offer {
  left: object;
  rows: PaperRow[];
}

/** The case has left the list; its paper is still to be printed: offered beside what was done. */
export function PaperOffer() {
  const { app, store } = useOffice();
  const left = useOfficeState((state) => state.left);
  const { roles } = useWorker();
  const [prints, setPrints] = useState(0);
  const [open, setOpen] = useState<CasePaperKind | null>(null);
  const handles = PAPER_STAFF.some((role) => roles.includes(role));
  const load = async (): Promise<Offer | null> => {
    if (!left || !handles) return null;
    const { rows } = await app.client.call('papers.list', { caseId: left.caseId });
    return {
      left,
      rows: rows.filter((row) => row.owed || (row.prints === 0 && row.paper === PAPER_OF_LANE[left.lane])),
    };
  };
  const { answer: offer } = useAnswer(load, [left ?? '', String(handles), prints]);
  // An answer about the case before is no offer for this one.
  if (!left || offer?.left !== left || (offer.rows.length === 0 && open === null)) return null;
  return (
    <div className={paperStyles.offer}>
      {offer.rows.map((row) => (
        <Button key={row.paper} size="small" look="primary" onClick={() => setOpen(row.paper)}>
          {t.casePapers.printOf(row.title)}
        </Button>
      ))}
      {open === null ? null : (
        <PaperDialog
          client={app.client}
          target={{ of: 'case', caseId: left.caseId, paper: open }}
          onPrinted={() => setPrints((before) => before + 1)}
          onClose={() => {
            setOpen(null);
            if (store.getState().open === null) document.querySelector<HTMLElement>('[data-selected="true"]')?.focus();
          }}
        />
      )}
    </div>
  );
}
