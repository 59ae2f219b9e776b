import { useEffect, useRef } from 'react';
import type { PrintJob } from '../../../contract/rpc/certificate.ts';
import type { CertificateRecord } from '../../../domain/case/progress.ts';
import { asksForLook } from '../../../domain/printJob/moves.ts';
import { WindowBlanks } from '../../blanks/WindowBlanks.tsx';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Facts, Part, Warning } from '../parts.tsx';
import { type Doing, type Plan, putDown } from '../plan.ts';
import { CertificatePreview } from './CertificatePreview.tsx';
import type { LaneInput, LaneProps } from './lane.ts';
import ownStyles from './Print.module.css';
import { PrintProgress } from './PrintProgress.tsx';
import { SERIAL } from './printByHand.tsx';
import { atPrinter } from './printJobs.ts';

type WithPrints<I> = I & { prints: NonNullable<LaneInput['prints']> };

const read = (value: string | undefined): string => (value ?? '').trim().toUpperCase();

/** What may be done at the printer now: print the certificate in turn, or say what is on the paper. */
export function planAtPrinter(input: LaneInput, prints: WithPrints<LaneInput>['prints']): Plan {
  const { record, task, form } = input;
  const { certificate, job, confirmed } = atPrinter(record, prints);
  const spoil: Doing = {
    label: t.lanePrint.answerBad,
    target: { transition: 'T30' },
    missing: null,
    how: { dialog: job ? 'spoilPrint' : 'T30' },
  };
  const putDownNow = putDown('PRT', task);
  if (!certificate) {
    const [last] = confirmed;
    const print = { kind: 'confirm', job: last?.id ?? '', serial: last?.blank ?? '' } as const;
    return {
      done: { label: t.lanePrint.note, target: { transition: 'T29' }, missing: null, how: { print } },
      back: null,
      more: [],
    };
  }
  if (job?.state === 'SENDING') {
    return { done: { ...spoil, label: t.lanePrint.print, missing: t.lanePrint.sendingShort }, back: null, more: [] };
  }
  if (job && asksForLook(job.state)) {
    const serial = read(form[`read.${job.id}`]);
    const missing =
      serial === '' ? t.lanePrint.readFirst : SERIAL.test(serial) ? sameAs(job, serial) : t.lanePrint.badSerial;
    const print = { kind: 'confirm', job: job.id, serial } as const;
    return {
      done: { label: t.lanePrint.answerGood, target: { transition: 'T29' }, missing, how: { print } },
      back: spoil,
      more: [],
    };
  }
  const blank = read(form[`blank.${certificate.number}`]);
  const missing =
    blank === ''
      ? t.office.must(t.lanePrint.serial)
      : !SERIAL.test(blank)
        ? t.lanePrint.badSerial
        : certificate.blank !== null && certificate.blank !== blank
          ? t.lanePrint.boundOther(certificate.blank)
          : null;
  const place = record.certificates.indexOf(certificate) + 1;
  return {
    done: {
      label: t.lanePrint.printOf(place, record.certificates.length),
      // Bound already by a print whose answer was lost, or with the first certificate of the case.
      target: { transition: certificate.blank === null ? 'T28' : 'T29' },
      missing,
      how: { print: { kind: 'print', certificate: certificate.number, blank } },
    },
    back: certificate.blank === null ? putDownNow : spoil,
    more: job && !job.fed ? [dropOf(job)] : [],
  };
}

/** Nothing was ever sent: the sheet may be printed on in another job. */
const dropOf = (job: PrintJob): Doing => ({
  label: t.lanePrint.drop,
  target: { transition: 'T30' },
  missing: null,
  how: { print: { kind: 'drop', job: job.id } },
});

const sameAs = (job: PrintJob, serial: string): string | null => (job.blank === serial ? null : t.lanePrint.readWrong);

