import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { LimitClock } from './parts/LimitClock.tsx';
import { PrintFacts } from './parts/PrintFacts.tsx';
import styles from './Side.module.css';
import { SlipPaper } from './slip/SlipPaper.tsx';
import { useWorkspace } from './workspace.ts';

/** Beside a case: its clock, what happened on paper, and the slip as it looks. */
export function CaseSide() {
  const record = useStore(useWorkspace().cases, (state) => state.current?.record ?? null);
  if (!record) return null;
  return (
    <>
      <LimitClock record={record} />
      <PrintFacts record={record} />
      <Preview caseId={record.id} prints={record.slips.length} />
    </>
  );
}

function Preview({ caseId, prints }: { caseId: string; prints: number }) {
  const { app } = useWorkspace();
  const [document, setDocument] = useState<SlipDocument | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further print changes the slip (重打)
  useEffect(() => {
    let current = true;
    app.client.call('slips.preview', { caseId, slip: 'acceptance' }).then(
      (slip) => {
        if (!current) return;
        setDocument(slip);
        setFailure(null);
      },
      (error: unknown) => {
        if (current) setFailure(toFailure(error));
      },
    );
    return () => {
      current = false;
    };
  }, [app, caseId, prints]);
  return (
    // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
    <section className={styles.paper} aria-label={t.slip.region} tabIndex={0}>
      <p className={styles.paperCaption}>{t.slip.onPaper(prints)}</p>
      {failure ? <FailureNotice failure={failure} /> : null}
      {document ? <SlipPaper document={document} /> : failure ? null : <Skeleton label={t.slip.loading} />}
    </section>
  );
}
