import { useStore } from 'zustand';
import { useWorkspace } from '../workspace.ts';
import { CallBackDialog } from './CallBackDialog.tsx';
import { CatchUpDialog } from './CatchUpDialog.tsx';
import { FinishDialog } from './FinishDialog.tsx';
import { HoldDialog, PauseDialog, SendBackDialog, VoidDialog } from './ReasonDialogs.tsx';
import { TransferDialog } from './TransferDialog.tsx';
import { VisitsDialog } from './VisitsDialog.tsx';
import { WhyDialog } from './WhyDialog.tsx';

/** The dialog that is open about the queue, if any. */
export function QueueDialogs() {
  const overlay = useStore(useWorkspace().view, (state) => state.overlay);
  switch (overlay) {
    case 'queue-why':
      return <WhyDialog />;
    case 'queue-pause':
      return <PauseDialog />;
    case 'queue-hold':
      return <HoldDialog />;
    case 'queue-finish':
      return <FinishDialog />;
    case 'queue-transfer':
      return <TransferDialog />;
    case 'queue-back':
      return <CallBackDialog />;
    case 'queue-send-back':
      return <SendBackDialog />;
    case 'queue-void':
      return <VoidDialog />;
    case 'queue-catch-up':
      return <CatchUpDialog />;
    case 'queue-visits':
      return <VisitsDialog />;
    default:
      return null;
  }
}
