import { useStore } from 'zustand';
import { useWorkspace } from '../workspace.ts';
import { HandOverDialog } from './HandOverDialog.tsx';
import { NoteDialog, UnmaskDialog } from './NoteDialogs.tsx';
import { RefuseDialog } from './RefuseDialog.tsx';
import { CallDialog, DeemedDialog, DeliveredDialog, ExpressDialog, NoShowDialog } from './SmallActs.tsx';
import { SupplementDialog } from './SupplementDialog.tsx';
import { WithdrawDialog } from './WithdrawDialog.tsx';

/** The dialog that is open about a case, if any. */
export function CaseDialogs() {
  const overlay = useStore(useWorkspace().view, (state) => state.overlay);
  switch (overlay) {
    case 'T11':
      return <DeemedDialog />;
    case 'T16':
      return <SupplementDialog />;
    case 'T33':
      return <CallDialog />;
    case 'T34':
      return <HandOverDialog />;
    case 'T35':
      return <NoShowDialog />;
    case 'T36':
      return <ExpressDialog />;
    case 'T37':
      return <DeliveredDialog />;
    case 'T40':
      return <WithdrawDialog />;
    case 'refuse':
      return <RefuseDialog />;
    case 'unmask':
      return <UnmaskDialog />;
    case 'remark':
      return <NoteDialog kind="remark" />;
    case 'overdue':
      return <NoteDialog kind="overdue-reason" />;
    default:
      return null;
  }
}
