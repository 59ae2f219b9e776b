import { v7 as uuidv7 } from 'uuid';
import type { DevicesAnswer, DevicesRequest } from '../../contract/devices.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { fingerprint } from '../../signing/check.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { takeOwnOp } from './ownOp.ts';
import { findActiveStaff } from './permission.ts';

/** Who says which machines may speak for a hall. */
const KEEPERS: readonly StaffRole[] = ['SUP', 'ADM'];

export type DevicesVerdict =
  | { kind: 'done'; devices: DevicesAnswer['devices']; published: readonly Published[]; revoked: boolean }
  | { kind: 'refused'; code: string };

/**
 * The machines of a hall, or one of them taken out of service by its supervisor. A hub is not: without it the hall stands
 * still, so that is done at the centre (`yichuang devices`).
 * @param asker the terminal from which it is asked
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function commandDevices(
  store: CentreStore,
  asker: Pick<EnrolledDevice, 'id' | 'hall'>,
  { actor, command }: DevicesRequest,
  now: number,
): Promise<DevicesVerdict> {
  const { hall } = asker;
  const isKeeper = await store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const roles = findActiveStaff(ledger, hall, actor)?.roles ?? [];
    return { decision: ledger.decision(), value: roles.some((role) => KEEPERS.includes(role)) };
  });
  if (!isKeeper) return { kind: 'refused', code: 'forbidden' };
  if (command.kind === 'list') return { kind: 'done', devices: devicesOf(store, hall), published: [], revoked: false };
  if (command.device === asker.id) return { kind: 'refused', code: 'machine-own' };
  const found = store.listDevices().find(({ id }) => id === command.device);
  if (found?.hall !== hall || found.kind !== 'terminal') return { kind: 'refused', code: 'machine-not-found' };
  const published = await revoke(store, { ...found, actor, reason: command.reason, opId: command.commandId }, now);
  return { kind: 'done', devices: devicesOf(store, hall), published, revoked: true };
}

export interface Revocation extends Pick<EnrolledDevice, 'id' | 'hall' | 'terminal'> {
  /** Staff number, or `system` for who works at the centre itself. */
  actor: string;
  reason: string;
  /** Default: a new one. */
  opId?: string;
}

/**
 * From then on its token and its key are worth nothing. On record first: should this end between the two, the same command
 * again does the rest. @throws StoreBusyError
 */
export async function revoke(
  store: CentreStore,
  { id, hall, terminal, actor, reason, opId = uuidv7() }: Revocation,
  now: number,
): Promise<readonly Published[]> {
  const published = await store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    if (!ledger.hasOpId(opId)) {
      const body = { device: id, terminal, reason };
      const own = { hall, actor, opId, kind: 'device.revoked' as const, stream: `device:${uuidv7()}`, body };
      const code = takeOwnOp(ledger, store.self, own, now);
      if (code !== null) throw new Error(`a revocation was not taken: ${code}`);
    }
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
  await store.revokeDevice(id, now);
  return published;
}

function devicesOf(store: CentreStore, hall: string): DevicesAnswer['devices'] {
  return store
    .listDevices()
    .filter((device) => device.hall === hall)
    .map(({ id, terminal, kind, enrolledAt, lastHeardAt, publicKey, revokedAt, contradicted }) => ({
      ...{ device: id, terminal, kind, enrolledAt: iso(enrolledAt), contradicted: contradicted !== null },
      lastOpAt: lastHeardAt === null ? null : iso(lastHeardAt),
      fingerprint: publicKey === null ? null : fingerprint(publicKey),
      revokedAt: revokedAt === null ? null : iso(revokedAt),
    }));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
