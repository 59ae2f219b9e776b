import { t } from '../../strings/index.ts';
import { Choice, TextField } from '../../ui/Field.tsx';
import { Materials, Part, Parties, PropertyFacts } from '../parts.tsx';
import { blockOf, laneChange, releaseOf, returned, skipped } from '../plan.ts';
import { Deal } from './Deal.tsx';
import type { LaneFace } from './lane.ts';

const CONTRACTS = ['M06', 'M11'];

/** Contract filed, housing limits met (domain.md §3.2). */
export const housingLane: LaneFace = {
  plan({ task, form }) {
    const filing = (form.filing ?? '').trim();
    const missing =
      filing === ''
        ? t.office.must(t.laneHou.filing)
        : form.limits !== 'yes'
          ? form.limits === 'no'
            ? t.laneHou.failed
            : t.office.must(t.laneHou.limits)
          : null;
    return {
      done: {
        label: t.laneHou.done,
        target: { event: 'done' },
        missing,
        how: { change: laneChange('HOU', 'done', t.laneHou.note(filing)) },
      },
      back: returned,
      more: [skipped, ...blockOf('HOU', task), ...releaseOf('HOU', task)],
    };
  },

  Body({ record, form, set }) {
    return (
      <>
        <Part title={t.laneHou.contract}>
          <TextField
            label={t.laneHou.filing}
            placeholder={t.laneHou.filingHint}
            maxLength={60}
            value={form.filing ?? ''}
            onChange={(event) => set('filing', event.target.value)}
          />
          <p>{t.laneHou.limits}</p>
          <Choice
            label={t.laneHou.pass}
            value={form.limits === 'yes' || form.limits === 'no' ? form.limits : null}
            options={[
              { value: 'yes', text: t.office.yes },
              { value: 'no', text: t.office.no },
            ]}
            onChange={(value) => set('limits', value)}
          />
          <Materials record={record} only={CONTRACTS} empty={t.laneHou.none} />
        </Part>
        <Deal record={record} />
        <Parties record={record} />
        <PropertyFacts record={record} />
      </>
    );
  },
};
