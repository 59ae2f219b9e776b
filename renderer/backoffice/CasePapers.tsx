import { PAPER_STAFF } from '../../domain/papers/ofCase/kinds.ts';
import { PapersPanel } from '../papers/PapersPanel.tsx';
import { useOffice, useWorker } from './office.ts';
import type { OpenTask } from './officeStore.ts';

/** The papers of the open case that this person's desk handles; none for housing and the register. */
export function CasePapers({ open: { record } }: { open: OpenTask }) {
  const { app, store } = useOffice();
  const { roles } = useWorker();
  if (!PAPER_STAFF.some((role) => roles.includes(role))) return null;
  return (
    <PapersPanel
      key={record.id}
      client={app.client}
      record={record}
      onPrinted={() => void store.getState().refresh(record.id)}
    />
  );
}
