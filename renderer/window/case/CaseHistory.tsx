import { LANE_MOVES, LANES, type Lane, type LaneEvent } from '../../../domain/case/lanes.ts';
import { TRANSITIONS, type TransitionId } from '../../../domain/case/transitions.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { localMinute } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import type { Note } from '../casesStore.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import styles from './CasePage.module.css';

/** 经过: every step with who and when, the newest on top; beside it what people wrote. */
export function CaseHistory({ record, notes }: { record: CaseFile; notes: readonly Note[] }) {
  const { view } = useWorkspace();
  return (
    <>
      <section aria-label={t.life.notes}>
        <h2 className={windowStyles.heading}>
          {t.life.notes}
          <span className={windowStyles.end}>
            <Button look="plain" size="small" onClick={() => view.setState({ overlay: 'remark' })}>
              {t.acts.remark}
            </Button>
          </span>
        </h2>
        {notes.length === 0 ? null : (
          <ul className={styles.history}>
            {notes.map((note) => (
              <li key={`${note.at} ${note.kind} ${note.text}`}>
                <span className={styles.muted}>{localMinute(note.at)}</span>
                <span>{t.life.noteKinds[note.kind]}</span>
                <span className={styles.muted}>{note.by}</span>
                <span className={styles.long}>{note.text}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t.life.history}>
        <h2 className={windowStyles.heading}>{t.life.history}</h2>
        <ul className={styles.history}>
          {record.history.toReversed().map((entry) => (
            <li key={`${entry.at} ${entry.step} ${entry.to}`}>
              <span className={styles.muted}>{localMinute(entry.at)}</span>
              <span>{stepName(entry.step)}</span>
              <span className={styles.muted}>{t.life.by(entry.by)}</span>
              <span className={styles.long}>{entry.note}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** `T15` 要求补正, `TAX:claim` 税务 领取, `PAY:paid` 缴费. */
export function stepName(step: string): string {
  if (Object.hasOwn(TRANSITIONS, step)) return TRANSITIONS[step as TransitionId].event;
  const [who = '', what = ''] = step.split(':');
  if (who === 'OWN') return t.steps.taken;
  if (who === 'PAY') return what === 'refunded' ? t.steps.PAY.refunded : t.steps.PAY.paid;
  if (!Object.hasOwn(LANES, who) || !Object.hasOwn(LANE_MOVES, what)) return step;
  return `${LANES[who as Lane].name} ${LANE_MOVES[what as LaneEvent].name}`;
}
