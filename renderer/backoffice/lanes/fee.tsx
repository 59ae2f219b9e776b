import { ERRORS } from '../../../contract/errors.ts';
import { isLinkedLoan } from '../../../domain/case/lanes.ts';
import type { FeeLine } from '../../../domain/case/progress.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { EXEMPTIONS } from '../../../domain/fee/exemptions.ts';
import { type FeeChoices, proposeFee, recordedUse } from '../../../domain/fee/proposeFee.ts';
import { groupCaseNumber, localDay } from '../../app/format.ts';
import { FeeTable } from '../../pay/FeeTable.tsx';
import { PayPanel } from '../../pay/PayPanel.tsx';
import { t } from '../../strings/index.ts';
import { Choice, SelectField, TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Office.module.css';
import { Area, Part, Parties, PropertyFacts, Warning } from '../parts.tsx';
import { blockOf, type Plan, releaseOf, returned } from '../plan.ts';
import type { Form } from '../workList.ts';
import { feeTurnOf } from './feeTurn.ts';
import type { LaneFace, LaneInput, LaneProps } from './lane.ts';

/** The fee by the dated table, its exemption and who pays; later the payment, or the loan paid out (T45). */
export const feeLane: LaneFace = {
  plan(input) {
    const turn = feeTurnOf(input.record);
    if (turn === 'pay-out') return planPayOut(input);
    if (turn === 'take') return { done: null, back: null, more: [] };
    const { record, task, form } = input;
    const { lines, missing } = linesFor(record, form);
    return {
      done: {
        label: t.laneFee.done,
        target: { event: 'done' },
        missing,
        how: {
          change: {
            kind: 'lane',
            change: { lane: 'FEE', event: 'done', fee: { lines, payer: payerOf(record, form) } },
          },
        },
      },
      back: returned,
      more: [...blockOf('FEE', task), ...releaseOf('FEE', task)],
    };
  },

  // Until the entry in the register money may go back (a wrong payer, another way of paying), and the case waits again.
  isOpenBeyond: (record) => feeTurnOf(record) === 'take',

  Body(props) {
    const { record, form, set } = props;
    const turn = feeTurnOf(record);
    if (turn === 'take') {
      return (
        <>
          <PayPanel record={record} />
          <Parties record={record} />
        </>
      );
    }
    if (turn === 'pay-out') {
      return (
        <>
          {isLinkedLoan(record.acceptance.itemCode) ? <Mortgages linked={props.linked} /> : null}
          <Part title={t.laneFee.payOut}>
            <Area label={t.laneFee.payOutNote} value={form.note ?? ''} onChange={(value) => set('note', value)} />
          </Part>
          <Parties record={record} />
        </>
      );
    }
    return (
      <>
        <Assessment {...props} />
        <Parties record={record} />
        <PropertyFacts record={record} />
      </>
    );
  },
};

/** The centre finds the registration by itself; the page says beforehand whether there is one. */
function planPayOut({ record, form, linked }: LaneInput): Plan {
  const note = (form.note ?? '').trim();
  const isWaiting = isLinkedLoan(record.acceptance.itemCode) && !linked.some(({ booked }) => booked);
  return {
    done: {
      label: t.laneFee.payOut,
      target: { transition: 'T45' },
      missing: isWaiting ? ERRORS['linked-case-open'] : note === '' ? t.office.must(t.laneFee.payOutNote) : null,
      how: { change: { kind: 'advance', advance: { transition: 'T45', data: { note } } } },
    },
    back: null,
    more: [],
  };
}

function Mortgages({ linked }: Pick<LaneProps, 'linked'>) {
  return (
    <Part title={t.laneFee.mortgages}>
      {linked.length === 0 ? <Warning>{t.laneFee.noMortgage}</Warning> : null}
      <ul className={styles.rows}>
        {linked.map(({ id, number, itemName, state, booked }) => (
          <li key={id}>
            <span>
              {groupCaseNumber(number)} {itemName}
            </span>
            <span className={booked ? styles.ready : styles.near}>
              <Icon name={booked ? 'good' : 'clock'} /> {booked ? t.laneFee.booked : state}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function choiceOf(form: Form): FeeChoices {
  const certificates = Number(form.copies ?? '1');
  return {
    use: form.use === 'other' || form.use === 'residential' ? form.use : undefined,
    certificates: Number.isInteger(certificates) && certificates >= 1 && certificates <= 50 ? certificates : 1,
    exemption: EXEMPTIONS.find(({ code }) => code === form.exemption),
    note: form.exemptionNote,
  };
}

/** The lines by the table of the day of acceptance, and what the clerk has still to say. */
function linesFor(record: CaseFile, form: Form): { lines: FeeLine[]; missing: string | null } {
  const choice = choiceOf(form);
  const proposal = proposeFee(record, CATALOGUE, localDay(record.acceptedAt), choice);
  if (!proposal.ok) {
    const missing = proposal.asks === 'use' ? t.office.must(t.laneFee.use) : t.laneFee.noTable;
    return { lines: [], missing };
  }
  const needsNote = choice.exemption?.needsNote === true && (choice.note ?? '').trim() === '';
  return { lines: proposal.lines, missing: needsNote ? t.office.must(t.laneFee.exemptNote) : null };
}

function payerOf({ acceptance: { parties } }: CaseFile, form: Form): string {
  return form.payer ?? parties.find((party) => party.role === 'holder')?.name ?? parties[0]?.name ?? '';
}

function Assessment({ record, form, set }: LaneProps) {
  const choice = choiceOf(form);
  const { lines, missing } = linesFor(record, form);
  const payers = [...new Set(record.acceptance.parties.map((party) => party.name))];
  return (
    <Part title={t.laneFee.lines}>
      {recordedUse(record.acceptance.property) === undefined ? (
        <Choice
          label={t.laneFee.use}
          value={choice.use ?? null}
          options={[
            { value: 'residential', text: t.laneFee.uses.residential },
            { value: 'other', text: t.laneFee.uses.other },
          ]}
          onChange={(value) => set('use', value)}
        />
      ) : null}
      <TextField
        label={t.laneFee.copies}
        inputMode="numeric"
        value={form.copies ?? '1'}
        maxLength={2}
        onChange={(event) => set('copies', event.target.value)}
      />
      <SelectField
        label={t.laneFee.exempt}
        value={form.exemption ?? ''}
        options={[
          { value: '', text: t.laneFee.exemptNo },
          ...EXEMPTIONS.map(({ code, name }) => ({ value: code, text: name })),
        ]}
        onChange={(value) => set('exemption', value)}
      />
      {choice.exemption === undefined ? null : (
        <TextField
          label={t.laneFee.exemptNote}
          maxLength={100}
          value={form.exemptionNote ?? ''}
          onChange={(event) => set('exemptionNote', event.target.value)}
        />
      )}
      <SelectField
        label={t.laneFee.payer}
        value={payerOf(record, form)}
        options={payers.map((name) => ({ value: name, text: name }))}
        onChange={(value) => set('payer', value)}
      />
      {lines.length === 0 ? <Warning>{missing}</Warning> : <FeeTable lines={lines} payer={payerOf(record, form)} />}
    </Part>
  );
}
