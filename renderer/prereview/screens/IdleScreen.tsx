import { useStore } from 'zustand';
import { OUT_OF_SERVICE } from '../../../contract/outOfService.ts';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import kiosk from '../Kiosk.module.css';
import { CardPicture } from '../PaperPicture.tsx';
import { StartButton } from '../StartButton.tsx';
import { useKioskState } from '../useKioskState.ts';
import styles from './IdleScreen.module.css';

/** Nobody is here: what this machine does, and one thing to touch. */
export function IdleScreen({ onStart }: { onStart(): void }) {
  const words = t.prereview;
  const isStopped = useStore(useApp().status, ({ health }) => health.some(({ level }) => level === 'stop'));
  if (isStopped) return <Stopped />;
  return (
    <main className={styles.idle}>
      <div className={styles.idlePicture}>
        <CardPicture />
      </div>
      <h1>{words.title}</h1>
      <p className={kiosk.lead}>{words.lead}</p>
      <ol className={styles.way}>
        {words.steps.map((name, index) => (
          <li key={name}>
            <b aria-hidden="true">{index + 1}</b>
            {name}
          </li>
        ))}
      </ol>
      <StartButton label={words.start} hint={words.startHint} onStart={onStart} />
      <Troubles />
    </main>
  );
}

/** Nothing would be kept here: nobody shall begin. */
function Stopped() {
  return (
    <main className={styles.idle} data-testid="kiosk-stopped">
      <div role="alert">
        <h1>
          <Icon name="warning" /> {OUT_OF_SERVICE.prereview.what}
        </h1>
        <p className={kiosk.lead}>{OUT_OF_SERVICE.prereview.todo}</p>
      </div>
    </main>
  );
}

/** What does not work now, and that the rest does. */
export function Troubles() {
  const { status } = useApp();
  const link = useStore(status, (state) => state.sync?.link ?? null);
  const { reader, printer } = useKioskState();
  const words = t.prereview.state;
  const troubles = [
    ...(reader ? [] : [words.readerAway]),
    ...(printer ? [] : [words.printerAway]),
    ...(link === 'offline' || link === 'refused' ? [words.hubAway] : []),
  ];
  if (troubles.length === 0) return null;
  return (
    <ul className={styles.troubles}>
      {troubles.map((text) => (
        <li key={text}>
          <Icon name="warning" />
          {text}
        </li>
      ))}
    </ul>
  );
}
