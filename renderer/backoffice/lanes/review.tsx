import { LANES, PARALLEL_LANES } from '../../../domain/case/lanes.ts';
import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Area, Materials, Part, Parties, PropertyFacts, Warning } from '../parts.tsx';
import { blockOf, type Doing, laneChange, type Plan, releaseOf } from '../plan.ts';
import type { LaneFace, LaneInput } from './lane.ts';

const CHECKS = ['exists', 'sealed', 'disputed', 'mortgaged'] as const;

/** 要求补正: everything that is missing, at once. */
export const askPapers: Doing = {
  label: t.laneReview.ask,
  target: { transition: 'T15' },
  missing: null,
  how: { dialog: 'T15' },
};

const siteVisit: Doing = {
  label: t.laneReview.siteVisit,
  target: { transition: 'T21' },
  missing: null,
  how: { dialog: 'T21' },
};

/** The register check: four questions, each answered; an opinion for the second review. */
export const reviewLane: LaneFace = {
  plan(input) {
    if (input.record.state === 'SITE_VISIT') return planReport(input);
    const { record, task, form } = input;
    const failed = CHECKS.filter((check) => form[check] === 'no').map((check) => t.laneReview[check]);
    const opinion = (form.opinion ?? t.laneReview.usual).trim();
    const isAnswered = CHECKS.every((check) => form[check] !== undefined);
    const missing = !isAnswered
      ? t.laneReview.answerAll
      : opinion === '' || (failed.length > 0 && form.opinion === undefined)
        ? t.laneReview.anyNo
        : null;
    const note =
      failed.length === 0 ? opinion : [t.laneReview.noteNo(failed.join(t.listSeparator)), opinion].join(t.separator);
    return {
      done: {
        label: t.laneReview.done,
        target: { event: 'done' },
        missing,
        how: { change: laneChange('REV1', 'done', note) },
      },
      back: askPapers,
      more: [...(record.route?.siteVisit ? [siteVisit] : []), ...blockOf('REV1', task), ...releaseOf('REV1', task)],
    };
  },

  Body({ record, form, set }) {
    if (record.state === 'SITE_VISIT') {
      return (
        <>
          <Part title={t.laneReview.visited}>
            <Area
              label={t.laneReview.report}
              placeholder={t.laneReview.reportHint}
              value={form.report ?? ''}
              onChange={(value) => set('report', value)}
            />
          </Part>
          <PropertyFacts record={record} />
        </>
      );
    }
    const sentBack = PARALLEL_LANES.filter((lane) => record.lanes[lane].state === 'RETURNED');
    return (
      <>
        {sentBack.map((lane) => (
          <Warning key={lane}>{t.laneReview.returned(LANES[lane].name, record.lanes[lane].note ?? '')}</Warning>
        ))}
        <Part title={t.laneReview.checks}>
          <div className={styles.checks}>
            {CHECKS.map((check) => (
              <div key={check} className={styles.check}>
                <span>{t.laneReview[check]}</span>
                <Choice
                  label={t.laneReview[check]}
                  value={form[check] === 'yes' || form[check] === 'no' ? form[check] : null}
                  options={[
                    { value: 'yes', text: t.office.yes },
                    { value: 'no', text: t.office.no },
                  ]}
                  onChange={(value) => set(check, value)}
                />
              </div>
            ))}
          </div>
          <Area
            label={t.laneReview.opinion}
            placeholder={t.laneReview.opinionHint}
            value={form.opinion ?? t.laneReview.usual}
            onChange={(value) => set('opinion', value)}
          />
        </Part>
        <Parties record={record} />
        <PropertyFacts record={record} />
        <Part title={t.casePage.materials}>
          <Materials record={record} />
        </Part>
      </>
    );
  },
};

function planReport({ form }: LaneInput): Plan {
  const report = (form.report ?? '').trim();
  return {
    done: {
      label: t.laneReview.visited,
      target: { transition: 'T22' },
      missing: report === '' ? t.office.must(t.laneReview.report) : null,
      how: { change: { kind: 'advance', advance: { transition: 'T22', data: { report } } } },
    },
    back: null,
    more: [],
  };
}
