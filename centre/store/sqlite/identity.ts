import type { IdentityStore, KnownSignedHead, ListedDevice } from '../identityTypes.ts';
import type { StoreMemory } from '../memory.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { blobToHash, blobToUuid, hashToBlob, uuidToBlob } from './blobs.ts';
import { IDENTITY_SQL } from './identitySql.ts';

interface HeadRow {
  seq: number;
  hash: Buffer;
  signature: Buffer;
  public_key: string;
}

interface KeyRow {
  public_key: string | null;
  from_epoch: number;
  from_seq: number;
}

interface DeviceRow {
  id: Buffer;
  terminal: string;
  hall: string;
  kind: ListedDevice['kind'];
  enrolled_at: number;
  revoked_at: number | null;
  public_key: string | null;
  last_heard: number | null;
  epoch: number | null;
  acked: number | null;
  seen_at: number | null;
}

export function prepareIdentity(db: SqlDatabase, memory: StoreMemory): IdentityStore {
  const ownKey = db.prepare<[], { public_key: string }>(IDENTITY_SQL.ownKey);
  const setOwnKey = db.prepare(IDENTITY_SQL.setOwnKey);
  const keyOf = db.prepare<[Buffer], KeyRow>(IDENTITY_SQL.keyOf);
  const isTerminal = db.prepare<[Buffer]>(IDENTITY_SQL.isTerminal);
  const keysOf = db.prepare<[Buffer], { public_key: string }>(IDENTITY_SQL.keysOf);
  const keyHistoryOf = db.prepare<[Buffer], KeyRow & { public_key: string }>(IDENTITY_SQL.keyHistoryOf);
  const addKey = db.prepare(IDENTITY_SQL.addKey);
  const headsAfter = db.prepare<[Buffer, number, number, number], HeadRow>(IDENTITY_SQL.headsAfter);
  const noteContradicted = db.prepare(IDENTITY_SQL.noteContradicted);
  const settleContradiction = db.prepare(IDENTITY_SQL.settleContradiction);
  const listDevices = db.prepare<[], DeviceRow>(IDENTITY_SQL.listDevices);
  const writeHeads = prepareSignedHeads(db);
  const addHeads = db.transaction((heads: readonly KnownSignedHead[]) => writeHeads(heads));

  const register = db.transaction((device: string, key: Parameters<IdentityStore['registerKey']>[1], now: number) => {
    const known = keyOf.get(uuidToBlob(device));
    if (known && known.public_key !== null) return known.public_key === key.publicKey;
    addKey.run(uuidToBlob(device), key.publicKey, key.from.epoch, key.from.seq, now);
    return true;
  });

  const readKey: IdentityStore['keyOf'] = (device) => {
    const row = keyOf.get(uuidToBlob(device));
    if (!row || row.public_key === null) return null;
    return { publicKey: row.public_key, from: { epoch: row.from_epoch, seq: row.from_seq } };
  };
  const keyNow: IdentityStore['keyOf'] = (device) => {
    memory.look();
    const known = memory.keys.get(device) ?? { key: readKey(device) };
    memory.keys.set(device, known);
    return known.key;
  };

  return {
    ownKey: () => ownKey.get()?.public_key ?? null,
    recordOwnKey(publicKey) {
      setOwnKey.run(publicKey);
      return ownKey.get()?.public_key ?? publicKey;
    },
    keyOf: keyNow,
    authorKeyOf: (device) => (isTerminal.get(uuidToBlob(device)) === undefined ? null : keyNow(device)),
    keyHistoryOf: (device) =>
      keyHistoryOf.all(uuidToBlob(device)).map((row) => ({
        publicKey: row.public_key,
        from: { epoch: row.from_epoch, seq: row.from_seq },
      })),
    keysOf: (device) => keysOf.all(uuidToBlob(device)).map((row) => row.public_key),
    registerKey(device, key, now) {
      const isItsKey = register.immediate(device, key, now);
      memory.forget();
      return isItsKey;
    },
    signedHeads: (device, epoch, after, upTo) =>
      headsAfter.all(uuidToBlob(device), epoch, after, upTo).map((row) => ({
        device,
        epoch,
        seq: row.seq,
        hash: blobToHash(row.hash),
        signature: row.signature.toString('base64url'),
        publicKey: row.public_key,
      })),
    addSignedHeads: (heads) => addHeads.immediate(heads),
    noteContradicted: (device, epoch, acked, now) => void noteContradicted.run(uuidToBlob(device), epoch, acked, now),
    settleContradiction: (device) => settleContradiction.run(uuidToBlob(device)).changes > 0,
    listDevices: () =>
      listDevices.all().map((row) => ({
        id: blobToUuid(row.id),
        terminal: row.terminal,
        hall: row.hall,
        kind: row.kind,
        enrolledAt: row.enrolled_at,
        lastHeardAt: row.last_heard,
        publicKey: row.public_key,
        revokedAt: row.revoked_at,
        contradicted:
          row.seen_at === null || row.epoch === null || row.acked === null
            ? null
            : { at: row.seen_at, epoch: row.epoch, acked: row.acked },
      })),
  };
}

/** Part of the surrounding transaction. */
export function prepareSignedHeads(db: SqlDatabase): (heads: readonly KnownSignedHead[]) => void {
  const add = db.prepare(IDENTITY_SQL.addHead);
  const removeOlder = db.prepare(IDENTITY_SQL.removeOlder);
  return (heads) => {
    for (const { device, epoch, seq, hash, signature, publicKey } of heads) {
      const chain = [uuidToBlob(device), epoch] as const;
      add.run(...chain, seq, hashToBlob(hash), Buffer.from(signature, 'base64url'), publicKey);
      removeOlder.run(...chain, seq);
    }
  };
}
