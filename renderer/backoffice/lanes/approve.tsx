import { PARALLEL_LANES } from '../../../domain/case/lanes.ts';
import { t } from '../../strings/index.ts';
import styles from '../Office.module.css';
import { Area, Opinions, Part, Parties, PropertyFacts } from '../parts.tsx';
import { type Doing, type Plan, releaseOf } from '../plan.ts';
import type { LaneFace, LaneInput } from './lane.ts';

const reject: Doing = {
  label: t.laneApprove.reject,
  target: { transition: 'T41' },
  missing: null,
  how: { dialog: 'T41' },
};

/** The decision: approved, or rejected with its ground; an overdue supplement or a founded objection ends a case. */
export const approveLane: LaneFace = {
  plan(input) {
    const { state } = input.record;
    if (state === 'SUPPLEMENT') return ending('T17', t.laneApprove.overdue);
    if (state === 'NOTICE') return ending('T20', t.laneApprove.objection);
    // Not to be approved now, or approved already: an obstacle may still turn up until the entry is made.
    if (state !== 'REVIEWED') return { done: null, back: reject, more: [] };
    return planApproval(input);
  },

  Body({ record, form, set }) {
    return (
      <>
        <Outstanding record={record} />
        <Opinions record={record} lanes={[...PARALLEL_LANES, 'REV2']} />
        {record.state === 'REVIEWED' ? (
          <Area
            label={t.laneReview.opinion}
            value={form.opinion ?? t.laneApprove.usual}
            onChange={(value) => set('opinion', value)}
          />
        ) : null}
        <Parties record={record} />
        <PropertyFacts record={record} />
      </>
    );
  },
};

function planApproval({ task, form }: LaneInput): Plan {
  const opinion = (form.opinion ?? t.laneApprove.usual).trim();
  return {
    done: {
      label: t.laneApprove.done,
      target: { transition: 'T24' },
      missing: opinion === '' ? t.office.must(t.laneReview.opinion) : null,
      how: { change: { kind: 'advance', advance: { transition: 'T24', data: { opinion } } } },
    },
    back: reject,
    more: releaseOf('APP', task),
  };
}

function ending(transition: 'T17' | 'T20', label: string): Plan {
  return { done: null, back: { label, target: { transition }, missing: null, how: { dialog: transition } }, more: [] };
}

/** What a supplement still waits for, or what was made public. */
function Outstanding({ record }: Pick<LaneInput, 'record'>) {
  const supplement = record.state === 'SUPPLEMENT' ? record.supplements.at(-1) : undefined;
  const notice = record.state === 'NOTICE' ? record.notices.at(-1) : undefined;
  if (supplement) {
    return (
      <Part title={t.laneApprove.missing}>
        <p className={styles.warning}>{t.life.deadline(supplement.deadline)}</p>
        <ul className={styles.rows}>
          {supplement.missing.map((paper) => (
            <li key={paper.text}>
              <span>{paper.text}</span>
              <span className={styles.muted}>{paper.why}</span>
            </li>
          ))}
        </ul>
      </Part>
    );
  }
  if (!notice) return null;
  return (
    <Part title={t.laneApprove.noticeTitle}>
      <p>{t.life.noticeUntil(notice.until)}</p>
      <p className={styles.muted}>{notice.text}</p>
    </Part>
  );
}
