import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { deviceName } from '../app/deviceName.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Staff.module.css';

/** Health of this machine's devices. */
export function DeviceTable() {
  const devices = useStore(useApp().status, (state) => state.devices);
  if (devices === null) return null;
  if (devices.length === 0) return <p className={styles.empty}>{t.device.none}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.device.name}</th>
          <th scope="col">{t.device.state}</th>
          <th scope="col">{t.device.port}</th>
          <th scope="col">{t.device.since}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.device}>
            <th scope="row">{deviceName(device.device, 'full')}</th>
            <td className={device.health === 'online' ? styles.good : styles.near}>
              <Icon name={device.health === 'online' ? 'good' : 'warning'} /> {t.device[device.health]}
              {device.message === null ? null : `${t.separator}${device.message}`}
            </td>
            <td>{device.port}</td>
            <td>{localTime(device.since)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
