import type { OpEnvelope } from '../../../contract/ops.ts';
import type { OpOutcome } from '../../../contract/sync.ts';
import type { HubRole, HubStore } from '../hubTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { blobToUuid, uuidToBlob } from './blobs.ts';
import { RELAY_SQL } from './relaySql.ts';
import { thatFit } from './thatFit.ts';

interface HubRow {
  role: HubRole['role'];
  fence: number;
  peer: string | null;
  peer_token: string | null;
  peer_device: Buffer | null;
  followed: number;
}

interface LogRow {
  id: number;
  envelope: string;
  outcome: OpOutcome;
  code: string | null;
  mirrored: number;
}

/** What a hub knows of the other hub of its hall, and its log as that one reads it. */
export function prepareHub(db: SqlDatabase): Omit<HubStore, 'onAppended'> {
  const find = db.prepare<[], HubRow>(RELAY_SQL.hub);
  const join = db.prepare(RELAY_SQL.joinHub);
  const saveRole = db.prepare(RELAY_SQL.saveHubRole);
  const saveToken = db.prepare(RELAY_SQL.savePeerToken);
  const saveDevice = db.prepare(RELAY_SQL.savePeerDevice);
  const takeOver = db.prepare<[], { fence: number }>(RELAY_SQL.highestTakeOver);
  const readLog = db.prepare<[number, string, number], LogRow>(RELAY_SQL.readLog);
  const forwardHeld = db.prepare(RELAY_SQL.forwardHeld);
  return {
    hubRole() {
      const row = find.get();
      return row ? { role: row.role, fence: row.fence } : null;
    },
    joinHub: (role, peer) => void join.run(role, peer),
    saveHubRole: ({ role, fence }) => void saveRole.run(role, fence),
    peer() {
      const row = find.get();
      return row ? { url: row.peer, token: row.peer_token, followed: row.followed } : null;
    },
    savePeerToken: (token) => void saveToken.run(token),
    savePeerDevice: db.transaction((device: string) => {
      const known = find.get()?.peer_device;
      if (known && blobToUuid(known) === device) return;
      saveDevice.run(uuidToBlob(device));
    }).immediate,
    highestTakeOver: () => takeOver.get()?.fence ?? 0,
    readLog(hall, after, { rows, bytes }) {
      const fit = thatFit(readLog.iterate(after, hall, rows), bytes, ({ envelope }) => envelope.length);
      return fit.map(({ id, envelope, outcome, code, mirrored }) => {
        return { pos: id, op: JSON.parse(envelope) as OpEnvelope, outcome, code, mirrored: mirrored === 1 };
      });
    },
    forwardHeld: () => void forwardHeld.run(),
  };
}
