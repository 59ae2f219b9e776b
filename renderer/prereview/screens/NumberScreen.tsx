import { useState } from 'react';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import styles from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import { NumberPad } from '../NumberPad.tsx';

const LENGTH = 18;

export function NumberScreen({ state }: { state: KioskState }) {
  const [number, setNumber] = useState('');
  const words = t.prereview.number;
  return (
    <main className={styles.halves}>
      <section className={styles.ask} aria-labelledby="question">
        <h1 id="question">{words.question}</h1>
        <p>{words.left(LENGTH - number.length)}</p>
        <Failed failure={state.failure} />
      </section>
      <NumberPad
        label={words.label}
        value={number}
        shown={number.replace(/^(.{6})(.{0,8})(.{0,4}).*$/, '$1 $2 $3').trim()}
        onChange={setNumber}
        onDone={() => state.enterNumber(number)}
        maxLength={LENGTH}
        extra="X"
        ready={number.length === LENGTH}
        busy={state.busy !== null}
      />
    </main>
  );
}
