import { useOfficeState } from '../office.ts';
import { BookDialog, NoticeDialog, RejectDialog } from './DecisionDialogs.tsx';
import { NoteDialog, UnmaskDialog } from './NoteDialogs.tsx';
import { PapersDialog } from './PapersDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { SpoilDialog } from './SpoilDialog.tsx';

/** The dialog asked for, if any. */
export function LaneDialogs() {
  const dialog = useOfficeState((state) => state.dialog);
  const isOpen = useOfficeState((state) => state.open !== null);
  if (!isOpen) return null;
  switch (dialog) {
    case null:
      return null;
    case 'T15':
      return <PapersDialog />;
    case 'T18':
      return <NoticeDialog />;
    case 'T27':
      return <BookDialog />;
    case 'T30':
    case 'T32':
      return <SpoilDialog transition={dialog} />;
    case 'spoilPrint':
      return <SpoilDialog transition="T30" isPrint />;
    case 'T41':
      return <RejectDialog />;
    case 'unmask':
      return <UnmaskDialog />;
    case 'remark':
      return <NoteDialog kind="remark" />;
    case 'overdue':
      return <NoteDialog kind="overdue-reason" />;
    default:
      return <ReasonDialog key={dialog} kind={dialog} />;
  }
}
