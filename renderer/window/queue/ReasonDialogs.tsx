import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Choice, TextField } from '../../ui/Field.tsx';
import acts from '../acts/Acts.module.css';
import { ReasonChoice } from '../acts/ReasonChoice.tsx';
import { useWorkspace } from '../workspace.ts';
import { QueueFrame } from './QueueFrame.tsx';
import { minutesOf } from './words.ts';

interface ReasonProps {
  title: string;
  label: string;
  reasons: readonly string[];
  effect: string;
  go: string;
  onGo(reason: string): Promise<boolean>;
}

function ReasonFrame({ label, reasons, onGo, ...frame }: ReasonProps) {
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '' ? `${t.acts.missingWhy}${t.colon}${label}` : null;
  return (
    <QueueFrame {...frame} missing={missing} onGo={() => onGo(reason.trim())}>
      <ReasonChoice label={label} reasons={reasons} value={reason} onChange={setReason} isDefault />
    </QueueFrame>
  );
}

/** F5: nobody is called to this window until F5 again. */
export function PauseDialog() {
  const { desk } = useWorkspace();
  const number = useStore(desk.queue, ({ state }) => state?.current?.number);
  const words = t.queue.pauseDialog;
  return (
    <ReasonFrame
      title={words.title}
      label={words.reason}
      reasons={words.reasons}
      effect={number === undefined ? words.effect : words.effectInHand(number)}
      go={words.go}
      onGo={(reason) => desk.queue.getState().pause(reason)}
    />
  );
}

/** F7: the person fetches something; the place is kept. */
export function HoldDialog() {
  const { desk } = useWorkspace();
  const number = useNumber();
  const minutes = useStore(desk.queue, ({ state }) => minutesOf(state?.policy.holdMaxMs ?? 0));
  const words = t.queue.holdDialog;
  return (
    <ReasonFrame
      title={words.title(number)}
      label={words.reason}
      reasons={words.reasons}
      effect={words.effect(minutes)}
      go={words.go}
      onGo={(reason) => desk.hold(reason)}
    />
  );
}

/** T10: everything that is missing is said at once. */
export function SendBackDialog() {
  const { desk } = useWorkspace();
  const number = useNumber();
  const words = t.queue.sendBackDialog;
  return (
    <ReasonFrame
      title={words.title(number)}
      label={words.reason}
      reasons={words.reasons}
      effect={words.effect}
      go={words.go}
      onGo={(reason) => desk.sendBack(reason)}
    />
  );
}

type VoidKind = keyof typeof t.queue.voidDialog.kinds;
const VOID_KINDS: readonly VoidKind[] = ['cancelled', 'mistake'];

/** The number ends unserved, for good: the safe button is the default. */
export function VoidDialog() {
  const { desk } = useWorkspace();
  const number = useNumber();
  const [kind, setKind] = useState<VoidKind | null>(null);
  const [note, setNote] = useState('');
  const words = t.queue.voidDialog;
  return (
    <QueueFrame
      title={words.title(number)}
      go={words.go}
      danger={words.keep}
      effect={words.effect}
      missing={kind === null ? `${t.acts.missingWhy}${t.colon}${words.reason}` : null}
      onGo={async () =>
        kind !== null && (await desk.queue.getState().void({ reason: kind, note: note.trim() })) !== null
      }
    >
      <div className={acts.fields}>
        <Choice<VoidKind>
          label={words.reason}
          value={kind}
          options={VOID_KINDS.map((value) => ({ value, text: words.kinds[value] }))}
          onChange={setKind}
        />
        <TextField
          label={words.note}
          maxLength={200}
          placeholder={t.party.optional}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </QueueFrame>
  );
}

/** Of the number in hand when the dialog was opened. */
export function useNumber(): string {
  const { desk } = useWorkspace();
  const [number] = useState(() => desk.queue.getState().state?.current?.number ?? '');
  return number;
}
