import { useCallback } from 'react';
import { useApp } from '../app/app.ts';
import { localMinute } from '../app/format.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import ownStyles from './Blanks.module.css';
import { nameOf, type Person, useLive } from './useBlanks.ts';

interface Line {
  key: string;
  at: string;
  what: string;
  where: string;
  who: string;
  note: string;
}

/** Everything that ever happened to one blank, oldest first: in the stock book and in its case. */
export function HistoryDialog(props: { serial: string; people: readonly Person[]; onClose(): void }) {
  const { serial, people, onClose } = props;
  const { client } = useApp();
  const load = useCallback(() => client.call('blanks.find', { serial }), [client, serial]);
  const { value, failure } = useLive(load);
  const place = (each: string): string => t.blanks.places[each] ?? each;
  const names = (by: string, witness: string | null): string =>
    [by, witness].flatMap((number) => (number === null ? [] : [nameOf(people, number)])).join(t.listSeparator);
  const why = (reason: keyof typeof t.blanks.reasons | null, note: string): string =>
    [reason === null ? '' : t.blanks.reasons[reason], note].filter(Boolean).join(t.listSeparator);
  const lines: Line[] = [
    ...(value?.lines ?? []).map(({ kind, at, from, to, by, witness, reason, note, through }) => ({
      key: `${kind} ${at}`,
      at,
      what: t.blanks.kinds[kind],
      where: t.blanks.arrow(place(from), place(to)),
      who: names(by, witness),
      note: kind === 'blanks.bound' ? t.blanks.through[through ?? 'hand'] : why(reason, note),
    })),
    ...(value?.caseEvents ?? []).map(({ kind, at, by, witness, reason, note }) => ({
      key: `${kind} ${at}`,
      at,
      what: t.blanks.caseEvents[kind],
      where: '',
      who: names(by, witness),
      note: why(reason, note),
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <Dialog
      title={t.blanks.history(serial)}
      onClose={onClose}
      scrolls
      className={ownStyles.history}
      actions={
        <Button keyName={t.keys.esc} data-default onClick={onClose}>
          {t.blanks.close}
        </Button>
      }
    >
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? failure ? null : <Skeleton label={t.boot.connecting} /> : null}
      {value && !value.blank ? <p className={styles.empty}>{t.blanks.historyUnknown}</p> : null}
      {value?.blank ? (
        <>
          <p className={ownStyles.counted}>
            {[
              t.blanks.forms[value.blank.form],
              t.blanks.states[value.blank.state],
              ...(value.blank.window ? [value.blank.window] : []),
              ...(value.blank.certificate ? [value.blank.certificate] : []),
              ...(value.blank.caseNumber ? [value.blank.caseNumber] : []),
            ].join(t.separator)}
          </p>
          <table className={styles.table}>
            <tbody>
              {lines.map(({ key, at, what, where, who, note }) => (
                <tr key={key}>
                  <td className={ownStyles.number}>{localMinute(at)}</td>
                  <th scope="row">{what}</th>
                  <td>{where}</td>
                  <td>{who}</td>
                  <td>{note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </Dialog>
  );
}
