import type { MethodOutput } from '../../contract/rpc.ts';
import { useNow } from '../app/clock.ts';
import { shortMoment } from '../app/format.ts';
import { machineWords } from '../health/machineWords.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Machines.module.css';

type Alarm = MethodOutput<'machines.list'>['machines'][number]['alarms'][number];

/** What is wrong with a machine, since when, and who knows of it. */
export function MachineAlarms({ of, alarms }: { of: string; alarms: readonly Alarm[] }) {
  const now = useNow();
  if (alarms.length === 0) return null;
  return (
    <ul className={styles.alarms} aria-label={t.machines.alarmsOf(of)}>
      {alarms.map(({ code, level, since, known }) => (
        <li key={code} className={known ? styles.muted : level === 'near' ? styles.near : styles.over}>
          <Icon name={known ? 'eye' : 'warning'} /> {machineWords(code)}
          <span className={styles.muted}>
            {[
              t.machines.since(shortMoment(since, now)),
              known && t.machines.known(known.byName, shortMoment(known.at, now)),
            ]
              .filter(Boolean)
              .join(t.separator)}
          </span>
        </li>
      ))}
    </ul>
  );
}
