import { fingerprint } from '../signing/check.ts';
import { revoke } from './office/devices.ts';
import { type DataPlace, withStoreBeside } from './store/openBeside.ts';

/** What a supervisor reads of a device; instants are ISO. */
export interface DeviceLine {
  device: string;
  terminal: string;
  hall: string;
  kind: 'terminal' | 'relay';
  enrolled: string;
  /** Its newest op came then; null: none did. */
  lastHeard: string | null;
  /** To be compared with the one the terminal shows; null: it does not sign yet. */
  key: string | null;
  /** Null: in service. */
  revoked: string | null;
  /** It showed a receipt of ours for more than was here. */
  contradicted: { seen: string; epoch: number; acked: number } | null;
}

/** Every device that was ever enrolled; works beside a running centre, or a hub. */
export function listDevicesOffline(where: DataPlace): Promise<DeviceLine[]> {
  return withStoreBeside(where, async (store) =>
    store
      .listDevices()
      .map(({ id, terminal, hall, kind, enrolledAt, lastHeardAt, publicKey, revokedAt, ...found }) => ({
        device: id,
        terminal,
        hall,
        kind,
        enrolled: iso(enrolledAt),
        lastHeard: lastHeardAt === null ? null : iso(lastHeardAt),
        key: publicKey === null ? null : fingerprint(publicKey),
        revoked: revokedAt === null ? null : iso(revokedAt),
        contradicted: found.contradicted && {
          seen: iso(found.contradicted.at),
          epoch: found.contradicted.epoch,
          acked: found.contradicted.acked,
        },
      })),
  );
}

/**
 * From now on its token and its key are worth nothing; a running centre ends its lines within a second. The log says so.
 * @throws Error when no such device is in service, or these are the data of a hub
 */
export async function revokeDeviceOffline(where: DataPlace, device: string, reason: string): Promise<void> {
  await withStoreBeside(where, async (store) => {
    if (store.upstream()) throw new Error('these are the data of a hub: this is done at the centre');
    const found = store.listDevices().find(({ id }) => id === device);
    if (!found || found.revokedAt !== null)
      throw new Error(`no device ${device} is in service: name it by its id, as \`yichuang devices\` lists it`);
    await revoke(store, { ...found, actor: 'system', reason }, Date.now());
  });
}

/** Somebody has found out why a receipt was for more than was here. @throws Error when there is nothing of the kind */
export async function settleContradictionOffline(where: DataPlace, device: string): Promise<void> {
  const isSettled = await withStoreBeside(
    where,
    async (store) => store.listDevices().some(({ id }) => id === device) && store.settleContradiction(device),
  );
  if (!isSettled) throw new Error(`nothing was found about device ${device}`);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
