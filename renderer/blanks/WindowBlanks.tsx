import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import styles from './Blanks.module.css';
import { CountDialog } from './CountDialogs.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { useLive, usePeople } from './useBlanks.ts';

type Open = 'spoil' | 'return' | 'lost' | 'count';

/** The blanks of this window or print desk: which comes next, how many are left; spoil, give back, count at day's end. */
export function WindowBlanks() {
  const { client, session } = useApp();
  const info = useStore(session, (state) => state.info);
  const day = localDay(useNow());
  const window = info?.id ?? '';
  const [open, setOpen] = useState<Open | null>(null);
  const people = usePeople();
  const load = useCallback(async () => {
    const [certificate, proof, balance] = await Promise.all([
      client.call('blanks.next', { window, form: 'certificate' }),
      client.call('blanks.next', { window, form: 'proof' }),
      client.call('blanks.balance', { day, window }),
    ]);
    const openDay =
      [certificate.openDay, proof.openDay].find((each) => each?.awaits === 'count') ??
      certificate.openDay ??
      proof.openDay;
    return { next: { certificate, proof }, drawers: balance.drawers, openDay };
  }, [client, window, day]);
  const { value, failure } = useLive(load);
  if (!info?.staff) return null;
  const close = (): void => setOpen(null);
  const isEmpty = value !== null && value.drawers.length === 0;
  return (
    <section className={styles.panel} aria-label={t.blanks.panel}>
      <h2>{t.blanks.panel}</h2>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value?.openDay ? (
        <p className={styles.openDay} role="status">
          <Icon name="warning" />
          {t.blanks.openDay[value.openDay.awaits](value.openDay.day)}
        </p>
      ) : null}
      {isEmpty ? <p className={styles.effect}>{t.blanks.none}</p> : null}
      {value && !isEmpty ? (
        <>
          <dl className={styles.nexts}>
            {(['certificate', 'proof'] as const).map((form) => (
              <div key={form}>
                <dt>{t.blanks.formsShort[form]}</dt>
                <dd className={styles.serial}>{value.next[form].serial ?? t.blanks.noSerial}</dd>
                <dd>{t.blanks.remaining(value.next[form].remaining)}</dd>
              </div>
            ))}
          </dl>
          <div className={styles.panelActions}>
            <Button size="small" onClick={() => setOpen('spoil')}>
              {t.blanks.doing.spoil.open}
            </Button>
            <Button size="small" onClick={() => setOpen('return')}>
              {t.blanks.doing.return.open}
            </Button>
            <Button size="small" onClick={() => setOpen('lost')}>
              {t.blanks.doing.lost.open}
            </Button>
            <Button size="small" onClick={() => setOpen('count')}>
              {t.blanks.dayEnd.open}
            </Button>
          </div>
        </>
      ) : null}
      {open === 'count' && value ? (
        <CountDialog
          window={window}
          day={value.openDay?.awaits === 'count' ? value.openDay.day : day}
          drawers={value.drawers}
          people={people}
          actor={info.staff.number}
          onClose={close}
        />
      ) : null}
      {open !== null && open !== 'count' ? (
        <MoveDialog kind={open} people={people} actor={info.staff.number} onClose={close} />
      ) : null}
    </section>
  );
}
