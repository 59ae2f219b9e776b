import { useStore } from 'zustand';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Chip } from '../../ui/Notice.tsx';
import list from '../CaseList.module.css';
import type { FormState } from '../form/formState.ts';
import { useWorkspace } from '../workspace.ts';
import { draftsOf } from './draftsOf.ts';

/** What was entered for numbers that are over, until the day ends; that of a number F8 offers comes back with it. */
export function Drafts() {
  const { form, desk } = useWorkspace();
  const aside = useStore(form, (state) => state.aside);
  const state = useStore(desk.queue, (store) => store.state);
  const drafts = draftsOf(aside, state);
  if (drafts.length === 0) return null;
  return (
    <ul aria-label={t.queue.drafts.list}>
      {drafts.map((draft) => (
        <Draft key={draft.commandId} draft={draft} />
      ))}
    </ul>
  );
}

function Draft({ draft }: { draft: FormState }) {
  const { desk } = useWorkspace();
  const item = findItem(draft.itemCode, useCatalogue(draft.catalogueVersion));
  const { ticket } = draft;
  if (!ticket) return null;
  return (
    <li>
      <button type="button" className={list.row} onClick={() => desk.openDraft(ticket.id)}>
        <span className={list.top}>
          <span className={list.name}>{draft.parties[0]?.name ?? t.cases.noHolder}</span>
          <Chip tone="near">{t.queue.drafts.of(ticket.number)}</Chip>
        </span>
        <span className={list.sub}>{item?.name ?? t.cases.noItem}</span>
      </button>
    </li>
  );
}
