import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Band } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';
import { overtakenBlock } from './verbs.ts';

/** The number in hand went to another window while the hubs were apart: which one, why, and what is next. */
export function OvertakenBand() {
  const state = useStore(useWorkspace().desk.queue, (store) => store.state);
  const overtaken = state && overtakenBlock(state);
  if (!overtaken) return null;
  const words = t.queue.overtaken;
  return (
    <Band icon="warning" title={words.title(overtaken.number, overtaken.window)}>
      {words.next(overtaken.window)}
    </Band>
  );
}
