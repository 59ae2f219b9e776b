import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceStatus } from '../../contract/deviceProtocol.ts';
import type { HealthAlarm } from '../../contract/health.ts';
import type { SyncLine } from '../../contract/rpc.ts';
import type { RpcClient, ServiceState } from '../rpc/client.ts';

/** What the bars show: connection to the service, to the centre, and every device. */
export interface StatusState {
  service: ServiceState;
  sync: SyncLine | null;
  devices: DeviceStatus[] | null;
  /** What is wrong with this machine, the worst first. */
  health: readonly HealthAlarm[];
  /** Global keys of this window that another program holds. */
  takenKeys: readonly string[];
  refresh(): Promise<void>;
}

export type StatusStore = StoreApi<StatusState>;

/**
 * Whether pressing what needs the centre can help: also while it is away, since pressing asks anew whether it is (ADR 0068).
 * Not without a hub, nor with one that refuses this machine.
 */
export function mayReachCentre({ service, sync }: Pick<StatusState, 'service' | 'sync'>): boolean {
  return service === 'up' && (sync?.link === 'connected' || sync?.link === 'offline');
}

export function createStatus(client: RpcClient): StatusStore {
  const store = createStore<StatusState>()((set) => ({
    service: client.state(),
    sync: null,
    devices: null,
    health: [],
    takenKeys: [],
    async refresh() {
      const [sync, devices, { alarms }] = await Promise.all([
        client.call('sync.status', {}),
        client.call('devices.status', {}),
        client.call('health.state', {}),
      ]);
      set({ sync, devices, health: alarms });
    },
  }));
  client.onState((service) => store.setState({ service }));
  client.on('sync.changed', (sync) => store.setState({ sync }));
  client.on('devices.changed', (devices) => store.setState({ devices }));
  client.on('health.changed', ({ alarms }) => store.setState({ health: alarms }));
  // Said once, right after the sign-in: whatever is made for the clerk's page only then would miss it.
  client.on('shortcut.state', ({ taken }) => store.setState({ takenKeys: taken.map(({ keys }) => keys) }));
  return store;
}
