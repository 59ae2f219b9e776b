import { useState } from 'react';
import { type BlankForm, FORM_OF_LETTER } from '../../domain/blanks/serial.ts';
import { USUAL_RANGE } from '../../domain/blanks/types.ts';
import type { VoidReason } from '../../domain/case/progress.ts';
import { parseBlankSerial } from '../../domain/numbers/blankSerial.ts';
import { useApp } from '../app/app.ts';
import type { RpcClient } from '../rpc/client.ts';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Choice, SelectField, TextField } from '../ui/Field.tsx';
import type { Person } from './useBlanks.ts';

export type MoveKind = keyof typeof t.blanks.doing;

/** What is asked, move by move; in the order of the form. */
const FIELDS = {
  receive: ['form', 'serial', 'count'],
  assign: ['serial', 'count', 'window'],
  return: ['serial', 'count', 'witness', 'note'],
  spoil: ['serial', 'reason', 'witness', 'note'],
  restore: ['serial', 'note'],
  lost: ['serial', 'witness', 'note'],
  destroy: ['serial', 'count', 'witness', 'note'],
} as const satisfies Record<MoveKind, readonly (keyof Draft)[]>;

const NOTE_NEEDED: readonly MoveKind[] = ['restore', 'lost'];
const REASONS = Object.keys(t.blanks.reasons) as VoidReason[];

interface Draft {
  form: BlankForm;
  serial: string;
  count: string;
  window: string;
  reason: VoidReason;
  witness: string;
  note: string;
}

interface MoveDialogProps {
  kind: MoveKind;
  people: readonly Person[];
  /** Who asks; nobody is his own second person. */
  actor: string;
  start?: Partial<Draft>;
  onClose(): void;
}

export function MoveDialog({ kind, people, actor, start = {}, onClose }: MoveDialogProps) {
  const { client } = useApp();
  const [draft, setDraft] = useState<Draft>({
    form: 'certificate',
    serial: '',
    count: String(kind === 'receive' ? 2 * USUAL_RANGE : kind === 'assign' ? USUAL_RANGE : 1),
    window: '',
    reason: 'stained',
    witness: '',
    note: '',
    ...start,
  });
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const asks = (field: keyof Draft): boolean => (FIELDS[kind] as readonly string[]).includes(field);
  const words = t.blanks.doing[kind];
  const others = people.filter((person) => person.active && person.number !== actor);
  const isRun = asks('count');
  return (
    <AskDialog
      title={words.title}
      effect={words.effect}
      go={words.go}
      missing={findMissing(kind, draft, asks)}
      onGo={(commandId) => send(client, kind, commandId, draft)}
      onClose={onClose}
    >
      {asks('form') ? (
        <Choice<BlankForm>
          label={t.blanks.form}
          value={draft.form}
          options={(['certificate', 'proof'] as const).map((value) => ({ value, text: t.blanks.forms[value] }))}
          onChange={(form) => set({ form })}
        />
      ) : null}
      <TextField
        label={isRun ? t.blanks.from : t.blanks.serial}
        value={draft.serial}
        maxLength={20}
        {...(start.serial === undefined && { 'data-default': true })}
        onChange={(event) => set({ serial: event.target.value })}
        {...feedback(draft.serial)}
      />
      {isRun ? (
        <TextField
          label={t.blanks.count}
          inputMode="numeric"
          maxLength={4}
          value={draft.count}
          onChange={(event) => set({ count: event.target.value })}
        />
      ) : null}
      {asks('window') ? (
        <TextField
          label={t.blanks.window}
          placeholder={t.blanks.windowHint}
          maxLength={3}
          value={draft.window}
          onChange={(event) => set({ window: event.target.value.toUpperCase() })}
        />
      ) : null}
      {asks('reason') ? (
        <SelectField<VoidReason>
          label={t.blanks.reason}
          value={draft.reason}
          options={REASONS.map((value) => ({ value, text: t.blanks.reasons[value] }))}
          onChange={(reason) => set({ reason })}
        />
      ) : null}
      {asks('witness') ? (
        <WitnessField people={others} value={draft.witness} onChange={(witness) => set({ witness })} />
      ) : null}
      {asks('note') ? (
        <TextField
          label={t.blanks.note}
          placeholder={t.blanks.noteHint}
          maxLength={200}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      ) : null}
    </AskDialog>
  );
}

export function WitnessField(props: { people: readonly Person[]; value: string; onChange(value: string): void }) {
  const { people, value, onChange } = props;
  return (
    <SelectField
      label={t.blanks.witness}
      value={value}
      options={[
        { value: '', text: t.blanks.chooseWitness },
        ...people.map(({ number, name }) => ({ value: number, text: t.blanks.signedIn(name, number) })),
      ]}
      onChange={onChange}
    />
  );
}

/** @returns a whole number of the form, or null */
export function wholeNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : null;
}

function findMissing(kind: MoveKind, draft: Draft, asks: (field: keyof Draft) => boolean): string | null {
  const serial = parseBlankSerial(draft.serial);
  if (!serial.ok) return draft.serial.trim() === '' ? t.blanks.must(t.blanks.serial) : serial.message;
  if (kind === 'receive' && FORM_OF_LETTER[serial.letter] !== draft.form) return t.blanks.letterForm;
  if (asks('count') && !wholeNumber(draft.count)) return t.blanks.must(t.blanks.count);
  if (asks('window') && !/^[A-Z]\d{2}$/.test(draft.window)) return t.blanks.must(t.blanks.window);
  if (asks('witness') && draft.witness === '') return t.blanks.chooseWitness;
  const needsNote = NOTE_NEEDED.includes(kind) || (kind === 'spoil' && draft.reason === 'other');
  return needsNote && draft.note.trim() === '' ? t.blanks.must(t.blanks.note) : null;
}

function feedback(text: string) {
  const serial = parseBlankSerial(text);
  if (text.trim() === '' || serial.ok) return {};
  return { below: serial.message, tone: text.replace(/\s/g, '').length >= 12 ? ('bad' as const) : ('plain' as const) };
}

async function send(client: RpcClient, kind: MoveKind, commandId: string, draft: Draft): Promise<unknown> {
  const parsed = parseBlankSerial(draft.serial);
  const serial = parsed.ok ? parsed.serial : draft.serial;
  const { form, window, reason, witness } = draft;
  const note = draft.note.trim();
  const count = wholeNumber(draft.count) ?? 0;
  switch (kind) {
    case 'receive':
      return client.call('blanks.receive', { commandId, form, first: serial, count });
    case 'assign':
      return client.call('blanks.assign', { commandId, from: serial, count, window });
    case 'return':
      return client.call('blanks.return', { commandId, from: serial, count, witness, note });
    case 'spoil':
      return client.call('blanks.spoil', { commandId, serial, reason, witness, note });
    case 'restore':
      return client.call('blanks.restore', { commandId, serial, note });
    case 'lost':
      return client.call('blanks.lost', { commandId, serial, witness, note });
    case 'destroy':
      return client.call('blanks.destroy', { commandId, from: serial, count, witness, note });
  }
}
