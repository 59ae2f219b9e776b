import type { BlankCount, BlankDrawer } from '../../contract/rpc/blanks.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import ownStyles from './Blanks.module.css';
import { nameOf, type Person } from './useBlanks.ts';

const COLUMNS = ['opening', 'received', 'printed', 'voided', 'returned', 'lost', 'closing', 'papers'] as const;

/** The day of every window: opening + received − printed − void − returned − lost = closing, and the count. */
export function Drawers({ drawers, people }: { drawers: readonly BlankDrawer[]; people: readonly Person[] }) {
  if (drawers.length === 0) return <p className={styles.empty}>{t.blanks.drawersEmpty}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.blanks.window}</th>
          <th scope="col">{t.blanks.form}</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={ownStyles.number}>
              {t.blanks.columns[column]}
            </th>
          ))}
          <th scope="col">{t.blanks.counting}</th>
        </tr>
      </thead>
      <tbody>
        {drawers.map((drawer) => (
          <tr key={`${drawer.window} ${drawer.form}`}>
            <th scope="row">{drawer.window}</th>
            <td>{t.blanks.formsShort[drawer.form]}</td>
            {COLUMNS.map((column) => (
              <td key={column} className={`${ownStyles.number} ${drawer[column] === 0 ? ownStyles.nought : ''}`}>
                {drawer[column]}
              </td>
            ))}
            <td>
              <CountState drawer={drawer} people={people} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CountState({
  drawer: { count, closing, printed, voided },
  people,
}: {
  drawer: BlankDrawer;
  people: readonly Person[];
}) {
  if (!count)
    return <span className={printed + voided > 0 ? styles.near : ownStyles.nought}>{t.blanks.notCounted}</span>;
  if (count.expected !== closing) return <span className={styles.near}>{t.blanks.stale}</span>;
  const words = differenceOf(count);
  if (words === null) {
    return (
      <span className={styles.good}>
        <Icon name="good" /> {t.blanks.even}
      </span>
    );
  }
  return (
    <span className={count.settled ? undefined : styles.near}>
      <Icon name={count.settled ? 'good' : 'warning'} /> {words}
      {count.signed ? `${t.separator}${t.blanks.signed(nameOf(people, count.signed.by))}` : null}
    </span>
  );
}

/** @returns what does not fit, in words; null when all fits */
export function differenceOf({ difference, papersCounted, papersExpected }: BlankCount): string | null {
  const parts = [
    ...(difference > 0 ? [t.blanks.over(difference)] : difference < 0 ? [t.blanks.short(-difference)] : []),
    ...(papersCounted === papersExpected ? [] : [t.blanks.papersOff]),
  ];
  return parts.length === 0 ? null : parts.join(t.listSeparator);
}
