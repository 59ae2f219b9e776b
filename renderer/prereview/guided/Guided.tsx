import { useState } from 'react';
import { useStore } from 'zustand';
import type { Staff } from '../../../contract/rpc.ts';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { Frame } from '../Frame.tsx';
import styles from '../Kiosk.module.css';
import type { KioskStore } from '../kioskStore.ts';
import { Troubles } from '../screens/IdleScreen.tsx';
import { HelpCalls } from './HelpCalls.tsx';
import { type TakeKind, TakeNumber } from './TakeNumber.tsx';

const KINDS: readonly TakeKind[] = ['priority', 'enterprise', 'pickup', 'appointment', 'returned', 'reprint'];

/** The staffed desk between two visitors: a pre-review, or a number without one. */
export function Guided({ kiosk, staff }: { kiosk: KioskStore; staff: Staff }) {
  const { session } = useApp();
  const [taking, setTaking] = useState<TakeKind | null>(null);
  const elder = useStore(kiosk, (state) => state.elderChosen ?? false);
  const words = t.prereview.staff;
  return (
    <Frame
      elder={elder}
      onElder={(on) => kiosk.getState().setElder(on)}
      step={null}
      onBack={taking ? () => setTaking(null) : undefined}
      head={<strong className={styles.who}>{words.guide(staff.name)}</strong>}
      foot={
        <button type="button" className={styles.plain} onClick={() => void session.getState().logout()}>
          {words.signOut}
        </button>
      }
    >
      {taking ? (
        <TakeNumber kind={taking} key={taking} onDone={() => setTaking(null)} />
      ) : (
        <main className={styles.desk}>
          <h1 className="visually-hidden">{words.title}</h1>
          <button type="button" className={styles.start} onClick={() => kiosk.getState().begin()}>
            {words.begin}
            <small>{words.beginHint}</small>
          </button>
          <section aria-labelledby="take">
            <h2 id="take">{words.noPreReview}</h2>
            <ul className={styles.tiles} data-count={KINDS.length}>
              {KINDS.map((kind) => (
                <li key={kind}>
                  <button type="button" className={styles.tile} onClick={() => setTaking(kind)}>
                    <strong>{words[kind]}</strong>
                    <span>{words[`${kind}Hint`]}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <div className={styles.news}>
            <HelpCalls />
            <Troubles />
          </div>
        </main>
      )}
    </Frame>
  );
}
