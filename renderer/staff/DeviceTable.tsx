import { Table, type TableColumnsType } from 'antd';
import { useStore } from 'zustand';
import type { DeviceStatus } from '../../contract/deviceProtocol.ts';
import { useApp } from '../app/app.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { AntdRoot } from '../ui/antd/AntdRoot.tsx';
import { Icon } from '../ui/Icon.tsx';
import styles from './Staff.module.css';

const COLUMNS: TableColumnsType<DeviceStatus> = [
  { title: t.device.name, dataIndex: 'device', render: (_, row) => t.device[`${row.device}Full`] },
  {
    title: t.device.state,
    dataIndex: 'health',
    render: (_, row) => (
      <span>
        <Icon name={row.health === 'online' ? 'good' : 'warning'} /> {t.device[row.health]}
        {row.message === null ? null : ` ${t.separator} ${row.message}`}
      </span>
    ),
  },
  { title: t.device.driver, dataIndex: 'driver' },
  { title: t.device.port, dataIndex: 'port' },
  { title: t.device.since, dataIndex: 'since', render: (_, row) => localTime(row.since) },
];

/** Health of this machine's devices. */
export function DeviceTable() {
  const devices = useStore(useApp().status, (state) => state.devices);
  if (devices !== null && devices.length === 0) return <p className={styles.empty}>{t.device.none}</p>;
  return (
    <AntdRoot>
      <Table<DeviceStatus>
        rowKey="device"
        columns={COLUMNS}
        dataSource={devices ?? []}
        pagination={false}
        size="small"
      />
    </AntdRoot>
  );
}
