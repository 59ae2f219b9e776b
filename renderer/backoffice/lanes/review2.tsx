import { PARALLEL_LANES } from '../../../domain/case/lanes.ts';
import { t } from '../../strings/index.ts';
import { Area, Materials, Opinions, Part, Parties, PropertyFacts } from '../parts.tsx';
import { type Doing, releaseOf } from '../plan.ts';
import type { LaneFace } from './lane.ts';
import { askPapers } from './review.tsx';

const notice: Doing = {
  label: t.laneReview2.notice,
  target: { transition: 'T18' },
  missing: null,
  how: { dialog: 'T18' },
};

/** What all lanes found; agreed, sent back for papers, or made public. */
export const review2Lane: LaneFace = {
  plan({ task, form }) {
    const opinion = (form.opinion ?? t.laneReview2.usual).trim();
    return {
      done: {
        label: t.laneReview2.done,
        target: { transition: 'T23' },
        missing: opinion === '' ? t.office.must(t.laneReview.opinion) : null,
        how: { change: { kind: 'advance', advance: { transition: 'T23', data: { opinion } } } },
      },
      back: askPapers,
      more: [notice, ...releaseOf('REV2', task)],
    };
  },

  Body({ record, form, set }) {
    return (
      <>
        <Opinions record={record} lanes={PARALLEL_LANES} />
        <Area
          label={t.laneReview.opinion}
          value={form.opinion ?? t.laneReview2.usual}
          onChange={(value) => set('opinion', value)}
        />
        <Parties record={record} />
        <PropertyFacts record={record} />
        <Part title={t.casePage.materials}>
          <Materials record={record} />
        </Part>
      </>
    );
  },
};
