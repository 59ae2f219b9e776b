import { useStore } from 'zustand';
import type { CaseFile } from '../../../domain/case/types.ts';
import type { TicketSlip } from '../../../domain/slip/ticketSlips.ts';
import { localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import type { PrintState } from '../printStore.ts';
import styles from '../Side.module.css';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { type Fact, slipFacts } from './slipFacts.ts';

const FACT_ICONS = { yes: 'good', no: 'close', waiting: 'clock', unknown: 'unknown' } as const;
const FACT_TONES: Record<Fact, string | undefined> = {
  yes: styles.calm,
  no: styles.over,
  waiting: styles.quiet,
  unknown: styles.near,
};

/** Kept, sent, confirmed by the printer: three facts, because a print is not one (users.md §A 3). */
export function PrintFacts({ record, slip }: { record: CaseFile; slip: TicketSlip }) {
  const workspace = useWorkspace();
  const state = useStore(workspace.print, (store) => store.print);
  const print: PrintState =
    'caseId' in state && state.caseId === record.id && state.slip === slip ? state : { step: 'none' };
  const slips = record.slips.filter((each) => each.slip === slip);
  const facts = slipFacts(print, slips);
  // Only the receipt and the notice of refusal have to be out; that another slip is not is no alarm.
  const isOwed = slip === 'acceptance' || slip === 'refusal';
  if (!isOwed && slips.length === 0 && print.step === 'none') return null;
  return (
    <>
      <section className={styles.facts} aria-label={t.print.state} data-testid="print-facts">
        {(['saved', 'sent', 'confirmed'] as const).map((name) => (
          <span key={name} className={`${styles.fact} ${FACT_TONES[facts[name]] ?? ''}`} data-fact={facts[name]}>
            <Icon name={FACT_ICONS[facts[name]]} />
            {t.print[name][facts[name]]}
          </span>
        ))}
      </section>
      <div className={styles.printNotes}>
        <Notes print={print} onRetry={() => workspace.printOrPreview()} />
        <ul>
          {slips.map((each) => (
            <li key={each.print} className={windowStyles.keys}>
              <span>{t.casePage.slipRow(each.print)}</span>
              <span>{localTime(each.at)}</span>
              <span>{each.confirmation === 'device' ? t.casePage.confirmedByDevice : t.casePage.sentOnly}</span>
            </li>
          ))}
        </ul>
        {slips.length === 0 && print.step === 'none' ? <p className={styles.quiet}>{t.casePage.notPrinted}</p> : null}
      </div>
    </>
  );
}

function Notes({ print, onRetry }: { print: PrintState; onRetry(): void }) {
  if (print.step === 'printing') return <p role="status">{t.print.doing}</p>;
  if (print.step === 'failed') {
    return (
      <FailureNotice failure={print.failure}>
        <Button size="small" keyName={t.keys.f10} onClick={onRetry}>
          {t.print.retry}
        </Button>
      </FailureNotice>
    );
  }
  if (print.step !== 'done') return null;
  return (
    <>
      {print.confirmation === 'sent' ? <p className={styles.near}>{t.print.cannotConfirm}</p> : null}
      {print.unprintable.length > 0 ? (
        <p className={styles.near} role="alert">
          {t.print.unprintable(print.unprintable.join(t.listSeparator))}
        </p>
      ) : null}
    </>
  );
}
