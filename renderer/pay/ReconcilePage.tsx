import { useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { yuan } from '../../domain/papers/parts/words.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { Chip, FailureNotice } from '../ui/Notice.tsx';
import styles from './Pay.module.css';
import { usePress } from './usePayments.ts';

type Balance = MethodOutput<'payment.reconcile'>;

/** The balance of a day by method, and what does not agree with the channel: for the fee lane and the supervisor. */
export function ReconcilePage() {
  const { client } = useApp();
  const today = localDay(useNow());
  const [day, setDay] = useState(today);
  const [balance, setBalance] = useState<Balance | null>(null);
  const { isBusy, failure, press } = usePress();
  const check = async () => {
    const found = await press(() => client.call('payment.reconcile', { day }));
    if (found) setBalance(found);
  };
  return (
    <section className={styles.panel} aria-label={t.reconcile.title}>
      <div className={styles.bar}>
        <TextField
          label={t.reconcile.day}
          type="date"
          max={today}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <Button look="primary" disabled={isBusy || day === ''} onClick={check}>
          {t.reconcile.check}
        </Button>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      {balance ? (
        <>
          <MethodTable methods={balance.methods} />
          {balance.openCount > 0 ? <p className={styles.hint}>{t.reconcile.open(balance.openCount)}</p> : null}
          <Differences differences={balance.differences} />
        </>
      ) : null}
    </section>
  );
}

function MethodTable({ methods }: { methods: Balance['methods'] }) {
  const sum = (of: (row: Balance['methods'][number]) => number) => methods.reduce((total, row) => total + of(row), 0);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.reconcile.method}</th>
          {[
            t.reconcile.paidCount,
            t.reconcile.paid,
            t.reconcile.refundedCount,
            t.reconcile.refunded,
            t.reconcile.net,
          ].map((title) => (
            <th key={title} scope="col" className={styles.number}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {methods.map((row) => (
          <tr key={row.method}>
            <th scope="row">{t.pay.methods[row.method]}</th>
            <td className={styles.number}>{row.paidCount}</td>
            <td className={styles.number}>{yuan(row.paidFen)}</td>
            <td className={styles.number}>{row.refundedCount}</td>
            <td className={styles.number}>{yuan(row.refundedFen)}</td>
            <td className={styles.number}>{yuan(row.netFen)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t.reconcile.sum}</th>
          <td className={styles.number}>{sum((row) => row.paidCount)}</td>
          <td className={styles.number}>{yuan(sum((row) => row.paidFen))}</td>
          <td className={styles.number}>{sum((row) => row.refundedCount)}</td>
          <td className={styles.number}>{yuan(sum((row) => row.refundedFen))}</td>
          <td className={styles.number}>
            <strong>{yuan(sum((row) => row.netFen))}</strong>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Differences({ differences }: { differences: Balance['differences'] }) {
  if (differences === null) return <Verdict tone="near">{t.reconcile.notCompared}</Verdict>;
  if (differences.length === 0) return <Verdict tone="calm">{t.reconcile.agree}</Verdict>;
  const money = (fen: number | null) => (fen === null ? t.reconcile.nothing : yuan(fen));
  return (
    <>
      <Verdict tone="over">{t.reconcile.differences(differences.length)}</Verdict>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.reconcile.kind}</th>
            <th scope="col">{t.reconcile.caseNumber}</th>
            <th scope="col">{t.reconcile.method}</th>
            <th scope="col">{t.reconcile.entry}</th>
            <th scope="col" className={styles.number}>
              {t.reconcile.ours}
            </th>
            <th scope="col" className={styles.number}>
              {t.reconcile.theirs}
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr key={`${each.payment} ${each.entry}`}>
              <td>{t.reconcile.kinds[each.kind]}</td>
              <td>{each.caseNumber ?? each.payment}</td>
              <td>{each.method === null ? '' : t.pay.methods[each.method]}</td>
              <td>{t.reconcile.entries[each.entry]}</td>
              <td className={styles.number}>{money(each.oursFen)}</td>
              <td className={styles.number}>{money(each.theirsFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const VERDICT_ICONS = { calm: 'good', near: 'clock', over: 'warning' } as const;

/** Whether ours and theirs agree, as wide as its words. */
function Verdict({ tone, children }: { tone: keyof typeof VERDICT_ICONS; children: string }) {
  return (
    <p role="status">
      <Chip tone={tone} icon={VERDICT_ICONS[tone]}>
        {children}
      </Chip>
    </p>
  );
}
