import type { RelayDevice } from '../../../contract/relay.ts';
import { type KeySource, mergeKeys } from '../../identity/keyHistory.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { IDENTITY_SQL } from './identitySql.ts';

interface KeyRow {
  public_key: string;
  from_epoch: number;
  from_seq: number;
  since: number;
}

type TakeKeys = (device: Buffer, listed: Pick<RelayDevice, 'key' | 'keys'>, source: KeySource, now: number) => void;

/** The keys that a list of devices names, of which the last row is in force. Part of the surrounding transaction. */
export function prepareKeyLists(db: SqlDatabase): TakeKeys {
  const find = db.prepare<[Buffer], KeyRow>(IDENTITY_SQL.keyHistoryOf);
  const remove = db.prepare(IDENTITY_SQL.removeKeys);
  const add = db.prepare(IDENTITY_SQL.addKey);
  return (device, { key, keys }, source, now) => {
    const known = find.all(device).map((row) => ({
      publicKey: row.public_key,
      from: { epoch: row.from_epoch, seq: row.from_seq },
      since: row.since,
    }));
    // Older programs list the one in force alone; who has none in force, since it was enrolled without, does not list it.
    const listed = key === undefined ? [] : (keys ?? [key]);
    const merged = mergeKeys(
      known,
      listed.map((each) => ({ ...each, since: now })),
      source,
    );
    if (!merged) return;
    remove.run(device);
    for (const { publicKey, from, since } of merged) add.run(device, publicKey, from.epoch, from.seq, since);
  };
}
