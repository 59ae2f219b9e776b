import type { CertificateRecord } from '../../../domain/case/progress.ts';
import { t } from '../../strings/index.ts';
import { TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Office.module.css';
import { Part, Warning } from '../parts.tsx';
import { type Doing, releaseOf } from '../plan.ts';
import { type CheckRow, checkRows, isOpen, scanState } from './checkRows.ts';
import type { LaneFace, LaneInput, LaneProps } from './lane.ts';

const bad: Doing = { label: t.laneCheck.bad, target: { transition: 'T32' }, missing: null, how: { dialog: 'T32' } };

/** Print against register, by somebody who did not print it: every row found equal or ticked, the serial off the paper. */
export const checkLane: LaneFace = {
  plan(input) {
    return {
      done: {
        label: t.laneCheck.done,
        target: { transition: 'T31' },
        missing: missingOf(input),
        how: {
          change: { kind: 'advance', advance: { transition: 'T31', data: { opinion: t.laneCheck.opinion } } },
        },
      },
      back: bad,
      more: releaseOf('QC', input.task),
    };
  },

  Body(props) {
    return (
      <Part title={t.laneCheck.table}>
        {props.record.certificates.map((certificate) => (
          <Certificate key={certificate.number} {...props} certificate={certificate} />
        ))}
      </Part>
    );
  },
};

function missingOf({ record, form, printed }: LaneInput): string | null {
  const scans = record.certificates.map((certificate) => scanState(certificate, form));
  if (scans.includes('wrong')) return t.laneCheck.scanWrong;
  if (scans.includes('missing')) return t.laneCheck.scanFirst;
  const rows = record.certificates.flatMap((certificate) => checkRows(record, certificate, printed));
  const wrong = rows.filter(({ verdict }) => verdict === 'differs');
  if (wrong.length > 0) return t.laneCheck.differs(wrong.map(({ label }) => label).join(t.listSeparator));
  const left = rows.filter((row) => isOpen(row, form)).length;
  return left > 0 ? t.laneCheck.left(left) : null;
}

function Certificate({ record, form, set, printed, certificate }: LaneProps & { certificate: CertificateRecord }) {
  const scan = scanState(certificate, form);
  const rows = checkRows(record, certificate, printed);
  const isRecorded = rows.some((row) => row.printed !== null);
  return (
    <div className={styles.certificate}>
      <TextField
        label={t.lanePrint.serial}
        aria-label={t.laneCheck.scan}
        placeholder={t.laneCheck.scan}
        maxLength={12}
        value={form[`scan.${certificate.number}`] ?? ''}
        onChange={(event) => set(`scan.${certificate.number}`, event.target.value)}
        {...(scan === 'missing'
          ? {}
          : scan === 'same'
            ? { below: t.laneCheck.same, tone: 'good' as const }
            : { below: t.laneCheck.scanWrong, tone: 'bad' as const })}
      />
      {isRecorded ? null : <Warning>{t.laneCheck.byHand}</Warning>}
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">{t.laneCheck.field}</th>
            <th scope="col">{t.laneCheck.register}</th>
            <th scope="col">{t.laneCheck.print}</th>
            <th scope="col">{t.laneCheck.same}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={rowLook(row, form[row.key] === 'yes')}>
              <th scope="row">{row.label}</th>
              <td className={styles.lines}>{row.register}</td>
              <td className={styles.lines}>
                {row.printed ?? <span className={styles.onPaper}>{t.laneCheck.onPaper}</span>}
              </td>
              <td>
                <Verdict row={row} isTicked={form[row.key] === 'yes'} onTick={(value) => set(row.key, value)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rowLook({ verdict }: CheckRow, isTicked: boolean): string | undefined {
  if (verdict === 'differs') return styles.differs;
  return verdict === 'equal' || isTicked ? styles.same : undefined;
}

function Verdict({ row, isTicked, onTick }: { row: CheckRow; isTicked: boolean; onTick(value: 'yes' | 'no'): void }) {
  if (row.verdict !== 'unread') {
    const isEqual = row.verdict === 'equal';
    return (
      <span className={isEqual ? styles.ready : styles.over}>
        <Icon name={isEqual ? 'good' : 'warning'} /> {isEqual ? t.laneCheck.equal : t.laneCheck.notEqual}
      </span>
    );
  }
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        aria-label={t.laneCheck.sameOf(row.label)}
        checked={isTicked}
        onChange={(event) => onTick(event.target.checked ? 'yes' : 'no')}
      />
      <span aria-hidden="true">{isTicked ? <Icon name="good" /> : null}</span>
    </label>
  );
}
