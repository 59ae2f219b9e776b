import { useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { hallInstant } from '../app/days.ts';
import { localMinute } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import styles from './Supervisor.module.css';

export type Outage = MethodOutput<'outage.list'>['rows'][number];

const nowText = (): string => localMinute(new Date().toISOString());

/** Both are past, and the first is before the second; an empty second one: it lasts. */
function isSpan(from: string | null, to: string | null, toText: string): boolean {
  if (from === null || Date.parse(from) > Date.now()) return false;
  if (toText.trim() === '') return true;
  return to !== null && from < to && Date.parse(to) <= Date.now();
}

/** 登记暂停: from when, until when if it is over, why, and what proves it. */
export function DeclareDialog({ scope, onClose }: { scope: 'hall' | 'one'; onClose(): void }) {
  const { client } = useApp();
  const [number, setNumber] = useState('');
  const [fromText, setFrom] = useState(nowText);
  const [toText, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState('');
  const from = hallInstant(fromText);
  const to = hallInstant(toText);
  const missing =
    scope === 'one' && number.trim() === ''
      ? t.outages.must(t.outages.caseNumber)
      : !isSpan(from, to, toText)
        ? t.outages.badTime
        : reason.trim() === ''
          ? t.outages.must(t.outages.reason)
          : proof.trim() === ''
            ? t.outages.must(t.outages.proof)
            : null;
  const declare = async (commandId: string): Promise<void> => {
    const caseId =
      scope === 'one' ? (await client.call('case.get', { id: number.replaceAll(' ', '') })).record.id : undefined;
    await client.call('outage.declare', {
      commandId,
      ...(caseId !== undefined && { caseId }),
      from: from ?? '',
      to,
      reason: reason.trim(),
      proof: proof.trim(),
    });
  };
  return (
    <AskDialog
      title={t.outages[scope]}
      effect={t.outages.effect[scope]}
      go={t.outages.go}
      missing={missing}
      onGo={declare}
      onClose={onClose}
    >
      {scope === 'one' ? (
        <TextField
          label={t.outages.caseNumber}
          inputMode="numeric"
          maxLength={20}
          data-default
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      ) : null}
      <TimeField label={t.outages.from} hint={t.outages.fromHint} value={fromText} onChange={setFrom} />
      <TimeField label={t.outages.to} hint={t.outages.toHint} value={toText} onChange={setTo} />
      <ReasonChoice
        label={t.outages.reason}
        reasons={t.outages.reasons}
        value={reason}
        onChange={setReason}
        isDefault={scope === 'hall'}
      />
      <TextField
        label={t.outages.proof}
        placeholder={t.outages.proofHint}
        maxLength={100}
        value={proof}
        onChange={(event) => setProof(event.target.value)}
      />
    </AskDialog>
  );
}

/** 结束暂停: when it was over, now if nothing else is said. */
export function EndDialog({ outage, onClose }: { outage: Outage; onClose(): void }) {
  const { client } = useApp();
  const [text, setText] = useState(nowText);
  const to = hallInstant(text);
  const isGood = to !== null && isSpan(outage.from, to, text);
  return (
    <AskDialog
      title={t.outages.endTitle}
      effect={t.outages.effect.end}
      go={t.outages.goEnd}
      missing={isGood ? null : t.outages.badTime}
      onGo={(commandId) => client.call('outage.end', { commandId, outage: outage.id, to: to ?? '' })}
      onClose={onClose}
    >
      <p className={styles.muted}>{[outage.reason, localMinute(outage.from), outage.proof].join(t.separator)}</p>
      <TimeField label={t.outages.to} hint={t.outages.fromHint} value={text} onChange={setText} isDefault />
    </AskDialog>
  );
}

interface TimeFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange(text: string): void;
  isDefault?: boolean;
}

function TimeField({ label, hint, value, onChange, isDefault = false }: TimeFieldProps) {
  return (
    <TextField
      label={label}
      placeholder={hint}
      inputMode="numeric"
      maxLength={16}
      {...(isDefault && { 'data-default': true })}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
