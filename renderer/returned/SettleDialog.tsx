import { useState } from 'react';
import type { ReturnDecision } from '../../domain/returned/types.ts';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import type { Row } from './row.ts';

interface SettleDialogProps {
  row: Row;
  decision: ReturnDecision;
  onClose(): void;
  onSettled(): void;
}

/** The decision about one step, with what was found. */
export function SettleDialog({ row, decision, onClose, onSettled }: SettleDialogProps) {
  const { client } = useApp();
  const [note, setNote] = useState('');
  const settle = async (commandId: string): Promise<void> => {
    await client.call('returned.settle', { commandId, id: row.id, decision, note: note.trim() });
    onSettled();
  };
  return (
    <AskDialog
      title={t.returned.decideTitle[decision]}
      effect={t.returned.effect[decision]}
      go={t.returned.decide[decision]}
      missing={note.trim().length < 2 ? t.returned.noteMissing : null}
      onGo={settle}
      onClose={onClose}
    >
      <ReasonChoice
        label={t.returned.note}
        reasons={t.returned.notes[decision]}
        value={note}
        onChange={setNote}
        isDefault
      />
    </AskDialog>
  );
}
