import type { SqlDatabase } from '../sqlDatabase.ts';
import type { Decision } from '../types.ts';
import { hashToBlob, uuidToBlob } from './blobs.ts';
import { RELAY_SQL } from './relaySql.ts';
import { UNMET_SQL } from './unmetSql.ts';

type HubChanges = Pick<Decision, 'reached' | 'met' | 'handedOn' | 'cursors' | 'bases' | 'followed' | 'role'>;

/** What a hub notes beside the log, within the transaction of what it is about. */
export function prepareHubWrite(db: SqlDatabase): (changes: HubChanges, isRelay: boolean) => void {
  const addToForward = db.prepare(RELAY_SQL.addToForward);
  const removeToForward = db.prepare(RELAY_SQL.removeToForward);
  const removeUnmet = db.prepare(UNMET_SQL.remove);
  const setBase = db.prepare(RELAY_SQL.setBase);
  const saveFollowed = db.prepare(RELAY_SQL.saveFollowed);
  const saveRole = db.prepare(RELAY_SQL.saveHubRole);
  const setCursor = db.prepare(RELAY_SQL.setCursor);
  return ({ reached, met, handedOn, cursors, bases, followed, role }, isRelay) => {
    for (const logPosition of reached) removeToForward.run(logPosition);
    for (const logPosition of met) removeUnmet.run(logPosition);
    if (isRelay) for (const logPosition of handedOn) addToForward.run(logPosition);
    for (const { scope, pos, digest } of cursors) setCursor.run(scope, pos, digest);
    for (const { device, epoch, head } of bases) {
      setBase.run(uuidToBlob(device), epoch, head.seq, hashToBlob(head.hash));
    }
    if (followed !== null) saveFollowed.run(followed);
    if (role) saveRole.run(role.role, role.fence);
  };
}
