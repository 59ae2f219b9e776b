import type { ReactNode } from 'react';
import { owedFen } from '../../../domain/case/guards.ts';
import type { CertificateRecord, MissingPaper } from '../../../domain/case/progress.ts';
import { isFeeReturned } from '../../../domain/case/returned.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { maskPhone } from '../../../domain/identity/mask.ts';
import { yuan } from '../../../domain/papers/parts/words.ts';
import { localMinute } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Chip } from '../../ui/Notice.tsx';
import windowStyles from '../Window.module.css';
import styles from './CasePage.module.css';

/** What the case collected on its way: only the parts there are. */
export function CaseProgress({ record }: { record: CaseFile }) {
  return (
    <>
      <Refused record={record} />
      <Supplements record={record} />
      <Notices record={record} />
      <div className={styles.columns}>
        <Fee record={record} />
        <Pickup record={record} />
      </div>
      <Certificates record={record} />
      <Faults record={record} />
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={windowStyles.heading}>{title}</h2>
      {children}
    </section>
  );
}

function Refused({ record: { refusal } }: { record: CaseFile }) {
  if (!refusal) return null;
  return (
    <Part title={t.life.refusal}>
      <p>
        <b>{t.life.refusalGrounds[refusal.ground]}</b> {refusal.reason}
      </p>
      {refusal.competentRegistrar ? <p>{t.life.competent(refusal.competentRegistrar)}</p> : null}
      <Papers papers={refusal.missing} />
    </Part>
  );
}

function Supplements({ record: { supplements } }: { record: CaseFile }) {
  if (supplements.length === 0) return null;
  return (
    <Part title={t.life.supplements}>
      {supplements.map((notice) => (
        <div key={notice.at}>
          <p className={styles.facts}>
            <span>{localMinute(notice.at)}</span>
            <span>{t.life.deadline(notice.deadline)}</span>
            {notice.receivedAt === null ? (
              <Chip tone="near" icon="clock">
                {t.life.notReceived}
              </Chip>
            ) : (
              <Chip tone="calm" icon="good">
                {t.life.received(localMinute(notice.receivedAt))}
              </Chip>
            )}
          </p>
          <Papers papers={notice.missing} />
        </div>
      ))}
    </Part>
  );
}

function Papers({ papers }: { papers: readonly MissingPaper[] }) {
  return (
    <ul className={styles.papers}>
      {papers.map((paper) => (
        <li key={paper.text}>
          {paper.text}
          <span className={styles.muted}> {paper.why}</span>
          {paper.arisen ? <Chip title={paper.arisen}>{t.life.arisen}</Chip> : null}
        </li>
      ))}
    </ul>
  );
}

function Notices({ record: { notices } }: { record: CaseFile }) {
  if (notices.length === 0) return null;
  return (
    <Part title={t.life.notices}>
      {notices.map((notice) => (
        <p key={notice.at} className={styles.facts}>
          <span>{t.life.noticeUntil(notice.until)}</span>
          {notice.endedAt === null ? null : <span>{t.life.noticeEnded}</span>}
          <span className={styles.muted}>{notice.text}</span>
        </p>
      ))}
    </Part>
  );
}

function Fee({ record }: { record: CaseFile }) {
  const { fee, payments } = record;
  if (!fee) return null;
  const owed = owedFen(record);
  return (
    <Part title={t.life.fee}>
      <p className={styles.facts}>
        <b>{fee.totalFen === 0 ? t.life.feeFree : t.life.feeTotal(yuan(fee.totalFen))}</b>
        {fee.totalFen === 0 ? null : isFeeReturned(record) ? (
          <FeeBack heldFen={fee.totalFen - owed} wasPaid={payments.length > 0} />
        ) : owed > 0 ? (
          <Chip tone="near" icon="clock">
            {t.life.feeOwed(yuan(owed))}
          </Chip>
        ) : (
          <Chip tone="calm" icon="good">
            {t.life.feePaid}
          </Chip>
        )}
      </p>
      {fee.lines.map((line) => (
        <p key={line.name} className={styles.muted}>
          {line.name} {t.life.yuan(yuan(line.count * line.unitFen))}
          {line.reducedFen > 0 ? ` ${t.life.feeReduced(yuan(line.reducedFen))} ${line.reason ?? ''}` : ''}
        </p>
      ))}
      {payments.map((entry) => (
        <p key={`${entry.payment} ${entry.kind}`} className={styles.facts}>
          <span>{t.life.paidOf[entry.kind]}</span>
          <span>{t.life.yuan(yuan(entry.amountFen))}</span>
          <span>{t.life.methods[entry.method]}</span>
          <span className={styles.muted}>{entry.receipt}</span>
        </p>
      ))}
    </Part>
  );
}

