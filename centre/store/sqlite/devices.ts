import type { DeviceKind, EnrolmentAttempt } from '../deviceTypes.ts';
import { MANY, type StoreMemory } from '../memory.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { CentreStore } from '../types.ts';
import { blobToHash, blobToUuid, uuidToBlob } from './blobs.ts';
import { IDENTITY_SQL } from './identitySql.ts';
import { RELAY_SQL } from './relaySql.ts';
import { COUNT_SQL, SQL } from './sql.ts';

type DeviceStore = Pick<
  CentreStore,
  | 'addEnrolmentCode'
  | 'enrol'
  | 'findDeviceByToken'
  | 'isDeviceActive'
  | 'rememberDevices'
  | 'revokeDevice'
  | 'countMachines'
>;

type DeviceOfToken = NonNullable<Awaited<ReturnType<DeviceStore['findDeviceByToken']>>>;

interface DeviceRow {
  id: Buffer;
  token_hash: Buffer;
  terminal: string;
  hall: string;
  kind: DeviceKind;
}

/** Who may speak to the centre: enrolment codes and the devices they became. */
export function prepareDevices(db: SqlDatabase, memory: StoreMemory): DeviceStore {
  const addCode = db.prepare(SQL.addCode);
  const findCode = db.prepare<
    [Uint8Array],
    { terminal: string; hall: string; kind: DeviceKind; expires_at: number; used_by: Buffer | null }
  >(SQL.findCode);
  const useCode = db.prepare(SQL.useCode);
  const setDevice = db.prepare(SQL.setDevice);
  const findByToken = db.prepare<[Uint8Array], DeviceRow>(SQL.findDeviceByToken);
  const inService = db.prepare<[number], DeviceRow>(COUNT_SQL.devicesInService);
  const keyOf = db.prepare<[Buffer], { public_key: string | null }>(IDENTITY_SQL.keyOf);
  const headsOf = db.prepare<[Buffer], { epoch: number; seq: number }>(RELAY_SQL.headsOfDevice);
  const addKey = db.prepare(IDENTITY_SQL.addKey);
  const isActive = db.prepare<[Buffer]>(SQL.isDeviceActive);
  const revoke = db.prepare(SQL.revokeDevice);
  const countMachines = db.prepare<[], { count: number }>(COUNT_SQL.machines);

  const spendCode = db.transaction(
    ({
      codeHash,
      device,
      terminal,
      tokenHash,
      publicKey,
      now,
    }: EnrolmentAttempt): Awaited<ReturnType<DeviceStore['enrol']>> => {
      const code = findCode.get(codeHash);
      if (!code) return { ok: false, reason: 'unknown-code' };
      const key = keyOf.get(uuidToBlob(device))?.public_key ?? null;
      // Its answer was lost: the machine that spent it asks again, with the key it had made for it.
      const isAgain =
        publicKey !== null && key === publicKey && isOwn(code.used_by, device) && isActive.get(uuidToBlob(device));
      if (code.used_by !== null && !isAgain) return { ok: false, reason: 'used-code' };
      if (code.expires_at <= now) return { ok: false, reason: 'expired-code' };
      if (code.terminal !== terminal) return { ok: false, reason: 'other-terminal' };
      useCode.run(now, uuidToBlob(device), codeHash);
      setDevice.run(uuidToBlob(device), tokenHash, terminal, code.hall, now, code.kind);
      // What is here came before; what waits there is signed as a whole.
      const newest = headsOf.all(uuidToBlob(device)).at(-1) ?? { epoch: 0, seq: 0 };
      if (key !== publicKey) addKey.run(uuidToBlob(device), publicKey, newest.epoch, newest.seq, now);
      return { ok: true, hall: code.hall };
    },
  );

  return {
    async addEnrolmentCode({ codeHash, terminal, hall, kind, expiresAt }) {
      addCode.run(codeHash, terminal, hall, expiresAt, kind);
    },
    async enrol(attempt) {
      const enrolled = spendCode.immediate(attempt);
      memory.forget();
      return enrolled;
    },
    async findDeviceByToken(tokenHash) {
      memory.look();
      const name = blobToHash(tokenHash);
      const known = memory.devices.get(name);
      if (known) return known;
      const row = findByToken.get(tokenHash);
      if (!row) return null;
      const device = deviceFrom(row);
      memory.devices.set(name, device);
      return device;
    },
    rememberDevices() {
      memory.refresh();
      for (const row of inService.all(MANY)) memory.devices.set(blobToHash(row.token_hash), deviceFrom(row));
    },
    isDeviceActive: async (device) => isActive.get(uuidToBlob(device)) !== undefined,
    async revokeDevice(device, now) {
      const { changes } = revoke.run(now, uuidToBlob(device));
      memory.forget();
      return changes === 1;
    },
    countMachines: () => countMachines.get()?.count ?? 0,
  };
}

function deviceFrom({ id, token_hash: tokenHash, terminal, hall, kind }: DeviceRow): DeviceOfToken {
  return { id: blobToUuid(id), terminal, hall, kind, tokenHash };
}

function isOwn(usedBy: Buffer | null, device: string): boolean {
  return usedBy !== null && blobToUuid(usedBy) === device.toLowerCase();
}
