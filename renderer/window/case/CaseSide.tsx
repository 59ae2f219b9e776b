import { useStore } from 'zustand';
import { PrintFacts } from '../parts/PrintFacts.tsx';
import { useWorkspace } from '../workspace.ts';
import { LaneStrip } from './LaneStrip.tsx';
import { LimitClock } from './LimitClock.tsx';
import { SlipPanel } from './SlipPanel.tsx';
import { slipOf } from './slipOf.ts';

/** Beside a case: its clocks, its lanes, what happened on paper, and the slip as it looks. */
export function CaseSide() {
  const { cases, view } = useWorkspace();
  const current = useStore(cases, (state) => state.current);
  const chosen = useStore(view, (state) => state.slip);
  if (!current) return null;
  const { record, notes } = current;
  const slip = slipOf(record, chosen);
  return (
    <>
      <LimitClock
        record={record}
        notes={notes}
        times={current.summary?.times ?? null}
        onOverdue={() => view.setState({ overlay: 'overdue' })}
      />
      <LaneStrip record={record} />
      {slip === null ? null : (
        <>
          <PrintFacts record={record} slip={slip} />
          <SlipPanel record={record} slip={slip} />
        </>
      )}
    </>
  );
}