/** Nothing is owed for what was not registered; what was paid is on its way back, or is back. */
function FeeBack({ heldFen, wasPaid }: { heldFen: number; wasPaid: boolean }) {
  if (!wasPaid) return <Chip>{t.life.feeNotDue}</Chip>;
  return heldFen > 0 ? (
    <Chip tone="near" icon="clock">
      {t.life.feeToReturn(yuan(heldFen))}
    </Chip>
  ) : (
    <Chip tone="calm" icon="good">
      {t.life.feeReturned}
    </Chip>
  );
}

function Certificates({ record: { certificates, bookedAt } }: { record: CaseFile }) {
  if (certificates.length === 0) return null;
  return (
    <Part title={t.life.certificates}>
      {bookedAt ? <p className={styles.muted}>{t.life.bookedAt(localMinute(bookedAt))}</p> : null}
      <ul className={styles.materials}>
        {certificates.map((each) => (
          <Certificate key={each.number} certificate={each} />
        ))}
      </ul>
    </Part>
  );
}

function Certificate({ certificate: { number, kind, holders, blank, spoiled } }: { certificate: CertificateRecord }) {
  return (
    <li>
      <span className={styles.muted}>{t.life.certificateKinds[kind].slice(-2)}</span>
      <span>
        {number}
        <span className={styles.muted}> {holders.join(t.listSeparator)}</span>
      </span>
      <span className={styles.muted}>
        {blank ? t.life.blank(blank) : t.life.noBlank}
        {spoiled.length > 0 ? ` ${t.life.spoiled(spoiled.map((each) => each.blank).join(t.listSeparator))}` : ''}
      </span>
    </li>
  );
}

function Pickup({ record: { pickup, handover, archive } }: { record: CaseFile }) {
  if (!pickup && !handover && !archive) return null;
  return (
    <Part title={t.life.pickup}>
      {pickup ? (
        <p className={styles.pickup}>
          <Icon name="next" />
          {t.life.pickupCalled(pickup.window, pickup.calls, localMinute(pickup.at))}
        </p>
      ) : null}
      {handover?.receiver ? (
        <p className={styles.facts}>
          <span>{t.life.handedTo(handover.receiver.name, localMinute(handover.at))}</span>
          <span>{handover.slipReturned ? t.life.slipBack : t.life.slipNotBack}</span>
        </p>
      ) : null}
      {handover?.express ? (
        <p className={styles.facts}>
          <span>{t.life.shipped(handover.express.carrier, handover.express.trackingNumber)}</span>
          <span>
            {handover.express.receiver} {maskPhone(handover.express.phone)}
          </span>
          {handover.proof ? <span>{t.life.delivered(handover.proof)}</span> : null}
        </p>
      ) : null}
      {archive ? <p className={styles.muted}>{t.life.archived(archive.list)}</p> : null}
    </Part>
  );
}

function Faults({ record: { serviceFaults } }: { record: CaseFile }) {
  if (serviceFaults.length === 0) return null;
  return (
    <Part title={t.life.faults}>
      {serviceFaults.map((fault) => (
        <p key={fault.at} className={styles.override}>
          <Icon name="warning" />
          {t.life.fault(fault.papers.join(t.listSeparator))}
        </p>
      ))}
    </Part>
  );
}
