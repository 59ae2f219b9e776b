import { useStore } from 'zustand';
import { owedFen } from '../../domain/case/guards.ts';
import { isFeeReturned } from '../../domain/case/returned.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { feeStatusOf } from '../../domain/fee/feeStatus.ts';
import { PAYMENT_ROLES } from '../../domain/payment/rights.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { Chip } from '../ui/Notice.tsx';
import { FeeTable } from './FeeTable.tsx';
import styles from './Pay.module.css';
import { PaymentTable } from './PaymentTable.tsx';
import { TakePayment } from './TakePayment.tsx';
import { usePayments } from './usePayments.ts';

/**
 * The fee of one case from the assessed lines to the receipt: for the fee lane and for the case page of a window alike.
 * Whoever mounts it gives it the newest record; it reads the payments itself.
 */
export function PayPanel({ record }: { record: CaseRecord }) {
  const staff = useStore(useApp().session, (state) => state.info?.staff ?? null);
  const { list, reload } = usePayments(record.id, record.version);
  const payments = list?.payments ?? [];
  const may = (what: keyof typeof PAYMENT_ROLES) => hasRole(staff?.roles ?? [], PAYMENT_ROLES[what]);
  const status = feeStatusOf(record, payments);
  const owed = owedFen(record);
  const isAsking = record.fee !== null && owed > 0 && !isFeeReturned(record);
  return (
    <section className={styles.panel} aria-label={t.pay.title} data-fee-status={status ?? ''}>
      <h2 className={styles.heading}>
        {t.pay.title}
        {status === null ? null : (
          <Chip tone={status === 2 || status === 0 ? 'calm' : status === 4 ? 'near' : 'plain'}>
            {t.pay.status[status]}
          </Chip>
        )}
      </h2>
      {record.fee ? (
        <FeeTable lines={record.fee.lines} payer={record.fee.payer} />
      ) : (
        <p className={styles.hint}>{t.pay.notAssessed}</p>
      )}
      {status === 2 ? (
        <p className={styles.paid} role="status">
          {t.pay.paid}
        </p>
      ) : null}
      {isAsking && may('request') ? (
        <TakePayment
          key={record.id}
          record={record}
          owedFen={owed}
          mayRecord={may('record')}
          noticePayCode={list?.noticePayCode ?? null}
          payments={payments}
          onChanged={reload}
        />
      ) : null}
      {record.fee ? <PaymentTable payments={payments} mayRefund={may('refund')} onChanged={reload} /> : null}
    </section>
  );
}

function hasRole(roles: readonly StaffRole[], wanted: readonly StaffRole[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
