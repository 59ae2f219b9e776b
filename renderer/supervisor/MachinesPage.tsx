import { useCallback, useEffect, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localMinute, shortMoment } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import { HostCards } from './HostCards.tsx';
import { MachineAlarms } from './MachineAlarms.tsx';
import styles from './Machines.module.css';

type Machine = MethodOutput<'machines.list'>['machines'][number];

/** Somebody looks at this when something is wrong. */
const LOOK_MS = 5_000;

/** The machines of the hall: who may speak, who is there, what is wrong with each; one that is lost is taken out of service. */
export function MachinesPage() {
  const { client } = useApp();
  const load = useCallback(() => client.call('machines.list', {}), [client]);
  const { value, failure, again } = useQuestion(load);
  const [asked, setAsked] = useState<Machine | null>(null);
  useEffect(() => {
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <>
      <h1 className="visually-hidden">{t.machines.title}</h1>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? failure ? null : <Skeleton label={t.machines.reading} /> : null}
      {value && !value.knowsContact ? <p className={styles.note}>{t.machines.contactUnknown}</p> : null}
      {value ? <HostCards hosts={value.hosts} /> : null}
      {value?.machines.length === 0 ? (
        <p className={staffStyles.empty}>
          <strong>{t.machines.empty}</strong>
          {t.machines.emptyHow}
        </p>
      ) : null}
      {value && value.machines.length > 0 ? (
        <Table machines={value.machines} ownFingerprint={value.ownFingerprint} onRevoke={setAsked} />
      ) : null}
      {asked ? (
        <RevokeDialog
          machine={asked}
          onClose={() => {
            setAsked(null);
            again();
          }}
        />
      ) : null}
    </>
  );
}

interface TableProps {
  machines: readonly Machine[];
  ownFingerprint: string;
  onRevoke(machine: Machine): void;
}

function Table({ machines, ownFingerprint, onRevoke }: TableProps) {
  const { columns } = t.machines;
  return (
    <table className={`${staffStyles.table} ${styles.table}`} aria-label={t.machines.title}>
      <thead>
        <tr>
          {(['terminal', 'role', 'state', 'contact', 'version', 'key', 'enrolled', 'act'] as const).map((column) => (
            <th key={column} scope="col">
              {columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {machines.map((machine) => (
          <Row key={machine.device} machine={machine} ownFingerprint={ownFingerprint} onRevoke={onRevoke} />
        ))}
      </tbody>
    </table>
  );
}

const STATE_ICONS: Readonly<Record<Machine['state'], IconName>> = {
  here: 'good',
  silent: 'warning',
  off: 'unknown',
  unheard: 'unknown',
  revoked: 'lock',
};

function Row({ machine, ownFingerprint, onRevoke }: { machine: Machine } & Omit<TableProps, 'machines'>) {
  const now = useNow();
  const { terminal, kind, state, contactAt, program, protocol, isOld, fingerprint, enrolledAt, own } = machine;
  const isHub = kind === 'relay';
  const looks = {
    here: staffStyles.good,
    silent: styles.over,
    off: styles.muted,
    unheard: styles.muted,
    revoked: styles.muted,
  };
  return (
    <tr className={state === 'revoked' ? styles.revoked : undefined} data-testid={`machine-${terminal}`}>
      <th scope="row">
        {terminal}
        {own ? <span className={styles.own}>{t.machines.own}</span> : null}
      </th>
      <td>{roleOf(machine)}</td>
      <td>
        {isHub && state === 'unheard' ? (
          t.machines.unknown
        ) : (
          <span className={looks[state]}>
            <Icon name={STATE_ICONS[state]} /> {t.machines.states[state]}
          </span>
        )}
        <MachineAlarms of={terminal} alarms={machine.alarms} />
      </td>
      <td>{contactAt === null ? t.machines.never : shortMoment(contactAt, now)}</td>
      <td>
        {program === null || protocol === null ? t.machines.unknown : t.machines.protocol(program, protocol)}
        {isOld ? <Mark words={t.machines.old} /> : null}
      </td>
      <td className={styles.key}>
        {fingerprint === null ? t.machines.noKey : <Fingerprint text={fingerprint} />}
        {own && fingerprint !== null && fingerprint !== ownFingerprint ? <Mark words={t.machines.keyDiffers} /> : null}
        {machine.contradicted ? <Mark words={t.machines.contradicted} /> : null}
      </td>
      <td className={styles.fixed}>{localMinute(enrolledAt)}</td>
      <td>
        {machine.revoked ? (
          <Revoked revoked={machine.revoked} />
        ) : isHub || own ? null : (
          <Button size="small" aria-label={t.machines.revokeOf(terminal)} onClick={() => onRevoke(machine)}>
            {t.machines.revoke}
          </Button>
        )}
      </td>
    </tr>
  );
}

function roleOf({ kind, role }: Machine): string {
  if (kind === 'relay') return t.machines.hub;
  return role === null ? t.machines.unknown : t.machines.roles[role];
}

/** In two lines: it is read aloud to somebody who stands at the machine. */
function Fingerprint({ text }: { text: string }) {
  const groups = text.split('-');
  const half = Math.ceil(groups.length / 2);
  return (
    <>
      {groups.slice(0, half).join('-')}
      <wbr />
      {`-${groups.slice(half).join('-')}`}
    </>
  );
}

function Mark({ words }: { words: string }) {
  return (
    <span className={styles.mark}>
      <Icon name="warning" /> {words}
    </span>
  );
}

function Revoked({ revoked: { at, byName, reason } }: { revoked: NonNullable<Machine['revoked']> }) {
  const now = useNow();
  const time = shortMoment(at, now);
  const isAtCentre = byName === null || byName === 'system';
  return (
    <>
      {isAtCentre ? t.machines.revokedAtCentre(time) : t.machines.revokedBy(byName, time)}
      {reason === null ? null : <span className={styles.reason}>{reason}</span>}
    </>
  );
}

function RevokeDialog({ machine, onClose }: { machine: Machine; onClose(): void }) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  const { device, terminal } = machine;
  return (
    <AskDialog
      title={t.machines.revokeTitle(terminal, roleOf(machine))}
      effect={t.machines.revokeEffect}
      go={t.machines.go}
      missing={reason.trim() === '' ? t.machines.needReason : null}
      onGo={(commandId) => client.call('machines.revoke', { commandId, device, reason: reason.trim() })}
      onClose={onClose}
    >
      <ReasonChoice
        label={t.machines.reason}
        reasons={t.machines.reasons}
        value={reason}
        onChange={setReason}
        isDefault
      />
    </AskDialog>
  );
}
