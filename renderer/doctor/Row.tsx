import { adviceFor } from '../../contract/doctor/advice.ts';
import { ASKS, TESTS } from '../../contract/doctor/asks.ts';
import { portHint } from '../../contract/doctor/ports.ts';
import type { Verdict } from '../../contract/doctor/reasons.ts';
import type { DoctorRun, Examination } from '../../contract/doctor/run.ts';
import { deviceName } from '../app/deviceName.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import styles from './Doctor.module.css';
import { Drawing } from './Drawing.tsx';

/** Each state has a sign of its own shape beside its word and its colour. */
const SIGNS: Readonly<Record<Verdict, { icon: IconName; tone: string | undefined }>> = {
  well: { icon: 'good', tone: styles.well },
  note: { icon: 'warning', tone: styles.note },
  ill: { icon: 'close', tone: styles.ill },
  none: { icon: 'unknown', tone: styles.quiet },
};

interface RowProps {
  device: Examination;
  ports: DoctorRun['ports'];
  onSkip(): void;
}

/** One device: where its test is, what came of it, what to do. */
export function Row({ device, ports, onSkip }: RowProps) {
  const { kind, phase, reason, ask } = device;
  if (phase === 'done' && reason !== null) return <Done device={device} reason={reason} ports={ports} />;
  if (phase === 'asking' && ask !== null) {
    return (
      <li className={`${styles.row} ${styles.asking}`}>
        <Head device={device} icon="help" tone={styles.brand} word={t.doctor.phase.asking} />
        <div className={styles.body}>
          <p className={styles.ask}>{ASKS[ask].sentence}</p>
          <Button
            size="small"
            aria-label={t.doctor.skipDevice(deviceName(device.device, 'full'))}
            onClick={(event) => {
              onSkip();
              // The button goes; the keyboard must not go with it.
              event.currentTarget.closest('dialog')?.querySelector<HTMLElement>('[data-default]')?.focus();
            }}
          >
            {t.doctor.skip}
          </Button>
        </div>
        <Drawing picture={ASKS[ask].picture} />
      </li>
    );
  }
  const isTesting = phase === 'testing';
  return (
    <li className={styles.row}>
      <Head
        device={device}
        icon={isTesting ? 'sync' : 'clock'}
        tone={styles.quiet}
        word={isTesting ? t.doctor.phase.testing : t.doctor.phase.waiting}
      />
      <p className={`${styles.body} ${styles.quiet}`}>{isTesting ? TESTS[kind] : ''}</p>
    </li>
  );
}

interface DoneProps extends Pick<RowProps, 'device' | 'ports'> {
  reason: NonNullable<Examination['reason']>;
}

function Done({ device, reason, ports }: DoneProps) {
  const { verdict, sentence, steps, picture } = adviceFor(device.kind, reason);
  const { icon, tone } = SIGNS[verdict];
  const hint = portHint(device.port, reason, ports);
  return (
    <li className={styles.row}>
      <Head device={device} icon={icon} tone={tone} word={t.doctor.verdict[verdict]} />
      <div className={styles.body}>
        <p className={verdict === 'ill' ? styles.strong : undefined}>{sentence}</p>
        {steps.length === 0 ? null : (
          <ol className={styles.steps}>
            {steps.map((step, index) => (
              <li key={step}>
                <b aria-hidden="true">{index + 1}</b>
                {step}
              </li>
            ))}
          </ol>
        )}
        {hint === null ? null : (
          <p className={styles.ports}>
            {hint.wanted}
            <br />
            {hint.found}
          </p>
        )}
      </div>
      {picture === null ? null : <Drawing picture={picture} />}
    </li>
  );
}

interface HeadProps {
  device: Examination;
  icon: IconName;
  tone: string | undefined;
  word: string;
}

function Head({ device, icon, tone, word }: HeadProps) {
  return (
    <div className={styles.head}>
      <h3>{deviceName(device.device, 'full')}</h3>
      <span className={`${styles.sign} ${tone ?? ''}`}>
        <Icon name={icon} />
        {word}
      </span>
      {device.port === null ? null : <span className={styles.port}>{device.port}</span>}
    </div>
  );
}
