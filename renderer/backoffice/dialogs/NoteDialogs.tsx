import { useState } from 'react';
import { t } from '../../strings/index.ts';
import { ReasonChoice } from '../../window/acts/ReasonChoice.tsx';
import { useOffice, useOfficeState } from '../office.ts';
import { Frame } from './Frame.tsx';

/** A remark, or why the case is late (domain.md §5.4 rule 8). */
export function NoteDialog({ kind }: { kind: 'remark' | 'overdue-reason' }) {
  const { store } = useOffice();
  const caseId = useOfficeState((state) => state.open?.record.id ?? '');
  const [text, setText] = useState('');
  const isLate = kind === 'overdue-reason';
  const save = async (): Promise<void> => {
    if (!(await store.getState().note({ caseId, kind, text: text.trim() }))) return;
    store.getState().setDialog(null);
    await store.getState().refresh(caseId);
  };
  return (
    <Frame
      title={isLate ? t.remark.overdueTitle : t.remark.title}
      effect=""
      go={t.remark.go}
      missing={text.trim() === '' ? t.remark.need : null}
      onGo={() => void save()}
    >
      <ReasonChoice
        label={isLate ? t.remark.overdueText : t.remark.text}
        reasons={isLate ? t.remark.overdueReasons : []}
        value={text}
        onChange={setText}
        isDefault
      />
    </Frame>
  );
}

/** The reason goes into the log before a number is shown (domain.md §7.3). */
export function UnmaskDialog() {
  const { store } = useOffice();
  const caseId = useOfficeState((state) => state.open?.record.id ?? '');
  const [reason, setReason] = useState('');
  const show = async (): Promise<void> => {
    if (await store.getState().unmask(caseId, reason.trim())) store.getState().setDialog(null);
  };
  return (
    <Frame
      title={t.unmask.title}
      effect={t.unmask.effect}
      go={t.unmask.go}
      missing={reason.trim() === '' ? t.unmask.need : null}
      onGo={() => void show()}
    >
      <ReasonChoice label={t.reason.label} reasons={t.unmask.reasons} value={reason} onChange={setReason} isDefault />
    </Frame>
  );
}
