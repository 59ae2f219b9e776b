import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Party, PartyRole } from '../../../domain/case/types.ts';
import { parseCitizenId } from '../../../domain/identity/citizenId.ts';
import type { IdKind } from '../../../domain/identity/idKind.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, SelectField, TextField } from '../../ui/Field.tsx';
import styles from '../Form.module.css';
import { addParty, changeParty } from '../form/formActions.ts';
import { EMPTY_HAND, type FormParty, type HandValues } from '../form/formState.ts';
import { type Feedback, idFeedback } from '../form/idFeedback.ts';
import { useWorkspace } from '../workspace.ts';

const PERSON_IDS: readonly IdKind[] = ['resident', 'hmt-residence', 'permanent-residence', 'other'];
const ORGANISATION_IDS: readonly IdKind[] = ['credit-code', 'other'];

/** Alt+N: a person or an organisation typed in, with the check digit judged while typing. Enter adds, Esc goes back. */
export function HandEntry({ edited }: { edited: FormParty | null }) {
  const workspace = useWorkspace();
  const panel = useRef<HTMLFieldSetElement>(null);
  const kept = useStore(workspace.form, (state) => state.form.hand);
  const [edits, setEdits] = useState<HandValues | null>(edited);
  const { role, kind, name, idKind, idNumber } = edits ?? kept;
  const feedback = idFeedback(idKind, idNumber);
  const nameGood = name.trim() !== '';
  const idGood =
    feedback.kind === 'good' || (feedback.kind === 'bad' && feedback.warning) || otherIdGood(idKind, idNumber);

  const focusInput = (field: 'hand-name' | 'hand-id'): void =>
    panel.current?.querySelector<HTMLInputElement>(`input[name=${field}]`)?.focus();
  useEffect(() => {
    panel.current?.querySelector<HTMLInputElement>('input[name=hand-name]')?.focus();
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  /** A new entry lives in the form, so that Esc, a card or a power cut loses nothing; an edit until it is saved. */
  const set = (part: Partial<HandValues>): void => {
    if (edits) setEdits({ ...edits, ...part });
    else workspace.form.getState().change((form) => ({ ...form, hand: { ...form.hand, ...part } }));
  };

  const close = (): void => {
    workspace.view.setState({ handEntry: null });
    workspace.focusNext();
  };

  const save = (): void => {
    if (!nameGood || !idGood) {
      focusInput(nameGood ? 'hand-id' : 'hand-name');
      return;
    }
    const values = { role, kind, name: name.trim(), idKind, idNumber: idNumber.trim().toUpperCase() };
    workspace.form.getState().change(
      (form) =>
        edited
          ? changeParty(form, edited.key, values)
          : addParty(
              { ...form, hand: EMPTY_HAND },
              {
                ...values,
                key: crypto.randomUUID(),
                origin: 'typed',
                phone: '',
                share: '',
                bankNumber: '',
                overrides: [],
              },
            ),
      { now: true },
    );
    close();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) save();
    else return;
    event.preventDefault();
  };

  const changeKind = (next: Party['kind']): void =>
    set({ kind: next, idKind: next === 'person' ? 'resident' : 'credit-code' });

  const options = (kind === 'person' ? PERSON_IDS : ORGANISATION_IDS).map((value) => ({
    value,
    text: t.party.idKinds[value],
  }));
  return (
    <fieldset
      ref={panel}
      className={`${styles.box} ${styles.asking}`}
      aria-label={t.party.handTitle}
      onKeyDown={onKeyDown}
    >
      <Choice<PartyRole>
        label={t.party.role}
        value={role}
        onChange={(value) => set({ role: value })}
        options={(['holder', 'obligor', 'agent'] as const).map((value) => ({ value, text: t.party.roles[value] }))}
      />
      <Choice<Party['kind']>
        label={t.party.kind}
        value={kind}
        onChange={changeKind}
        options={(['person', 'organisation'] as const).map((value) => ({ value, text: t.party.kinds[value] }))}
      />
      <TextField
        label={kind === 'person' ? t.party.name : t.party.orgName}
        name="hand-name"
        value={name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <SelectField<IdKind>
        label={t.party.idKind}
        value={idKind}
        options={options}
        onChange={(value) => set({ idKind: value })}
      />
      <TextField
        label={t.party.idNumber}
        name="hand-id"
        value={idNumber}
        below={describe(feedback)}
        tone={toneOf(feedback)}
        onChange={(event) => set({ idNumber: event.target.value })}
      />
      <div className={styles.panelActions}>
        <Button look="plain" keyName={t.keys.esc} onClick={close}>
          {t.party.cancel}
        </Button>
        <Button look={nameGood && idGood ? 'primary' : 'waiting'} keyName={t.keys.enter} onClick={save}>
          {t.party.save}
        </Button>
      </div>
    </fieldset>
  );
}

function otherIdGood(idKind: IdKind, idNumber: string): boolean {
  if (idKind === 'other') return idNumber.trim() !== '';
  return parseCitizenId(idNumber).ok;
}

export function toneOf(feedback: Feedback): 'plain' | 'good' | 'bad' | 'warn' {
  if (feedback.kind === 'good') return 'good';
  if (feedback.kind === 'bad') return feedback.warning ? 'warn' : 'bad';
  return 'plain';
}

/** One line: how far, or good with what the number says, or what is wrong. Never empty, so nothing jumps. */
export function describe(feedback: Feedback): string {
  switch (feedback.kind) {
    case 'none':
      return '\u00a0';
    case 'typing':
      return t.feedback.typing(feedback.length, feedback.of);
    case 'bad':
      return feedback.warning ? t.feedback.warning : t.feedback.problem[feedback.problem];
    case 'good': {
      const said = [t.feedback.good, feedback.birth ?? '', feedback.sex ? t.party[feedback.sex] : ''];
      return said.filter(Boolean).join(t.separator);
    }
  }
}
