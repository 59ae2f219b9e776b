import { useStore } from 'zustand';
import type { DeviceKind } from '../../contract/deviceKinds.ts';
import type { DeviceHealth, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { deviceName } from '../app/deviceName.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { groupLights, type LightGroup } from './lightGroups.ts';
import styles from './TopBar.module.css';
import { useWorkspace } from './workspace.ts';

const DEVICE_ICONS: Record<DeviceKind, IconName> = {
  idReader: 'card',
  ticketPrinter: 'printer',
  displays: 'display',
  voices: 'voice',
  keypad: 'keypad',
  rating: 'star',
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
      {groupLights(devices).map((group) => (
        <Light key={group.kind} group={group} />
      ))}
    </ul>
  );
}

function Light({ group }: { group: LightGroup }) {
  const { kind, devices, health, count } = group;
  const light = LIGHTS[health];
  const well = health === 'online';
  const [only] = devices;
  const isOne = devices.length === 1 && only !== undefined;
  return (
    <li className={`${styles.light} ${light.tone ?? ''}`} title={devices.map(detailOf).join('\n')}>
      <Icon name={DEVICE_ICONS[kind]} />
      <span className={well ? styles.word : undefined}>
        {isOne ? deviceName(only.device, 'short') : t.device.several(t.device.short[kind], devices.length)}
      </span>
      <Icon name={light.icon} />
      <span className={well ? 'visually-hidden' : styles.word}>
        {isOne || count === devices.length ? t.device[health] : t.device.some(count, t.device[health])}
      </span>
    </li>
  );
}

function detailOf(device: DeviceStatus): string {
  const since = `${t.device.since} ${localTime(device.since)}`;
  const parts = [deviceName(device.device, 'full'), t.device[device.health], device.message, since];
  return parts.filter(Boolean).join(t.separator);
}
