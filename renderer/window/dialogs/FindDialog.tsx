import { Fragment, type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { CaseSummary } from '../../../contract/rpc.ts';
import { WINDOW_GROUPS, windowGroupOf } from '../../../domain/case/windowGroup.ts';
import { useNow } from '../../app/clock.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import { groupCaseNumber, shortMoment } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Key } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Chip, FailureNotice } from '../../ui/Notice.tsx';
import { times } from '../../ui/tokens.ts';
import { PLACES } from '../CaseList.tsx';
import { preReviewIn } from '../queue/slipText.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import styles from './Dialogs.module.css';

interface Found {
  rows: CaseSummary[];
  total: number;
  text: string;
}

/** Ctrl+K: find anything. Arrows choose, Enter opens, Esc gives the focus back. */
export function FindDialog() {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = useId();
  const now = useNow();
  const close = (): void => workspace.view.setState({ overlay: 'none' });

  const slip = preReviewIn(text);
  // A scanner types the whole slip: it is no search, and none is made for each of its letters.
  const searched = slip ? '' : text;

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        workspace.app.client.call('case.search', { text: searched.trim(), limit: 50 }).then(
          ({ rows, total }) => {
            if (!current) return;
            setFound({ rows: inGroups(rows), total, text: searched.trim() });
            setActive(0);
            setFailure(null);
          },
          (error: unknown) => {
            if (current) setFailure(toFailure(error));
          },
        );
      },
      searched === '' ? 0 : times.searchDebounce,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [searched, workspace]);

  const rows = found?.rows ?? [];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(rows.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter' && slip) {
      close();
      void workspace.desk.openPreReview(slip);
    } else if (event.key === 'Enter') {
      const row = rows[active];
      if (row) void workspace.openCase(row.id);
    } else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t.find.title} hideTitle onClose={close} className={styles.find}>
      <input
        className={styles.findInput}
        role="combobox"
        aria-label={t.find.title}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={rows[active] ? `${id}-${active}` : undefined}
        data-default
        placeholder={t.find.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {failure ? <FailureNotice failure={failure} /> : null}
      <p className={styles.findCount} role="status">
        {slip
          ? t.queue.preReview.find
          : found === null || found.total === 0
            ? '\u00a0'
            : found.text === ''
              ? t.find.newest
              : t.find.found(found.total)}
      </p>
      <div className={styles.results} id={id} role="listbox" aria-label={t.find.title}>
        {rows.map((row, index) => (
          <Fragment key={row.id}>
            {isFirst(rows, index) ? (
              <p className={styles.resultGroup} role="presentation">
                {t.groups[windowGroupOf(row.stateCode)]}
              </p>
            ) : null}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerDown={() => void workspace.openCase(row.id)}
            >
              <span className={styles.resultTop}>
                <b>{row.holder}</b>
                <span className={styles.mono}>{row.idMasked}</span>
                <span className={styles.number}>{groupCaseNumber(row.number)}</span>
                <Chip tone="calm">{row.state}</Chip>
                <Chip icon={PLACES[row.place].icon} tone={PLACES[row.place].tone}>
                  {t.cases.place[row.place]}
                </Chip>
              </span>
              <span className={styles.resultSub}>
                <span>{row.itemName}</span>
                <span>{row.location}</span>
                <span>{shortMoment(row.acceptedAt, now)}</span>
              </span>
              <Certificates row={row} text={found?.text ?? ''} />
            </div>
          </Fragment>
        ))}
      </div>
      {found !== null && rows.length === 0 ? (
        <p className={styles.nothing}>
          {found.text === '' ? t.cases.emptyAll : t.find.nothing(found.text)}
          <span>{t.find.nothingHow}</span>
        </p>
      ) : null}
      <p className={`${windowStyles.keys} ${styles.findKeys}`}>
        <span>
          <Key>{t.keys.arrows}</Key>
          {t.find.move}
        </span>
        <span>
          <Key>{t.keys.enter}</Key>
          {t.find.open}
        </span>
        <span>
          <Key>{t.keys.esc}</Key>
          {t.find.close}
        </span>
      </p>
    </Dialog>
  );
}

/** By group, newest first within each: what a person comes back for stands above what is done with. */
function inGroups(rows: readonly CaseSummary[]): CaseSummary[] {
  return WINDOW_GROUPS.flatMap((group) => rows.filter((row) => windowGroupOf(row.stateCode) === group));
}

function isFirst(rows: readonly CaseSummary[], index: number): boolean {
  const [row, before] = [rows[index], rows[index - 1]];
  return row !== undefined && (!before || windowGroupOf(before.stateCode) !== windowGroupOf(row.stateCode));
}

/** The certificate or blank that was asked for, so that the eye sees why the case is here. */
function Certificates({ row, text }: { row: CaseSummary; text: string }) {
  const asked = plain(text);
  const hits = row.certificates.filter(
    ({ number, blank }) => asked.length >= 4 && (plain(number).includes(asked) || blank?.includes(asked)),
  );
  if (hits.length === 0) return null;
  return (
    <span className={styles.resultSub}>
      {hits.map(({ number, blank }) => (
        <span key={number}>
          {number} {blank ? t.life.blank(blank) : ''}
        </span>
      ))}
    </span>
  );
}

function plain(text: string): string {
  return text.replace(/\s+/g, '').replaceAll('\uff08', '(').replaceAll('\uff09', ')').toUpperCase();
}
