import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useWorkspace } from '../workspace.ts';
import { ActFrame } from './ActFrame.tsx';
import styles from './Acts.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';
import { Tick } from './Tick.tsx';

/** T40: on application of all applicants, each of whom signed 撤回申请书; the safe button is the default. */
export function WithdrawDialog() {
  const { cases, print } = useWorkspace();
  const record = useStore(cases, (state) => state.current?.record ?? null);
  const [signed, setSigned] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  if (!record) return null;
  const applicants = record.acceptance.parties.filter((party) => party.role !== 'agent').map((party) => party.name);
  const unsigned = applicants.filter((name) => !signed.includes(name));
  const missing =
    unsigned.length > 0
      ? t.withdraw.need(unsigned.join(t.listSeparator))
      : reason.trim() === ''
        ? t.withdraw.needReason
        : null;
  const printForm = (): void => {
    void print
      .getState()
      .start(record.id, 'withdrawal')
      .then(() => cases.getState().refresh(record.id));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F10') return;
    event.preventDefault();
    printForm();
  };
  return (
    <ActFrame
      act="T40"
      title={t.withdraw.title}
      go={t.withdraw.go}
      cancel={t.withdraw.keep}
      danger
      missing={missing}
      effect={t.withdraw.effect}
      advance={() => ({ reason: reason.trim(), signed })}
      extra={
        <Button keyName={t.keys.f10} onClick={printForm}>
          {t.withdraw.printForm}
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F10 from anywhere in the dialog's fields */}
      <div onKeyDown={onKeyDown}>
        <div className={styles.ticks}>
          {applicants.map((name) => (
            <Tick
              key={name}
              checked={signed.includes(name)}
              onChange={(on) => setSigned(on ? [...signed, name] : signed.filter((each) => each !== name))}
            >
              <b>{name}</b> {t.withdraw.signed}
            </Tick>
          ))}
        </div>
        <ReasonChoice label={t.withdraw.reason} reasons={t.withdraw.reasons} value={reason} onChange={setReason} />
      </div>
    </ActFrame>
  );
}
