import { localMinute } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { stepName } from '../window/case/CaseHistory.tsx';
import { LaneStrip } from '../window/case/LaneStrip.tsx';
import { LimitClock } from '../window/case/LimitClock.tsx';
import { CasePapers } from './CasePapers.tsx';
import styles from './Office.module.css';
import { useOffice } from './office.ts';
import type { OpenTask } from './officeStore.ts';
import { Part, useNames } from './parts.tsx';

/** A spoiled blank carries the code of its reason. */
function noteText(note: string): string {
  const reasons: Readonly<Record<string, string>> = t.askSpoil.reasons;
  return reasons[note] ?? note;
}

/** Beside every case: its clocks, its lanes, what people wrote, and who did what when. */
export function CaseSide({ open }: { open: OpenTask }) {
  const { record, summary, notes } = open;
  const { store } = useOffice();
  const nameOf = useNames();
  return (
    <ScrollRegion as="aside" className={styles.side} aria-label={t.office.side}>
      <LimitClock
        record={record}
        notes={notes}
        times={summary.times}
        onOverdue={() => store.getState().setDialog('overdue')}
      />
      <LaneStrip record={record} />
      <div className={styles.sideParts}>
        <CasePapers open={open} />
        <Part
          title={t.life.notes}
          end={
            <Button look="plain" size="small" onClick={() => store.getState().setDialog('remark')}>
              {t.acts.remark}
            </Button>
          }
        >
          {notes.length === 0 ? <p className={styles.muted}>{t.office.noNotes}</p> : null}
          <ul className={styles.history}>
            {notes.map((note) => (
              <li key={`${note.at} ${note.kind} ${note.text}`}>
                <span className={styles.muted}>{localMinute(note.at).slice(5)}</span>
                <span>{t.life.noteKinds[note.kind]}</span>
                <span className={styles.muted}>{nameOf(note.by)}</span>
                <span className={styles.long}>{note.text}</span>
              </li>
            ))}
          </ul>
        </Part>
        <Part title={t.office.history}>
          <ul className={styles.history}>
            {record.history.toReversed().map((entry) => (
              <li key={`${entry.at} ${entry.step} ${entry.to}`}>
                <span className={styles.muted}>{localMinute(entry.at).slice(5)}</span>
                <span>{stepName(entry.step)}</span>
                <span className={styles.muted}>{nameOf(entry.by)}</span>
                {entry.note ? <span className={styles.long}>{noteText(entry.note)}</span> : null}
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </ScrollRegion>
  );
}
