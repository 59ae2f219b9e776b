import { useMemo } from 'react';
import { useStore } from 'zustand';
import { forecastDue } from '../../../domain/clock/caseClock.ts';
import { promisedLimit } from '../../../domain/clock/limit.ts';
import { buildAcceptanceSlip } from '../../../domain/slip/acceptanceSlip.ts';
import { promisedTime } from '../../../domain/slip/promisedTime.ts';
import { localMinute } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useClockRules } from '../clockRules.ts';
import { toAcceptanceDraft } from '../form/formDraft.ts';
import { provisionalRecord } from '../slip/provisional.ts';
import { SlipPaper } from '../slip/SlipPaper.tsx';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import styles from './Dialogs.module.css';

/** F10 before acceptance: the slip as it will come out, without number and symbols, which do not exist yet. */
export function PreviewDialog() {
  const workspace = useWorkspace();
  const { form, catalogue } = useForm();
  const info = useStore(workspace.app.session, (state) => state.info);
  const rules = useClockRules();
  const close = (): void => workspace.view.setState({ overlay: 'none' });
  const document = useMemo(() => {
    const at = new Date().toISOString();
    const record = provisionalRecord(toAcceptanceDraft(form, catalogue), {
      at,
      number: t.slip.placeholder,
      clerk: { id: info?.staff?.number ?? '', name: info?.staff?.name ?? '' },
      window: info?.id ?? '',
    });
    const limit = promisedLimit(form, catalogue);
    return buildAcceptanceSlip(record, {
      agency: info?.agency ?? '',
      print: 1,
      acceptedAt: localMinute(at),
      catalogue,
      promisedBy: limit && promisedTime({ limit, due: forecastDue(rules, limit, Date.parse(at)) }),
    });
  }, [form, catalogue, info, rules]);
  return (
    <Dialog
      title={t.slip.title}
      onClose={close}
      scrolls
      actions={
        <Button look="primary" keyName={t.keys.esc} data-default onClick={close}>
          {t.slip.close}
        </Button>
      }
    >
      <p className={styles.effect}>{t.slip.provisional}</p>
      <div className={styles.paper}>
        <SlipPaper document={document} provisional />
      </div>
    </Dialog>
  );
}
