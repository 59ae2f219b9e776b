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
          <th scope="col" className={ownStyles.number} title={t.blanks.sheetsRule}>
            {t.blanks.sheets}
          </th>
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
            <td className={ownStyles.number}>
              <Sheets drawer={drawer} />
            </td>
            <td>
              <CountState drawer={drawer} people={people} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The third side: what the printer's journal says, beside what the stock book bound for it, and what was printed by hand. */
function Sheets({ drawer: { sheets } }: { drawer: BlankDrawer }) {
  const journal = sheets.confirmed + sheets.spoiled;
  const hints = [
    ...(sheets.open > 0 ? [t.blanks.sheetsOpen(sheets.open)] : []),
    ...(sheets.byHand > 0 ? [t.blanks.byHand(sheets.byHand)] : []),
  ];
  const isNothing = journal + sheets.bound + sheets.open === 0;
  return (
    <>
      <span className={journal !== sheets.bound ? styles.near : isNothing ? ownStyles.nought : undefined}>
        {t.blanks.sheetsOf(journal, sheets.bound)}
      </span>
      {hints.length > 0 ? <span className={ownStyles.hint}>{hints.join(t.listSeparator)}</span> : null}
    </>
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
export function differenceOf(count: BlankCount): string | null {
  const { difference, papersCounted, papersExpected, sheets, sheetsExpected } = count;
  const parts = [
    ...(difference > 0 ? [t.blanks.over(difference)] : difference < 0 ? [t.blanks.short(-difference)] : []),
    ...(papersCounted === papersExpected ? [] : [t.blanks.papersOff]),
    ...(sheets === sheetsExpected ? [] : [t.blanks.sheetsOff(sheets, sheetsExpected)]),
  ];
  return parts.length === 0 ? null : parts.join(t.listSeparator);
}
