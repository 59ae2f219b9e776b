import type { FeeLine } from '../../domain/case/progress.ts';
import { totalOf } from '../../domain/case/reduceCase.ts';
import { yuan } from '../../domain/papers/parts/words.ts';
import { t } from '../strings/index.ts';
import styles from './Pay.module.css';

/** Fee lines with their reductions, and the sum. */
export function FeeTable({ lines, payer }: { lines: readonly FeeLine[]; payer: string }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.pay.line}</th>
          <th scope="col" className={styles.number}>
            {t.pay.unit}
          </th>
          <th scope="col" className={styles.number}>
            {t.pay.count}
          </th>
          <th scope="col" className={styles.number}>
            {t.pay.reduced}
          </th>
          <th scope="col" className={styles.number}>
            {t.pay.due}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.class} ${line.name}`}>
            <td>
              {line.name}
              {line.reason === undefined ? null : <small className={styles.reason}>{line.reason}</small>}
            </td>
            <td className={styles.number}>{yuan(line.unitFen)}</td>
            <td className={styles.number}>{line.count}</td>
            <td className={styles.number}>{line.reducedFen === 0 ? '' : `-${yuan(line.reducedFen)}`}</td>
            <td className={styles.number}>{yuan(totalOf([line]))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={4}>
            {t.pay.total} <small className={styles.reason}>{`${t.pay.payer} ${payer}`}</small>
          </th>
          <td className={styles.number}>
            <strong>{t.pay.yuan(yuan(totalOf(lines)))}</strong>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
