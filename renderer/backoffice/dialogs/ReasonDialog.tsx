import { useState } from 'react';
import { t } from '../../strings/index.ts';
import { ReasonChoice } from '../../window/acts/ReasonChoice.tsx';
import { useOffice } from '../office.ts';
import type { Change } from '../officeStore.ts';
import { run } from '../perform.ts';
import { Frame } from './Frame.tsx';

export type ReasonKind = 'return' | 'block' | 'skip' | 'T17' | 'T20' | 'T21';

/** One reason and no more: typed, or chosen from the usual ones. */
export function ReasonDialog({ kind }: { kind: ReasonKind }) {
  const office = useOffice();
  const [reason, setReason] = useState('');
  const words = t.officeDialog[kind];
  const text = reason.trim();
  const change = (): Change => {
    if (kind !== 'return' && kind !== 'block' && kind !== 'skip')
      return { kind: 'advance', advance: { transition: kind, data: { reason: text } } };
    const lane = office.store.getState().open?.lane ?? 'REV1';
    return { kind: 'lane', change: { lane, event: kind, note: text } };
  };
  return (
    <Frame
      title={words.title}
      effect={words.effect}
      go={words.go}
      missing={text === '' ? t.office.must(words.label) : null}
      onGo={() => void run(office, change(), words.title)}
    >
      <ReasonChoice
        label={words.label}
        reasons={t.officeDialog.reasons[kind]}
        value={reason}
        onChange={setReason}
        isDefault
      />
    </Frame>
  );
}