/** One certificate at a time: how it will look, the field for its sheet, and the question when it has come out. */
export function PrinterDesk({ record, form, prints, set }: WithPrints<LaneProps>) {
  const { certificate, job, confirmed } = atPrinter(record, prints);
  return (
    <>
      {confirmed.length > 0 ? (
        <Part title={t.lanePrint.certificates}>
          <Facts facts={confirmed.map((each) => [each.certificate, t.lanePrint.confirmed(each.blank)] as const)} />
        </Part>
      ) : null}
      {certificate === null ? <Warning>{t.lanePrint.noted}</Warning> : null}
      {job && asksForLook(job.state) ? (
        <Question job={job} value={form[`read.${job.id}`] ?? ''} onChange={(value) => set(`read.${job.id}`, value)} />
      ) : null}
      {job?.state === 'SENDING' ? <PrintProgress job={job} /> : null}
      {certificate && !(job && (asksForLook(job.state) || job.state === 'SENDING')) ? (
        <SheetField
          certificate={certificate}
          isHeld={job?.fed === true}
          value={form[`blank.${certificate.number}`] ?? ''}
          onChange={(value) => set(`blank.${certificate.number}`, value)}
          onByHand={record.state === 'BOOKED' ? () => set('byHand', 'yes') : null}
        />
      ) : null}
      {certificate ? (
        <CertificatePreview caseId={record.id} version={record.version} certificate={certificate} />
      ) : null}
      <WindowBlanks />
    </>
  );
}

/** The paper lies in the hand of one person, and only that person can say what is on it. */
function Question({ job, value, onChange }: { job: PrintJob; value: string; onChange(value: string): void }) {
  const serial = read(value);
  const wrong = serial.length >= job.blank.length && serial !== job.blank;
  const section = useRef<HTMLElement>(null);
  // The question comes while the person looks at the printer: the scanner finds its field.
  useEffect(() => section.current?.querySelector('input')?.focus(), []);
  return (
    <section ref={section} className={ownStyles.question} aria-label={t.lanePrint.question}>
      <h2>{t.lanePrint.question}</h2>
      <p>{t.lanePrint.happened[job.state === 'SENT' ? 'SENT' : 'UNKNOWN']}</p>
      <p className={styles.muted}>{t.lanePrint.questionHow}</p>
      <TextField
        label={t.lanePrint.serial}
        aria-label={t.lanePrint.readSerial}
        placeholder={t.lanePrint.readHint}
        maxLength={12}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(wrong ? { below: t.lanePrint.readWrong, tone: 'bad' as const } : {})}
      />
    </section>
  );
}

interface SheetFieldProps {
  certificate: CertificateRecord;
  /** The printer refused it before the first byte: the same sheet goes in again. */
  isHeld: boolean;
  value: string;
  onChange(value: string): void;
  onByHand: (() => void) | null;
}

function SheetField({ certificate, isHeld, value, onChange, onByHand }: SheetFieldProps) {
  const serial = read(value);
  const isBad = serial.length >= 12 && !SERIAL.test(serial);
  const isOther = certificate.blank !== null && SERIAL.test(serial) && serial !== certificate.blank;
  const below = isBad
    ? t.lanePrint.badSerial
    : isOther && certificate.blank !== null
      ? t.lanePrint.boundOther(certificate.blank)
      : null;
  return (
    <Part
      title={t.lanePrint.sheet}
      end={
        onByHand === null ? undefined : (
          <Button look="plain" size="small" onClick={onByHand}>
            {t.lanePrint.byHand}
          </Button>
        )
      }
    >
      {isHeld ? <Warning>{t.lanePrint.held}</Warning> : null}
      {certificate.blank !== null ? <p className={styles.muted}>{t.lanePrint.boundFor(certificate.blank)}</p> : null}
      <TextField
        label={t.lanePrint.serial}
        aria-label={t.lanePrint.serialOf(certificate.number)}
        placeholder={t.lanePrint.serialHint}
        maxLength={12}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(below === null ? {} : { below, tone: 'bad' as const })}
      />
      {certificate.spoiled.length > 0 ? (
        <p className={styles.muted}>
          {t.lanePrint.spoiledBefore(certificate.spoiled.map((each) => each.blank).join(t.listSeparator))}
        </p>
      ) : null}
    </Part>
  );
}
