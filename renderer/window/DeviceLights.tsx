import { useStore } from 'zustand';
import { type DeviceKind, kindOf } from '../../contract/deviceKinds.ts';
import type { DeviceHealth, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { deviceName } from '../app/deviceName.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import styles from './TopBar.module.css';
import { useWorkspace } from './workspace.ts';

const DEVICE_ICONS: Record<DeviceKind, IconName> = {
  idReader: 'card',
  ticketPrinter: 'printer',
  certificatePrinter: 'printer',
};

/** The sign of each state differs in shape as well as in colour. */
const LIGHTS: Record<DeviceHealth, { icon: IconName; tone: string | undefined }> = {
  online: { icon: 'good', tone: styles.good },
  starting: { icon: 'sync', tone: styles.quiet },
  unknown: { icon: 'unknown', tone: styles.quiet },
  attention: { icon: 'warning', tone: styles.attention },
  fault: { icon: 'warning', tone: styles.bad },
  offline: { icon: 'close', tone: styles.bad },
};

export function DeviceLights() {
  const devices = useStore(useWorkspace().app.status, (state) => state.devices);
  if (devices === null) return null;
  if (devices.length === 0) return <span className={styles.item}>{t.device.none}</span>;
  return (
    <ul className={styles.lights} aria-label={t.device.lights}>
      {devices.map((device) => (
        <Light key={device.device} device={device} />
      ))}
    </ul>
  );
}

function Light({ device }: { device: DeviceStatus }) {
  const light = LIGHTS[device.health];
  const well = device.health === 'online';
  const detail = [
    deviceName(device.device, 'full'),
    t.device[device.health],
    device.message,
    `${t.device.since} ${localTime(device.since)}`,
  ];
  return (
    <li className={`${styles.light} ${light.tone ?? ''}`} title={detail.filter(Boolean).join(t.separator)}>
      <Icon name={DEVICE_ICONS[kindOf(device.device)]} />
      <span>{deviceName(device.device, 'short')}</span>
      <Icon name={light.icon} />
      <span className={well ? 'visually-hidden' : undefined}>{t.device[device.health]}</span>
    </li>
  );
}
