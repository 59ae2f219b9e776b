import { useState } from 'react';
import type { BlankCount, BlankDrawer } from '../../contract/rpc/blanks.ts';
import type { BlankForm } from '../../domain/blanks/serial.ts';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Choice, TextField } from '../ui/Field.tsx';
import styles from './Blanks.module.css';
import { WitnessField, wholeNumber } from './MoveDialog.tsx';
import { nameOf, type Person } from './useBlanks.ts';

interface CountDialogProps {
  window: string;
  day: string;
  /** Drawers of this window; what they should hold is not shown before it is counted. */
  drawers: readonly BlankDrawer[];
  people: readonly Person[];
  actor: string;
  onClose(): void;
}

/** The count at the end of the day. The expected number is not offered: one counts, one does not copy. */
export function CountDialog({ window, day, drawers, people, actor, onClose }: CountDialogProps) {
  const { client } = useApp();
  const [form, setForm] = useState<BlankForm>(drawers.find((each) => each.count === null)?.form ?? 'certificate');
  const [counted, setCounted] = useState('');
  const [papers, setPapers] = useState('');
  const [witness, setWitness] = useState('');
  const words = t.blanks.dayEnd;
  const missing =
    wholeNumber(counted) === null
      ? t.blanks.must(words.counted)
      : wholeNumber(papers) === null
        ? t.blanks.must(words.papers)
        : witness === ''
          ? t.blanks.chooseWitness
          : null;
  return (
    <AskDialog
      title={words.title}
      effect={words.effect}
      go={words.go}
      missing={missing}
      onGo={(commandId) => {
        const numbers = { counted: wholeNumber(counted) ?? 0, papersCounted: wholeNumber(papers) ?? 0 };
        return client.call('blanks.count', { commandId, window, day, form, ...numbers, witness });
      }}
      onClose={onClose}
    >
      <p className={styles.counted}>{[day, window].join(t.separator)}</p>
      <Choice<BlankForm>
        label={t.blanks.form}
        value={form}
        options={(['certificate', 'proof'] as const).map((value) => ({ value, text: t.blanks.forms[value] }))}
        onChange={setForm}
      />
      <TextField
        label={words.counted}
        inputMode="numeric"
        maxLength={5}
        data-default
        value={counted}
        onChange={(event) => setCounted(event.target.value)}
      />
      <TextField
        label={words.papers}
        inputMode="numeric"
        maxLength={5}
        value={papers}
        onChange={(event) => setPapers(event.target.value)}
      />
      <WitnessField
        people={people.filter((person) => person.active && person.number !== actor)}
        value={witness}
        onChange={setWitness}
      />
    </AskDialog>
  );
}

/** The supervisor takes note of what does not fit, and says what was found. */
export function SignDialog(props: { count: BlankCount; people: readonly Person[]; onClose(): void }) {
  const { count, people, onClose } = props;
  const { client } = useApp();
  const [note, setNote] = useState('');
  const words = t.blanks.sign;
  return (
    <AskDialog
      title={words.title}
      effect={words.effect}
      go={words.go}
      missing={note.trim() === '' ? t.blanks.must(words.note) : null}
      onGo={(commandId) => client.call('blanks.sign', { commandId, count: count.id, note: note.trim() })}
      onClose={onClose}
    >
      <p className={styles.counted}>
        {[count.day, count.window, t.blanks.forms[count.form]].join(t.separator)}
        <br />
        {t.blanks.countedAs(count.counted, count.expected)}
        {t.separator}
        {t.blanks.papersAs(count.papersCounted, count.papersExpected)}
        {count.sheets + count.sheetsExpected > 0
          ? `${t.separator}${t.blanks.sheetsAs(count.sheets, count.sheetsExpected)}`
          : null}
        <br />
        {t.blanks.countedBy(nameOf(people, count.by), nameOf(people, count.witness))}
      </p>
      <TextField
        label={words.note}
        maxLength={200}
        data-default
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </AskDialog>
  );
}
