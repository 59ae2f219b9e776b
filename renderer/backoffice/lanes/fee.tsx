import { owedFen } from '../../../domain/case/guards.ts';
import { totalOf } from '../../../domain/case/reduceCase.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { t } from '../../strings/index.ts';
import { Choice, SelectField, TextField } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Area, Facts, Part, Parties, PropertyFacts, Warning } from '../parts.tsx';
import { blockOf, type Plan, releaseOf, returned } from '../plan.ts';
import type { Form } from '../workList.ts';
import { type FeeChoice, feeLinesOf } from './feeLines.ts';
import type { LaneFace, LaneInput, LaneProps } from './lane.ts';

/** The fee by the dated table, its exemption and who pays; later the payment, or the loan paid out (T45). */
export const feeLane: LaneFace = {
  plan(input) {
    if (input.record.state === 'APPROVED') return planPayOut(input);
    if (input.record.state === 'PAY_WAIT') return { done: null, back: null, more: [] };
    const { record, task, form, today } = input;
    const lines = feeLinesOf(record.acceptance.itemCode, choiceOf(form), today);
    return {
      done: {
        label: t.laneFee.done,
        target: { event: 'done' },
        missing: lines === null ? t.laneFee.noTable : null,
        how: {
          change: {
            kind: 'lane',
            change: { lane: 'FEE', event: 'done', fee: { lines: lines ?? [], payer: payerOf(record, form) } },
          },
        },
      },
      back: returned,
      more: [...blockOf('FEE', task), ...releaseOf('FEE', task)],
    };
  },

  Body(props) {
    const { record, form, set } = props;
    if (record.state === 'PAY_WAIT') {
      return (
        <>
          <Part title={t.laneFee.waiting}>
            <p>{t.laneFee.owed(t.laneFee.yuan(owedFen(record)))}</p>
            <p className={styles.muted}>{t.laneFee.waitingHow}</p>
          </Part>
          <Parties record={record} />
        </>
      );
    }
    if (record.state === 'APPROVED') {
      return (
        <>
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

function planPayOut({ record, form }: LaneInput): Plan {
  const note = (form.note ?? '').trim();
  const linkedCaseId = record.acceptance.link?.caseId;
  return {
    done: {
      label: t.laneFee.payOut,
      target: { transition: 'T45' },
      missing: note === '' ? t.office.must(t.laneFee.payOutNote) : null,
      how: {
        change: {
          kind: 'advance',
          advance: { transition: 'T45', data: { note, ...(linkedCaseId && { linkedCaseId }) } },
        },
      },
    },
    back: null,
    more: [],
  };
}

function choiceOf(form: Form): FeeChoice {
  const certificates = Number(form.copies ?? '1');
  return {
    use: form.use === 'other' ? 'other' : 'residential',
    certificates: Number.isInteger(certificates) && certificates >= 1 && certificates <= 50 ? certificates : 1,
    exemption: form.exemption ?? '',
  };
}

function payerOf({ acceptance: { parties } }: CaseFile, form: Form): string {
  return form.payer ?? parties.find((party) => party.role === 'holder')?.name ?? parties[0]?.name ?? '';
}

function Assessment({ record, form, today, set }: LaneProps) {
  const choice = choiceOf(form);
  const lines = feeLinesOf(record.acceptance.itemCode, choice, today);
  const payers = [...new Set(record.acceptance.parties.map((party) => party.name))];
  return (
    <Part title={t.laneFee.lines}>
      <Choice
        label={t.laneFee.use}
        value={choice.use}
        options={[
          { value: 'residential', text: t.laneFee.uses.residential },
          { value: 'other', text: t.laneFee.uses.other },
        ]}
        onChange={(value) => set('use', value)}
      />
      <TextField
        label={t.laneFee.copies}
        inputMode="numeric"
        value={form.copies ?? '1'}
        maxLength={2}
        onChange={(event) => set('copies', event.target.value)}
      />
      <SelectField
        label={t.laneFee.exempt}
        value={choice.exemption}
        options={[
          { value: '', text: t.laneFee.exemptNo },
          ...t.laneFee.exemptReasons.map((text) => ({ value: text, text })),
        ]}
        onChange={(value) => set('exemption', value)}
      />
      <SelectField
        label={t.laneFee.payer}
        value={payerOf(record, form)}
        options={payers.map((name) => ({ value: name, text: name }))}
        onChange={(value) => set('payer', value)}
      />
      {lines === null ? (
        <Warning>{t.laneFee.noTable}</Warning>
      ) : (
        <>
          <ul className={styles.rows}>
            {lines.map((line) => (
              <li key={line.class}>
                <span>
                  {line.name}
                  {line.count > 1 ? ` × ${line.count}` : ''}
                  {line.reason ? <span className={styles.muted}> {line.reason}</span> : null}
                </span>
                <span>{t.laneFee.yuan(line.count * line.unitFen - line.reducedFen)}</span>
              </li>
            ))}
          </ul>
          <Facts facts={[[t.laneFee.total, t.laneFee.yuan(totalOf(lines))]]} />
        </>
      )}
    </Part>
  );
}
