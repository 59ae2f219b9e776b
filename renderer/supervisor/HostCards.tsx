import type { MethodOutput } from '../../contract/rpc.ts';
import { useNow } from '../app/clock.ts';
import { shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { fileSize } from './fileSize.ts';
import { MachineAlarms } from './MachineAlarms.tsx';
import styles from './Machines.module.css';

type Host = MethodOutput<'machines.list'>['hosts'][number];

/** The hubs and the centre: how much room they have, and what is wrong with them. */
export function HostCards({ hosts }: { hosts: readonly Host[] }) {
  if (hosts.length === 0) return null;
  return (
    <ul className={styles.hosts} aria-label={t.machines.hosts}>
      {hosts.map((host) => (
        <Card key={`${host.kind} ${host.name ?? ''}`} host={host} />
      ))}
    </ul>
  );
}

function Card({ host: { kind, name, isStandby, program, protocol, disk, backupAt, alarms } }: { host: Host }) {
  const now = useNow();
  const title = t.machines.hostOf(kind, name, isStandby);
  const facts: [string, string][] = [
    [t.machines.diskFree, fileSize(disk.free)],
    [
      t.machines.database,
      disk.database === null
        ? t.machines.onServer
        : t.machines.databaseSize(fileSize(disk.database), fileSize(disk.wal ?? 0)),
    ],
    [t.machines.reserve, t.machines.reserves[disk.reserve]],
  ];
  if (kind === 'centre')
    facts.push([t.machines.backup, backupAt === null ? t.machines.noBackup : shortMoment(backupAt, now)]);
  if (program !== null) facts.push([t.machines.columns.version, t.machines.protocol(program, protocol)]);
  return (
    <li className={styles.host}>
      <h2>{title}</h2>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {alarms.length === 0 ? (
        <p className={styles.muted}>
          <Icon name="good" /> {t.machines.calm}
        </p>
      ) : (
        <MachineAlarms of={title} alarms={alarms} />
      )}
    </li>
  );
}
