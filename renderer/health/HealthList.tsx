import { useState } from 'react';
import { useStore } from 'zustand';
import type { HealthAlarm } from '../../contract/health.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { shortMoment } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import styles from './Health.module.css';

/** Every alarm of this machine, the worst first, with what it means, what to do and whom to ask. */
export function HealthList() {
  const alarms = useStore(useApp().status, (state) => state.health);
  if (alarms.length === 0) {
    return (
      <p className={styles.none}>
        {t.health.none}
        <span>{t.health.noneHint}</span>
      </p>
    );
  }
  return (
    <ul className={styles.alarms} aria-label={t.health.title}>
      {alarms.map((alarm) => (
        <Alarm key={alarm.code} alarm={alarm} />
      ))}
    </ul>
  );
}

/** Who may say that an alarm is known (contract/rpc/health.ts). */
const KNOWS: readonly string[] = ['SUP', 'ADM'];

function Alarm({ alarm: { code, level, since, detail, known } }: { alarm: HealthAlarm }) {
  const { client, session } = useApp();
  const mayKnow = useStore(session, ({ info }) => info?.staff?.roles.some((role) => KNOWS.includes(role)) ?? false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const now = useNow();
  const { what, means, todo, ask } = t.health.codes[code];
  const facts = Object.entries(detail).map(([name, value]) => `${factName(name)} ${value}`);
  return (
    <li className={`${styles.alarm} ${known ? styles.seen : styles[level]}`} data-testid={`alarm-${code}`}>
      <span className={styles.sign}>
        <Icon name={known ? 'eye' : 'warning'} />
      </span>
      <div>
        <strong>{what}</strong>
        <p>
          {means}
          {t.sentenceSeparator}
          {todo}
        </p>
        <p className={styles.muted}>
          {[
            t.health.since(shortMoment(since, now)),
            `${t.health.ask} ${ask}`,
            ...facts,
            known && t.health.acknowledged(known.by, shortMoment(known.at, now)),
            code,
          ]
            .filter(Boolean)
            .join(t.separator)}
        </p>
        {failure ? <FailureNotice failure={failure} /> : null}
      </div>
      {mayKnow && known === null && level !== 'stop' ? (
        <Button
          size="small"
          aria-label={`${t.health.acknowledge}${t.colon}${what}`}
          onClick={() => {
            setFailure(null);
            client.call('health.acknowledge', { code }).catch((error: unknown) => setFailure(toFailure(error)));
          }}
        >
          {t.health.acknowledge}
        </Button>
      ) : null}
    </li>
  );
}

function factName(name: string): string {
  return Object.hasOwn(t.health.facts, name) ? t.health.facts[name as keyof typeof t.health.facts] : name;
}
