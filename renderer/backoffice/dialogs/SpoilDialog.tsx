import { useState } from 'react';
import type { VoidReason } from '../../../domain/case/progress.ts';
import { t } from '../../strings/index.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { checkRows } from '../lanes/checkRows.ts';
import { askedJob } from '../lanes/printJobs.ts';
import { useOffice, useOfficeState, useWorker } from '../office.ts';
import type { OpenTask } from '../officeStore.ts';
import { run, runPrint } from '../perform.ts';
import { Frame } from './Frame.tsx';

const REASONS: readonly VoidReason[] = ['jam', 'misprint', 'stained', 'wrong-data', 'test', 'other'];

/** A blank spoiled while printing (T30) or refused by the check (T32): reason, and a second person (domain.md §4.11). */
/** @param isPrint of the sheet the printer asks about: its job is answered with it */
export function SpoilDialog({ transition, isPrint = false }: { transition: 'T30' | 'T32'; isPrint?: boolean }) {
  const office = useOffice();
  const { actor } = useWorker();
  const record = useOfficeState((state) => state.open?.record ?? null);
  const people = useOfficeState((state) => state.people);
  const prints = useOfficeState((state) => state.open?.prints ?? null);
  const asked = isPrint && record ? (askedJob(record, prints)?.blank ?? null) : null;
  const blanks =
    asked !== null ? [asked] : (record?.certificates ?? []).map(({ blank }) => blank).filter((blank) => blank !== null);
  const [blank, setBlank] = useState(blanks[0] ?? '');
  // What the check found different is the reason; the person may say it in other words.
  const found = useOfficeState(({ open }) => (transition === 'T32' && open ? wrongFields(open, blank) : ''));
  const [reason, setReason] = useState<VoidReason>(transition === 'T30' ? 'jam' : found ? 'wrong-data' : 'misprint');
  const [note, setNote] = useState(found && t.laneCheck.differsNote(found));
  const [witness, setWitness] = useState('');
  const others = people.filter((person) => person.active && person.number !== actor);
  const missing =
    witness === '' ? t.askSpoil.chooseWitness : reason === 'other' && note.trim() === '' ? t.askSpoil.needNote : null;
  const title = transition === 'T30' ? t.askSpoil.titlePrint : t.askSpoil.titleCheck;
  return (
    <Frame
      title={title}
      effect={t.askSpoil.effect}
      go={t.askSpoil.go}
      keep={t.askSpoil.keep}
      danger
      missing={missing}
      onGo={() => {
        const data = { blank, reason, note: note.trim(), witness };
        const job = prints?.jobs.find((each) => each.isHere && each.blank === blank && each.state !== 'DROPPED');
        if (isPrint && job)
          void runPrint(office, { kind: 'spoil', job: job.id, reason, note: data.note, witness }, title);
        else void run(office, { kind: 'advance', advance: { transition, data } }, title);
      }}
    >
      <SelectField
        label={t.askSpoil.blank}
        value={blank}
        options={blanks.map((value) => ({ value, text: value }))}
        onChange={setBlank}
      />
      <SelectField<VoidReason>
        label={t.askSpoil.reason}
        value={reason}
        options={REASONS.map((value) => ({ value, text: t.askSpoil.reasons[value] }))}
        onChange={setReason}
      />
      <TextField
        label={t.askSpoil.note}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <SelectField
        label={t.askSpoil.witness}
        value={witness}
        options={[
          { value: '', text: t.askSpoil.chooseWitness },
          ...others.map(({ number, name }) => ({ value: number, text: `${name} ${number}` })),
        ]}
        onChange={setWitness}
      />
    </Frame>
  );
}

/** Names of the rows in which this sheet is not what the register says. */
function wrongFields({ record, printed }: OpenTask, blank: string): string {
  const certificate = record.certificates.find((each) => each.blank === blank);
  if (!certificate) return '';
  const rows = checkRows(record, certificate, printed).filter(({ verdict }) => verdict === 'differs');
  return rows.map(({ label }) => label).join(t.listSeparator);
}
