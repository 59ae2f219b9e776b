import { useState } from 'react';
import { useStore } from 'zustand';
import type { Staff } from '../../../contract/rpc.ts';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { Frame } from '../Frame.tsx';
import kioskStyles from '../Kiosk.module.css';
import type { KioskStore } from '../kioskStore.ts';
import { StartButton } from '../StartButton.tsx';
import { Troubles } from '../screens/IdleScreen.tsx';
import { Tiles } from '../Tiles.tsx';
import styles from './Guided.module.css';
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
        <button type="button" className={kioskStyles.plain} onClick={() => void session.getState().logout()}>
          {words.signOut}
        </button>
      }
    >
      {taking ? (
        <TakeNumber kind={taking} key={taking} onDone={() => setTaking(null)} />
      ) : (
        <main className={styles.desk}>
          <h1 className="visually-hidden">{words.title}</h1>
          <StartButton brief label={words.begin} hint={words.beginHint} onStart={() => kiosk.getState().begin()} />
          <section aria-labelledby="take">
            <h2 id="take">{words.noPreReview}</h2>
            <Tiles
              brief
              tiles={KINDS.map((kind) => ({ kind, title: words[kind], text: words[`${kind}Hint`] }))}
              onChoose={({ kind }) => setTaking(kind)}
            />
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
