import type { ReactNode } from 'react';
import { groupCaseNumber } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import actStyles from '../../window/acts/Acts.module.css';
import dialogStyles from '../../window/dialogs/Dialogs.module.css';
import styles from '../Office.module.css';
import { useOffice, useOfficeState } from '../office.ts';
import { Facts } from '../parts.tsx';

interface FrameProps {
  title: string;
  effect: string;
  go: string;
  keep?: string;
  /** Cannot be taken back: the safe button is the default one. */
  danger?: boolean;
  missing: string | null;
  /** Facts beside number, item and holder. */
  facts?: readonly (readonly [string, string])[];
  onGo(): void;
  children?: ReactNode;
}

/** A question before an act: names the case and its number, says what will be and what is missing. */
export function Frame({ title, effect, go, keep, danger = false, missing, facts = [], onGo, children }: FrameProps) {
  const { store } = useOffice();
  const open = useOfficeState((state) => state.open);
  const busy = useOfficeState((state) => state.busy);
  const failure = useOfficeState((state) => state.actFailure);
  if (!open) return null;
  const { summary } = open;
  const close = (): void => {
    if (!busy) store.getState().setDialog(null);
  };
  const submit = (): void => {
    if (missing === null && !busy) onGo();
  };
  return (
    <Dialog
      title={title}
      onClose={close}
      scrolls
      {...(danger ? {} : { onSubmit: submit })}
      actions={
        <>
          <p className={actStyles.why} role="status">
            {missing === null ? null : (
              <>
                <Icon name="warning" />
                {missing}
              </>
            )}
          </p>
          <Button keyName={t.keys.esc} {...(danger && { 'data-default': true })} onClick={close}>
            {keep ?? t.officeDialog.keep}
          </Button>
          <Button
            type={danger ? 'button' : 'submit'}
            {...(danger && { onClick: submit })}
            look={missing !== null ? 'waiting' : danger ? 'danger' : 'primary'}
            {...(danger ? {} : { keyName: t.keys.enter })}
            aria-busy={busy}
            aria-disabled={missing !== null}
          >
            {busy ? t.office.busy : go}
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          [t.acts.number, groupCaseNumber(summary.number)],
          [t.acts.item, `${summary.itemCode} ${summary.itemName}`],
          [t.acts.holder, summary.holder],
          ...facts,
        ]}
      />
      <div className={styles.entries}>{children}</div>
      {failure ? <FailureNotice failure={failure} /> : <p className={dialogStyles.effect}>{effect}</p>}
    </Dialog>
  );
}
