import { useState } from 'react';
import { useStore } from 'zustand';
import { QUEUES, type Queue } from '../../../domain/queue/ticketTypes.ts';
import { t } from '../../strings/index.ts';
import { Choice, SelectField } from '../../ui/Field.tsx';
import acts from '../acts/Acts.module.css';
import { ReasonChoice } from '../acts/ReasonChoice.tsx';
import { useWorkspace } from '../workspace.ts';
import { QueueFrame } from './QueueFrame.tsx';
import { useNumber } from './ReasonDialogs.tsx';
import type { QueueState } from './verbs.ts';

const NO_WINDOWS: QueueState['windows'] = [];

/** Nobody in particular: whoever serves the queue. */
const ANY = '';

/** F6: to another queue, or to a window; the time of the ticket is kept. */
export function TransferDialog() {
  const { desk } = useWorkspace();
  const number = useNumber();
  const windows = useStore(desk.queue, ({ state }) => state?.windows) ?? NO_WINDOWS;
  const own = useStore(desk.queue, ({ state }) => state?.window?.terminal);
  const [now] = useState(() => desk.queue.getState().state?.current?.queue ?? null);
  const [queue, setQueue] = useState<Queue | null>(null);
  const [to, setTo] = useState(ANY);
  const [reason, setReason] = useState('');
  const words = t.queue.transferDialog;
  const served = QUEUES.filter((each) => windows.some(({ queues }) => queues.includes(each)));
  const serving = windows.filter((each) => queue !== null && each.queues.includes(queue) && each.terminal !== own);
  // The same queue and nobody in particular: it would only lose its place at this window.
  const isNowhere = queue === null || (to === ANY && queue === now);
  return (
    <QueueFrame
      title={words.title(number)}
      go={words.go}
      effect={words.effect}
      missing={isNowhere || reason.trim() === '' ? words.missing : null}
      onGo={async () => queue !== null && desk.transfer({ queue, to: to === ANY ? null : to, reason: reason.trim() })}
    >
      <div className={acts.fields}>
        <Choice
          label={words.queue}
          value={queue}
          options={served.map((value) => ({ value, text: words.queues[value] }))}
          onChange={(value) => {
            setQueue(value);
            setTo(ANY);
          }}
        />
        <SelectField
          label={words.to}
          value={to}
          options={[
            { value: ANY, text: words.any },
            ...serving.map(({ terminal, number: over, floor, state }) => ({
              value: terminal,
              text: words.window(over, floor, words.windowStates[state]),
            })),
          ]}
          onChange={setTo}
        />
      </div>
      <ReasonChoice label={words.reason} reasons={words.reasons} value={reason} onChange={setReason} />
    </QueueFrame>
  );
}
