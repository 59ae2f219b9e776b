import { useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { ReturnDecision } from '../../domain/returned/types.ts';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import type { Row } from './row.ts';
import { decisionWords } from './words.ts';

export type Accepted = NonNullable<MethodOutput<'returned.settle'>['accepted']>;

interface SettleDialogProps {
  row: Row;
  decision: ReturnDecision;
  onClose(): void;
  /** @param accepted the case that came of it */
  onSettled(accepted: Accepted | null): void;
}

/** The decision about one step, with what was found. */
export function SettleDialog({ row, decision, onClose, onSettled }: SettleDialogProps) {
  const { client } = useApp();
  const [note, setNote] = useState('');
  const words = decisionWords(row, decision);
  const settle = async (commandId: string): Promise<void> => {
    const settle = { commandId, id: row.id, decision, note: note.trim() };
    const { accepted } = await client.call('returned.settle', settle);
    onSettled(accepted);
  };
  return (
    <AskDialog
      title={words.title}
      effect={words.effect}
      go={words.go}
      missing={note.trim().length < 2 ? t.returned.noteMissing : null}
      onGo={settle}
      onClose={onClose}
    >
      <ReasonChoice label={t.returned.note} reasons={words.notes} value={note} onChange={setNote} isDefault />
    </AskDialog>
  );
}
