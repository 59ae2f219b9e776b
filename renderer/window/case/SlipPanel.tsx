import type { CaseFile } from '../../../domain/case/types.ts';
import { type TicketSlip, ticketSlipsOf } from '../../../domain/slip/ticketSlips.ts';
import { useAnswer } from '../../app/useAnswer.ts';
import { t } from '../../strings/index.ts';
import { FailureNotice } from '../../ui/Notice.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import sideStyles from '../Side.module.css';
import { SlipPaper } from '../slip/SlipPaper.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Side.module.css';

/** The slips this case has, one of them as it lies on the counter or would come out. */
export function SlipPanel({ record, slip }: { record: CaseFile; slip: TicketSlip }) {
  const { view } = useWorkspace();
  const slips = ticketSlipsOf(record);
  const prints = record.slips.filter((each) => each.slip === slip).length;
  const { answer: document, failure } = usePreview(record, slip, prints);
  return (
    <>
      {slips.length < 2 ? null : (
        <fieldset className={styles.slips} aria-label={t.slips.choose}>
          {slips.map((each) => (
            <button key={each} type="button" aria-pressed={each === slip} onClick={() => view.setState({ slip: each })}>
              {t.slips[each]}
            </button>
          ))}
        </fieldset>
      )}
      <ScrollRegion className={sideStyles.paper} aria-label={t.slips[slip]}>
        <p className={sideStyles.paperCaption}>{t.slips.onPaper(t.slips[slip], prints)}</p>
        {failure ? <FailureNotice failure={failure} /> : null}
        {document ? <SlipPaper document={document} /> : failure ? null : <Skeleton label={t.slip.loading} />}
      </ScrollRegion>
    </>
  );
}

function usePreview({ id, version }: CaseFile, slip: TicketSlip, prints: number) {
  const { app } = useWorkspace();
  const ask = () => app.client.call('slips.preview', { caseId: id, slip });
  // A further print (重打) or step changes the slip.
  return useAnswer(ask, [app, id, slip, prints, version]);
}
