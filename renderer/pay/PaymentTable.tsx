import { useRef, useState } from 'react';
import { yuan } from '../../domain/papers/parts/words.ts';
import { isCounterMethod } from '../../domain/payment/reducePayment.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import styles from './Pay.module.css';
import { type PaymentView, usePress } from './usePayments.ts';

interface PaymentTableProps {
  payments: readonly PaymentView[];
  mayRefund: boolean;
  onChanged(): void;
}

/** Every payment of the case, and the way back for those that hold money. */
export function PaymentTable({ payments, mayRefund, onChanged }: PaymentTableProps) {
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const payment = payments.find(({ id }) => id === chosen);
  if (payments.length === 0) return <p className={styles.hint}>{t.pay.none}</p>;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.pay.time}</th>
            <th scope="col">{t.pay.method}</th>
            <th scope="col" className={styles.number}>
              {t.pay.amount}
            </th>
            <th scope="col">{t.pay.state}</th>
            <th scope="col">{t.pay.receipt}</th>
            <th scope="col" aria-label={t.pay.refund} />
          </tr>
        </thead>
        <tbody>
          {payments.map((each) => (
            <tr key={each.id} data-state={each.state}>
              <td>{shortMoment(each.refund?.at ?? each.paid?.at ?? each.requestedAt, now)}</td>
              <td>{t.pay.methods[each.method]}</td>
              <td className={styles.number}>{yuan(each.amountFen)}</td>
              <td>{stateText(each)}</td>
              <td>{[each.paid?.receipt ?? each.failure?.receipt, each.refund?.receipt].filter(Boolean).join(' / ')}</td>
              <td>
                {mayRefund && canGoBack(each) ? (
                  <Button size="small" onClick={() => setChosen(each.id)}>
                    {each.state === 'REFUNDING' ? t.pay.refundHandedOut : t.pay.refund}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {payment ? (
        <RefundForm
          key={payment.id}
          payment={payment}
          onEnd={() => {
            setChosen(null);
            onChanged();
          }}
        />
      ) : null}
    </>
  );
}

function RefundForm({ payment, onEnd }: { payment: PaymentView; onEnd(): void }) {
  const { client } = useApp();
  const { isBusy, failure, press } = usePress();
  const [reason, setReason] = useState(payment.refund?.reason ?? '');
  const [receipt, setReceipt] = useState('');
  const commandId = useRef<string>(crypto.randomUUID());
  const isByHand = isCounterMethod(payment.method);
  const isComplete = reason.trim() !== '' && (!isByHand || receipt.trim() !== '');
  const refund = async () => {
    const done = await press(() =>
      client.call('payment.refund', {
        commandId: commandId.current,
        caseId: payment.caseId,
        payment: payment.id,
        reason: reason.trim(),
        ...(isByHand && { receipt: receipt.trim() }),
      }),
    );
    if (done) onEnd();
  };
  return (
    <div className={styles.stack}>
      <p className={styles.hint}>{t.pay.refundRule}</p>
      <TextField
        label={t.pay.refundReason}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {isByHand ? (
        <TextField
          label={t.pay.refundReceipt}
          maxLength={60}
          value={receipt}
          onChange={(event) => setReceipt(event.target.value)}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button look="danger" disabled={isBusy || !isComplete} onClick={refund}>
          {t.pay.refund}
        </Button>
        <Button onClick={onEnd}>{t.pay.cancel}</Button>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
    </div>
  );
}

function canGoBack({ state, method, failure }: PaymentView): boolean {
  if (state === 'REFUNDING') return isCounterMethod(method);
  return state === 'PAID' || (state === 'FAILED' && (failure?.receivedFen ?? 0) > 0);
}

function stateText({ state, failure }: PaymentView): string {
  const wrong = state === 'FAILED' && failure?.reason === 'wrong-amount';
  return wrong ? t.pay.wrongAmount(yuan(failure.receivedFen)) : t.pay.states[state];
}
