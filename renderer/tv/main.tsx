import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import { createSocketClient } from '../rpc/socketTransport.ts';
import { followScreen } from '../screen/followScreen.ts';
import { ScreenFace } from '../screen/ScreenFace.tsx';
import { t } from '../strings/index.ts';
import { applyTokens } from '../ui/applyTokens.ts';
import { floorOf } from './address.ts';
import styles from './Tv.module.css';
import '../ui/base.css';

/** The calling screen in the browser of a TV: `/screen?floor=2`. No sign-in, no storage, nothing to operate. */

/** A line that answers nothing for this long is broken, whatever the TV believes. */
const DEAD_AFTER_MS = 6_000;

applyTokens(document.documentElement, 'citizen');
const root = document.getElementById('root');
const floor = floorOf(location.search);
if (root) createRoot(root).render(floor === null ? <Floors /> : <Tv floor={floor} />);

function Tv({ floor }: { floor: number }) {
  const [{ store }] = useState(() => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const client = createSocketClient({
      url: `${scheme}://${location.host}/rpc`,
      token: null,
      deadAfterMs: DEAD_AFTER_MS,
    });
    return followScreen({ client, floor, subscribes: true, monotonic: () => performance.now() });
  });
  return <ScreenFace floor={floor} label={location.host} following={useStore(store)} />;
}

/** Whoever hangs the TV up chooses once, and keeps the address. */
function Floors() {
  return (
    <main className={styles.floors}>
      <h1>{t.screen.chooseFloor}</h1>
      <nav>
        {t.screen.floors.map((name, index) =>
          index === 0 ? null : (
            <a key={name} href={`?floor=${index}`}>
              {name}
            </a>
          ),
        )}
      </nav>
    </main>
  );
}
