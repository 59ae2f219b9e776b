import { useEffect, useRef, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { yuan } from '../../domain/papers/parts/words.ts';
import { useApp } from '../app/app.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Choice, TextField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import styles from './Pay.module.css';
import { type PaymentView, usePress } from './usePayments.ts';

type Answer = MethodOutput<'payment.request'>;

const ONLINE = ['WECHAT', 'ALIPAY', 'SCAN'] as const;
const COUNTER = ['CARD', 'CASH'] as const;
type Online = (typeof ONLINE)[number];
type Method = Online | (typeof COUNTER)[number];

/** A channel without a code is asked again this often, ms. */
const ASK_AGAIN_MS = 3000;

interface TakePaymentProps {
  record: CaseRecord;
  owedFen: number;
  /** Card and cash: only who may take money at the counter. */
  mayRecord: boolean;
  noticePayCode: string | null;
  /** A code is shown until the centre has said what became of it. */
  payments: readonly PaymentView[];
  onChanged(): void;
}

/** Asks for what is owed: a code for the citizen's phone, or the receipt of what was taken by hand. */
export function TakePayment({ record, owedFen, mayRecord, noticePayCode, payments, onChanged }: TakePaymentProps) {
  const { client } = useApp();
  const [method, setMethod] = useState<Method>('WECHAT');
  const [receipt, setReceipt] = useState('');
  const [answer, setAnswer] = useState<{ method: Online; answer: Answer } | null>(null);
  const { isBusy, failure, press } = usePress();
  const commandId = useRef<string>(crypto.randomUUID());
  const caseId = record.id;

  const online = ONLINE.find((each) => each === method);
  const counter = COUNTER.find((each) => each === method);
  const isOver = payments.some(({ id, state }) => id === answer?.answer.payment && state !== 'REQUESTED');
  const shown = answer !== null && answer.method === method && !isOver ? answer.answer : null;
  const isAway = failure?.code === 'offline' && noticePayCode !== null;

  const request = async (asked: Online) => {
    const found = await press(() =>
      client.call('payment.request', { commandId: commandId.current, caseId, method: asked }),
    );
    if (!found) return;
    // The next press is another request, once this one has had its answer.
    commandId.current = crypto.randomUUID();
    setAnswer({ method: asked, answer: found });
    onChanged();
  };
  const isCodeMissing = shown?.state === 'REQUESTED' && shown.payCode === null;
  useEffect(() => {
    if (!isCodeMissing || !online) return;
    const timer = setTimeout(() => void request(online), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  });

  const takeByHand = async () => {
    if (!counter) return;
    const input = { commandId: commandId.current, caseId, method: counter, receipt: receipt.trim() };
    const done = await press(() => client.call('payment.record', input));
    if (!done) return;
    commandId.current = crypto.randomUUID();
    setReceipt('');
    onChanged();
  };

  const methods: readonly Method[] = mayRecord ? [...ONLINE, ...COUNTER] : ONLINE;
  return (
    <div className={styles.stack}>
      <p className={styles.owed}>{t.pay.owed(yuan(owedFen))}</p>
      <Choice<Method>
        label={t.pay.method}
        value={method}
        options={methods.map((value) => ({ value, text: t.pay.methods[value] }))}
        onChange={setMethod}
      />
      {counter ? (
        <>
          <TextField
            label={t.pay.receipt}
            maxLength={60}
            value={receipt}
            onChange={(event) => setReceipt(event.target.value)}
          />
          <div>
            <Button look="primary" disabled={isBusy || receipt.trim() === ''} onClick={takeByHand}>
              {t.pay.record}
            </Button>
          </div>
        </>
      ) : null}
      {online && shown?.state !== 'REQUESTED' ? (
        <div>
          <Button look="primary" disabled={isBusy} onClick={() => request(online)}>
            {t.pay.showCode}
          </Button>
        </div>
      ) : null}
      {online && shown?.state === 'REQUESTED' ? (
        <figure className={styles.figure} role="status">
          {shown.payCode === null ? (
            <p className={styles.hint}>{t.pay.codeWaiting}</p>
          ) : (
            <QrCode
              className={styles.code}
              testId="pay-code"
              text={shown.payCode}
              label={t.pay.codeFor(t.pay.methods[online])}
            />
          )}
          <figcaption>
            <strong className={styles.ask}>{t.pay.codeFor(t.pay.methods[online])}</strong>
            <span className={styles.owed}>{t.pay.yuan(yuan(shown.amountFen))}</span>
            {shown.expiresAt === null ? null : <span>{t.pay.validUntil(localTime(shown.expiresAt))}</span>}
            <span className={styles.hint}>{t.pay.waiting}</span>
          </figcaption>
        </figure>
      ) : null}
      {failure && !isAway ? <FailureNotice failure={failure} /> : null}
      {isAway ? (
        <figure className={styles.figure} role="alert">
          <QrCode className={styles.code} testId="pay-code" text={noticePayCode} label={t.pay.noticeCode} />
          <figcaption>
            <strong className={styles.ask}>{noticePayCode}</strong>
            <span>{t.pay.offline}</span>
          </figcaption>
        </figure>
      ) : null}
    </div>
  );
}
