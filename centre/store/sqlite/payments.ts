import type { PaymentRecord } from '../../../domain/payment/types.ts';
import type { PaymentStore } from '../paymentTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { uuidToBlob } from './blobs.ts';
import { SQL } from './sql.ts';

/** Lookups of payments, and their pay codes. */
export function preparePayments(db: SqlDatabase): PaymentStore {
  const open = db.prepare<[], { hall: string; record: string }>(SQL.openPayments);
  const ofDay = db.prepare<(string | null)[], { record: string }>(SQL.paymentsOfDay);
  const findCode = db.prepare<[Buffer], { code: string }>(SQL.findPayCode);
  const setCode = db.prepare<[Buffer, string]>(SQL.setPayCode);
  return {
    openPayments: () => open.all().map(({ hall, record }) => ({ hall, record: JSON.parse(record) as PaymentRecord })),
    paymentsOfDay: (hall, from, to) =>
      ofDay
        .all(hall, from, to, hall, from, to, hall, from, to)
        .map(({ record }) => JSON.parse(record) as PaymentRecord),
    findPayCode: (payment) => findCode.get(uuidToBlob(payment))?.code ?? null,
    async setPayCode(payment, code) {
      setCode.run(uuidToBlob(payment), code);
    },
  };
}
