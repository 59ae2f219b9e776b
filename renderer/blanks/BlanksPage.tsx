import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { BlankCount } from '../../contract/rpc/blanks.ts';
import { parseBlankSerial } from '../../domain/numbers/blankSerial.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { shiftDay } from '../app/days.ts';
import { localDay } from '../app/format.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import ownStyles from './Blanks.module.css';
import { SignDialog } from './CountDialogs.tsx';
import { Drawers, differenceOf } from './Drawers.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { MoveDialog, type MoveKind } from './MoveDialog.tsx';
import { OpenPrints } from './OpenPrints.tsx';
import { Registers } from './Registers.tsx';
import { nameOf, useLive, usePeople } from './useBlanks.ts';
import { Voids } from './Voids.tsx';

type Open =
  | { kind: 'move'; move: MoveKind; serial?: string }
  | { kind: 'sign'; count: BlankCount }
  | { kind: 'history'; serial: string };

const MOVES: readonly MoveKind[] = ['receive', 'assign', 'return', 'spoil', 'lost', 'destroy'];

/** The supervisor's stock of blank certificates: store, drawers, counts to sign, what was spoiled, where a serial went. */
export function BlanksPage() {
  const { client, session } = useApp();
  const staff = useStore(session, (state) => state.info?.staff ?? null);
  const today = localDay(useNow());
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const day = chosen ?? today;
  const people = usePeople();
  const loadBalance = useCallback(() => client.call('blanks.balance', { day }), [client, day]);
  const loadVoids = useCallback(() => client.call('blanks.list', { state: 'VOID' }), [client]);
  const balance = useLive(loadBalance);
  const voids = useLive(loadVoids);
  const failure = balance.failure ?? voids.failure;
  const close = (): void => setOpen(null);
  if (!staff) return null;
  return (
    <div className={ownStyles.page}>
      <h1 className="visually-hidden">{t.blanks.title}</h1>
      <div className={ownStyles.tools}>
        {MOVES.map((move) => (
          <Button
            key={move}
            look={move === 'receive' || move === 'assign' ? 'primary' : 'normal'}
            onClick={() => setOpen({ kind: 'move', move })}
          >
            {t.blanks.doing[move].open}
          </Button>
        ))}
        <Finder onFind={(serial) => setOpen({ kind: 'history', serial })} />
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}

      <section className={styles.block} aria-label={t.blanks.store}>
        <h2>{t.blanks.store}</h2>
        <p className={ownStyles.stock}>
          {balance.value && balance.value.store.length === 0
            ? t.blanks.storeEmpty
            : (balance.value?.store ?? []).map(({ form, count }) => (
                <span key={form}>{t.blanks.stock(t.blanks.forms[form], count)}</span>
              ))}
        </p>
      </section>

      {balance.value && balance.value.toSign.length > 0 ? (
        <section className={styles.block} aria-label={t.blanks.toSign}>
          <h2>
            {t.blanks.toSign}
            {t.separator}
            {t.blanks.toSignRule}
          </h2>
          <ul className={ownStyles.toSign}>
            {balance.value.toSign.map((count) => (
              <li key={count.id}>
                <strong>{[count.day, count.window, t.blanks.formsShort[count.form]].join(t.separator)}</strong>
                <span className={styles.near}>{differenceOf(count)}</span>
                <span>{t.blanks.countedAs(count.counted, count.expected)}</span>
                <span>{t.blanks.countedBy(nameOf(people, count.by), nameOf(people, count.witness))}</span>
                <Button size="small" onClick={() => setOpen({ kind: 'sign', count })}>
                  {t.blanks.sign.open}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      <OpenPrints people={people} />

      <section className={styles.block} aria-label={t.blanks.drawers}>
        <div className={ownStyles.dayLine}>
          <h2>{t.blanks.drawers}</h2>
          <Button size="small" onClick={() => setChosen(shiftDay(day, -1))}>
            {t.blanks.dayBefore}
          </Button>
          <span className={ownStyles.number}>{day}</span>
          <Button size="small" disabled={day >= today} onClick={() => setChosen(shiftDay(day, 1))}>
            {t.blanks.dayAfter}
          </Button>
          {day === today ? null : (
            <Button size="small" onClick={() => setChosen(null)}>
              {t.blanks.today}
            </Button>
          )}
          <Registers day={day} lines={balance.value?.lines ?? []} voids={voids.value?.rows ?? []} />
        </div>
        {balance.value ? <Drawers drawers={balance.value.drawers} people={people} /> : null}
      </section>

      <section className={styles.block} aria-label={t.blanks.voids}>
        <h2>{t.blanks.voids}</h2>
        {voids.value ? (
          <Voids
            rows={voids.value.rows}
            people={people}
            today={today}
            onRestore={(serial) => setOpen({ kind: 'move', move: 'restore', serial })}
            onLook={(serial) => setOpen({ kind: 'history', serial })}
          />
        ) : null}
      </section>

      {open?.kind === 'move' ? (
        <MoveDialog
          kind={open.move}
          people={people}
          actor={staff.number}
          {...(open.serial !== undefined && { start: { serial: open.serial } })}
          onClose={close}
        />
      ) : null}
      {open?.kind === 'sign' ? <SignDialog count={open.count} people={people} onClose={close} /> : null}
      {open?.kind === 'history' ? <HistoryDialog serial={open.serial} people={people} onClose={close} /> : null}
    </div>
  );
}

function Finder({ onFind }: { onFind(serial: string): void }) {
  const [text, setText] = useState('');
  const parsed = parseBlankSerial(text);
  const isWrong = text.trim().length >= 12 && !parsed.ok;
  return (
    <form
      className={ownStyles.finder}
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.ok) onFind(parsed.serial);
      }}
    >
      <TextField
        label={t.blanks.find}
        placeholder={t.blanks.findHint}
        maxLength={20}
        value={text}
        onChange={(event) => setText(event.target.value)}
        {...(isWrong && { below: t.blanks.findBad, tone: 'bad' as const })}
      />
    </form>
  );
}
