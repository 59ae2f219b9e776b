import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { shortMoment } from '../app/format.ts';
import { heldWords, linkWords } from '../app/linkWords.ts';
import { t } from '../strings/index.ts';
import { FactList } from '../ui/FactList.tsx';
import styles from './Staff.module.css';

/** What is already true of this machine: place and sync line. */
export function Figures() {
  const { session, status } = useApp();
  const info = useStore(session, (state) => state.info);
  const sync = useStore(status, (state) => state.sync);
  const now = useNow();
  if (!info) return null;
  const figures: [string, string][] = [
    [t.roles.thisMachine, [info.id, t.place.floor(info.floor)].join(t.separator)],
    [t.sync.link, sync ? linkWords(sync) : '–'],
    [t.sync.lastContact, sync?.lastContact ? shortMoment(sync.lastContact, now) : t.sync.never],
    [t.sync.here, String(sync?.waiting ?? 0)],
    ...(sync && sync.atHall > 0 ? [[heldWords(sync), String(sync.atHall)] satisfies [string, string]] : []),
    [t.sync.centre, String(sync?.atCentre ?? 0)],
  ];
  return <FactList facts={figures} className={styles.figures} />;
}
