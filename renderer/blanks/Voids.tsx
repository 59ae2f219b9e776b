import type { MethodOutput } from '../../contract/rpc.ts';
import { localDay, localMinute } from '../app/format.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import ownStyles from './Blanks.module.css';
import { nameOf, type Person } from './useBlanks.ts';

type VoidRow = MethodOutput<'blanks.list'>['rows'][number];

interface VoidsProps {
  rows: readonly VoidRow[];
  people: readonly Person[];
  /** Today in the hall: only what was voided today, and was never bound, can be taken back. */
  today: string;
  onRestore(serial: string): void;
  onLook(serial: string): void;
}

/** Spoiled blanks with their reasons (SL16's data), newest first. */
export function Voids({ rows, people, today, onRestore, onLook }: VoidsProps) {
  if (rows.length === 0) return <p className={styles.empty}>{t.blanks.voidsEmpty}</p>;
  const sorted = [...rows].sort((a, b) => (b.void?.at ?? b.since).localeCompare(a.void?.at ?? a.since));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {[t.blanks.serial, t.blanks.where, t.blanks.reason, t.blanks.who, t.blanks.when].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ serial, window, caseId, since, void: spoiled }) => (
          <tr key={serial}>
            <th scope="row">
              <button type="button" className={ownStyles.link} onClick={() => onLook(serial)}>
                {serial}
              </button>
            </th>
            <td>{window ?? t.blanks.store}</td>
            <td>
              {[
                ...(spoiled?.reason ? [t.blanks.reasons[spoiled.reason]] : []),
                ...(caseId === null ? [] : [t.blanks.onPrinter]),
                ...(spoiled?.note ? [spoiled.note] : []),
              ].join(t.listSeparator)}
            </td>
            <td>
              {[spoiled?.by, spoiled?.witness]
                .flatMap((number) => (number ? [nameOf(people, number)] : []))
                .join(t.listSeparator)}
            </td>
            <td className={ownStyles.number}>{localMinute(spoiled?.at ?? since)}</td>
            <td>
              {caseId === null && localDay(spoiled?.at ?? since) === today ? (
                <Button size="small" onClick={() => onRestore(serial)}>
                  {t.blanks.doing.restore.open}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
