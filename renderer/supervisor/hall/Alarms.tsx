import { useState } from 'react';
import { useStore } from 'zustand';
import type { HealthAlarm } from '../../../contract/health.ts';
import type { Queue } from '../../../domain/queue/ticketTypes.ts';
import { useApp } from '../../app/app.ts';
import { useNow } from '../../app/clock.ts';
import { shortMoment } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { AskDialog } from '../../ui/AskDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { ReasonChoice } from '../../window/acts/ReasonChoice.tsx';
import styles from './Hall.module.css';
import type { Open } from './open.ts';
import type { Board, BoardAlarm } from './useBoard.ts';
import { alarmWords } from './words.ts';

type Asked = { kind: 'acknowledge' | 'release'; alarm: BoardAlarm };

/** What is wrong, the worst first, each with the one thing to do; what somebody has seen stands below. */
export function Alarms({ board, onOpen }: { board: Board; onOpen: Open }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const fresh = board.alarms.filter(({ known }) => known === null);
  const known = board.alarms.filter((alarm) => alarm.known !== null);
  const machine = useStore(useApp().status, (state) => state.health);
  const close = (): void => setAsked(null);
  return (
    <ScrollRegion className={styles.block} aria-label={t.board.alarms}>
      <div className={styles.blockHead}>
        <h2>{t.board.alarms}</h2>
        {known.length === 0 ? null : <span className={styles.muted}>{t.board.knownCount(known.length)}</span>}
      </div>
      {board.alarms.length + machine.length === 0 ? (
        <p className={styles.none}>
          <Icon name="good" /> {t.board.noAlarm}
          <span>{t.board.noAlarmHow}</span>
        </p>
      ) : (
        <ul className={styles.alarms} aria-live="polite">
          {machine.map((alarm) => (
            <MachineAlarmRow key={alarm.code} alarm={alarm} onOpen={onOpen} />
          ))}
          {[...fresh, ...known].map((alarm) => (
            <AlarmRow key={alarm.name} alarm={alarm} onOpen={onOpen} onAsk={setAsked} />
          ))}
        </ul>
      )}
      {board.knowsSilence ? null : <p className={styles.muted}>{t.board.silenceUnknown}</p>}
      {asked?.kind === 'acknowledge' ? <AcknowledgeDialog alarm={asked.alarm} onClose={close} /> : null}
      {asked?.kind === 'release' ? <ReleaseDialog terminal={asked.alarm.about} onClose={close} /> : null}
    </ScrollRegion>
  );
}

/** Of the machine this page stands on; what to do stands on its own page. */
function MachineAlarmRow({ alarm: { code, level, since, known }, onOpen }: { alarm: HealthAlarm; onOpen: Open }) {
  const now = useNow();
  const terminal = useStore(useApp().session, ({ info }) => info?.id ?? '');
  const words = `${terminal}${t.colon}${t.health.codes[code].what}`;
  return (
    <li className={`${styles.alarm} ${known ? styles.seen : level === 'near' ? styles.near : styles.over}`}>
      <span className={styles.sign}>
        <Icon name={known ? 'eye' : 'warning'} />
      </span>
      <span className={styles.alarmText}>
        {words}
        <span className={styles.muted}>
          {[
            t.board.since(shortMoment(since, now)),
            known && t.health.acknowledged(known.by, shortMoment(known.at, now)),
          ]
            .filter(Boolean)
            .join(t.separator)}
        </span>
      </span>
      <Button
        size="small"
        onClick={() => onOpen({ tab: 'overview' })}
        aria-label={`${t.health.look}${t.colon}${words}`}
      >
        {t.health.look}
      </Button>
    </li>
  );
}

interface AlarmRowProps {
  alarm: BoardAlarm;
  onOpen: Open;
  onAsk(asked: Asked): void;
}

function AlarmRow({ alarm, onOpen, onAsk }: AlarmRowProps) {
  const now = useNow();
  const { level, since, known, action } = alarm;
  const words = alarmWords(alarm);
  const act = (): void => {
    const to = placeOf(alarm);
    if (action === 'release') onAsk({ kind: 'release', alarm });
    else if (to !== null) onOpen(to);
  };
  return (
    <li className={`${styles.alarm} ${known ? styles.seen : styles[level]}`}>
      <span className={styles.sign}>
        <Icon name={known ? 'eye' : 'warning'} />
      </span>
      <span className={styles.alarmText}>
        {words}
        <span className={styles.muted}>
          {[
            since === null ? null : t.board.since(shortMoment(since, now)),
            known && t.board.known(known.byName, shortMoment(known.at, now)),
            known?.note,
          ]
            .filter(Boolean)
            .join(t.separator)}
        </span>
      </span>
      {action === 'none' ? null : (
        <Button size="small" onClick={act} aria-label={`${t.board.act[action]}：${words}`}>
          {t.board.act[action]}
        </Button>
      )}
      {known ? null : (
        <Button
          size="small"
          look="plain"
          aria-label={`${t.board.acknowledge}：${words}`}
          onClick={() => onAsk({ kind: 'acknowledge', alarm })}
        >
          {t.board.acknowledge}
        </Button>
      )}
    </li>
  );
}

/** Where the one thing to do is done; null: here. */
function placeOf({ action, about, label }: BoardAlarm): Parameters<Open>[0] | null {
  switch (action) {
    case 'queue':
      return { tab: 'tickets', filter: { queue: about as Queue, state: 'WAITING' } };
    case 'ticket':
      return { tab: 'tickets', filter: { number: label }, ticketId: about };
    case 'machine':
      return { tab: 'overview' };
    case 'plan':
    case 'blanks':
    case 'ratings':
    case 'machines':
      return { tab: action };
    default:
      return null;
  }
}

function AcknowledgeDialog({ alarm, onClose }: { alarm: BoardAlarm; onClose(): void }) {
  const { client } = useApp();
  const [note, setNote] = useState('');
  return (
    <AskDialog
      title={t.board.ackTitle}
      effect={t.board.ackEffect}
      go={t.board.go.ack}
      missing={null}
      onGo={(commandId) =>
        client.call('board.act', { commandId, command: { kind: 'acknowledge', alarm: alarm.name, note: note.trim() } })
      }
      onClose={onClose}
    >
      <p>{alarmWords(alarm)}</p>
      <TextField
        label={t.board.note}
        placeholder={t.board.noteHint}
        maxLength={200}
        data-default
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </AskDialog>
  );
}

function ReleaseDialog({ terminal, onClose }: { terminal: string; onClose(): void }) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title={t.board.releaseTitle(terminal)}
      effect={t.board.releaseEffect}
      go={t.board.go.release}
      missing={reason.trim() === '' ? t.board.needReason : null}
      onGo={(commandId) =>
        client.call('board.act', { commandId, command: { kind: 'release', terminal, reason: reason.trim() } })
      }
      onClose={onClose}
    >
      <ReasonChoice
        label={t.board.reason}
        reasons={t.board.releaseReasons}
        value={reason}
        onChange={setReason}
        isDefault
      />
    </AskDialog>
  );
}
