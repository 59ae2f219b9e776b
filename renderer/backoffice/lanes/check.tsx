import type { CertificateRecord } from '../../../domain/case/progress.ts';
import { t } from '../../strings/index.ts';
import { TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Office.module.css';
import { Part } from '../parts.tsx';
import { type Doing, releaseOf } from '../plan.ts';
import { checkRows, scanState } from './checkRows.ts';
import type { LaneFace, LaneProps } from './lane.ts';

const bad: Doing = { label: t.laneCheck.bad, target: { transition: 'T32' }, missing: null, how: { dialog: 'T32' } };

/** Print against register: every field ticked by somebody who did not print it, and the serial read off the paper. */
export const checkLane: LaneFace = {
  plan({ record, task, form }) {
    const scans = record.certificates.map((certificate) => scanState(certificate, form));
    const left = record.certificates
      .flatMap((certificate) => checkRows(record, certificate))
      .filter((row) => form[row.key] !== 'yes').length;
    const missing = scans.includes('wrong')
      ? t.laneCheck.scanWrong
      : scans.includes('missing')
        ? t.laneCheck.scanFirst
        : left > 0
          ? t.laneCheck.left(left)
          : null;
    return {
      done: {
        label: t.laneCheck.done,
        target: { transition: 'T31' },
        missing,
        how: {
          change: { kind: 'advance', advance: { transition: 'T31', data: { opinion: t.laneCheck.opinion } } },
        },
      },
      back: bad,
      more: releaseOf('QC', task),
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

function Certificate({ record, form, set, certificate }: LaneProps & { certificate: CertificateRecord }) {
  const scan = scanState(certificate, form);
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
          {checkRows(record, certificate).map((row) => (
            <tr key={row.key} className={form[row.key] === 'yes' ? styles.same : undefined}>
              <th scope="row">{row.field}</th>
              <td>{row.register}</td>
              <td>{row.print}</td>
              <td>
                <label className={styles.tick}>
                  <input
                    type="checkbox"
                    aria-label={t.laneCheck.sameOf(row.field)}
                    checked={form[row.key] === 'yes'}
                    onChange={(event) => set(row.key, event.target.checked ? 'yes' : 'no')}
                  />
                  <span aria-hidden="true">{form[row.key] === 'yes' ? <Icon name="good" /> : null}</span>
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
