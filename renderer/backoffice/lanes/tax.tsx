import { t } from '../../strings/index.ts';
import { Choice, TextField } from '../../ui/Field.tsx';
import { Materials, Part, Parties, PropertyFacts } from '../parts.tsx';
import { blockOf, laneChange, releaseOf, returned, skipped } from '../plan.ts';
import type { Form } from '../workList.ts';
import { Deal } from './Deal.tsx';
import type { LaneFace } from './lane.ts';

/** Contract, proof of tax, household and housing, invoices and prices. */
const TAX_MATERIALS = ['M06', 'M07', 'M11', 'M29', 'M30'];

const voucherOf = (form: Form): string => (form.voucher ?? '').trim();

/** Tax paid or exempt, with the voucher that proves it. */
export const taxLane: LaneFace = {
  plan({ task, form }) {
    const finding = form.finding === 'paid' ? t.laneTax.paid : form.finding === 'exempt' ? t.laneTax.exempt : null;
    const voucher = voucherOf(form);
    const ground = form.finding === 'exempt' ? (form.ground ?? '').trim() : null;
    const missing =
      finding === null
        ? t.office.must(t.laneTax.finding)
        : ground === ''
          ? t.office.must(t.laneTax.ground)
          : voucher === ''
            ? t.office.must(t.laneTax.voucher)
            : null;
    const result = ground === null ? finding : `${finding}（${ground}）`;
    return {
      done: {
        label: t.laneTax.done,
        target: { event: 'done' },
        missing,
        how: { change: laneChange('TAX', 'done', t.laneTax.note(result ?? '', voucher)) },
      },
      back: returned,
      more: [skipped, ...blockOf('TAX', task), ...releaseOf('TAX', task)],
    };
  },

  Body({ record, form, set }) {
    return (
      <>
        <Part title={t.laneTax.finding}>
          <Choice
            label={t.laneTax.finding}
            value={form.finding === 'paid' || form.finding === 'exempt' ? form.finding : null}
            options={[
              { value: 'paid', text: t.laneTax.paid },
              { value: 'exempt', text: t.laneTax.exempt },
            ]}
            onChange={(value) => set('finding', value)}
          />
          {form.finding === 'exempt' ? (
            <TextField
              label={t.laneTax.ground}
              placeholder={t.laneTax.groundHint}
              maxLength={100}
              value={form.ground ?? ''}
              onChange={(event) => set('ground', event.target.value)}
            />
          ) : null}
          <TextField
            label={t.laneTax.voucher}
            placeholder={t.laneTax.voucherHint}
            maxLength={60}
            value={form.voucher ?? ''}
            onChange={(event) => set('voucher', event.target.value)}
          />
        </Part>
        <Deal record={record} />
        <Part title={t.laneTax.prices}>
          <Materials record={record} only={TAX_MATERIALS} empty={t.laneTax.none} />
        </Part>
        <Parties record={record} />
        <PropertyFacts record={record} />
      </>
    );
  },
};
