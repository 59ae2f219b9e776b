import type { CertificateRecord } from '../../../domain/case/progress.ts';
import { isEnded, PRINT_STATES } from '../../../domain/printJob/moves.ts';
import { WindowBlanks } from '../../blanks/WindowBlanks.tsx';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Facts, Part, PropertyFacts, Warning } from '../parts.tsx';
import { type Doing, type Plan, putDown } from '../plan.ts';
import type { Form } from '../workList.ts';
import type { LaneInput, LaneProps } from './lane.ts';

/** 1 letter and 11 digits (domain.md §4.7). */
export const SERIAL = /^[A-Z]\d{11}$/;

const spoiled: Doing = {
  label: t.lanePrint.spoiled,
  target: { transition: 'T30' },
  missing: null,
  how: { dialog: 'T30' },
};

const serialOf = (form: Form, { number }: CertificateRecord): string =>
  (form[`blank.${number}`] ?? '').trim().toUpperCase();

/** A blank for every certificate, bound before the paper moves; then what a look at the paper says. */
export function planByHand(input: LaneInput): Plan {
  return input.record.state === 'PRINTING' ? planLook(input) : planStart(input);
}

export function ByHand({ record, form, prints, set }: LaneProps) {
  const isPrinting = record.state === 'PRINTING';
  return (
    <>
      <Where record={record} prints={prints} set={set} />
      {isPrinting ? <Warning>{t.lanePrint.printing}</Warning> : null}
      <Part title={t.lanePrint.certificates}>
        {record.certificates.map((certificate) => (
          <div key={certificate.number} className={styles.certificate}>
            <Facts
              facts={[
                [t.laneCheck.fields.number, certificate.number],
                [t.laneCheck.fields.holders, certificate.holders.join(t.listSeparator)],
                ...(certificate.blank ? [[t.lanePrint.serial, certificate.blank] as const] : []),
              ]}
            />
            {certificate.blank === null ? (
              <TextField
                label={t.lanePrint.serial}
                aria-label={t.lanePrint.serialOf(certificate.number)}
                placeholder={t.lanePrint.serialHint}
                maxLength={12}
                value={form[`blank.${certificate.number}`] ?? ''}
                onChange={(event) => set(`blank.${certificate.number}`, event.target.value)}
                {...feedback(serialOf(form, certificate))}
              />
            ) : null}
            {certificate.spoiled.length > 0 ? (
              <p className={styles.muted}>
                {t.lanePrint.spoiledBefore(certificate.spoiled.map((each) => each.blank).join(t.listSeparator))}
              </p>
            ) : null}
          </div>
        ))}
      </Part>
      <PropertyFacts record={record} />
      <WindowBlanks />
    </>
  );
}

/** Where it can be printed, when not here; and the way back to the printer, when it is. */
function Where({ record, prints, set }: Pick<LaneProps, 'record' | 'prints' | 'set'>) {
  if (!prints) return null;
  if (prints.isPrinterHere) {
    if (record.state === 'PRINTING') return null;
    return (
      <p className={styles.muted}>
        {t.lanePrint.byHandRule}{' '}
        <Button look="plain" size="small" onClick={() => set('byHand', '')}>
          {t.lanePrint.byPrinter}
        </Button>
      </p>
    );
  }
  const there = prints.jobs.find((job) => !job.isHere && !isEnded(job.state));
  if (there) return <Warning>{t.lanePrint.elsewhere(there.terminal, PRINT_STATES[there.state].name)}</Warning>;
  const terminals = prints.printers.map(({ terminal }) => terminal).join(t.listSeparator);
  return (
    <p className={styles.muted}>
      {[
        t.lanePrint.noPrinter,
        terminals === '' ? t.lanePrint.printNowhere : t.lanePrint.printAt(terminals),
        t.lanePrint.byHandRule,
      ].join(t.separator)}
    </p>
  );
}

function planStart({ record, task, form }: LaneInput): Plan {
  const waiting = record.certificates.filter((certificate) => certificate.blank === null);
  const blanks = waiting.map((certificate) => ({ number: certificate.number, blank: serialOf(form, certificate) }));
  const missing = blanks.some(({ blank }) => blank === '')
    ? t.office.must(t.lanePrint.serials)
    : blanks.some(({ blank }) => !SERIAL.test(blank))
      ? t.lanePrint.badSerial
      : new Set(blanks.map(({ blank }) => blank)).size < blanks.length
        ? t.lanePrint.twice
        : null;
  return {
    done: {
      label: t.lanePrint.start,
      target: { transition: 'T28' },
      missing,
      how: { change: { kind: 'advance', advance: { transition: 'T28', data: { blanks } } } },
    },
    back: putDown('PRT', task),
    more: [],
  };
}

function planLook(_input: LaneInput): Plan {
  return {
    done: {
      label: t.lanePrint.good,
      target: { transition: 'T29' },
      missing: null,
      how: { change: { kind: 'advance', advance: { transition: 'T29', data: {} } } },
    },
    back: spoiled,
    more: [],
  };
}

function feedback(serial: string) {
  if (serial === '' || SERIAL.test(serial)) return {};
  return { below: t.lanePrint.badSerial, tone: serial.length >= 12 ? ('bad' as const) : ('plain' as const) };
}
