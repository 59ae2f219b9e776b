import { randomUUID } from 'node:crypto';
import { questionsAbout } from './foresight.ts';
import { StoreMemory } from './memory.ts';
import type { SqlDatabase } from './sqlDatabase.ts';
import { blobToUuid, hashToBlob, uuidToBlob } from './sqlite/blobs.ts';
import { prepareDevices } from './sqlite/devices.ts';
import { prepareBookingKeys } from './sqlite/hall.ts';
import { HALL_SQL } from './sqlite/hallSql.ts';
import { prepareHub } from './sqlite/hub.ts';
import { prepareIdentity } from './sqlite/identity.ts';
import { prepareLedger } from './sqlite/ledger.ts';
import { prepareParked } from './sqlite/parked.ts';
import { preparePayments } from './sqlite/payments.ts';
import { prepareRelay } from './sqlite/relay.ts';
import { RELAY_SQL } from './sqlite/relaySql.ts';
import { prepareScopes } from './sqlite/scopes.ts';
import { COUNT_SQL, SQL } from './sqlite/sql.ts';
import { prepareWaiting, prepareWaitingWrite } from './sqlite/waiting.ts';
import type { CentreStore, Decision, StoreBusyError } from './types.ts';

/** A database that is open and has the newest tables. */
export interface SqlEngine {
  db: SqlDatabase;
  /** @returns what to throw instead when this error says "not now": the same push may succeed later */
  asBusy: (error: unknown) => StoreBusyError | null;
  close: () => void;
}

/** The centre's store on a database that speaks SQL. Every decision is taken under its write lock. */
export function storeOn({ db, asBusy, close }: SqlEngine): CentreStore {
  db.prepare(SQL.addSelf).run(uuidToBlob(randomUUID()));
  const readSelf = db.prepare<[], { device: Buffer; epoch: number }>(SQL.self);
  const beginEpoch = db.prepare(RELAY_SQL.beginEpoch);
  const selfNow = (): CentreStore['self'] => {
    const row = readSelf.get();
    if (!row) throw new Error('the centre has no identity');
    return { device: blobToUuid(row.device), epoch: row.epoch };
  };
  let self = selfNow();
  let dataEpoch = self.epoch;

  const memory = new StoreMemory(db);
  const ledger = prepareLedger(db, memory);
  const outsideVersion = db.prepare<[], number>(HALL_SQL.dataVersion).pluck();
  const parked = prepareParked(db);
  const isImageOf = db.prepare<[Buffer, string]>(SQL.isImageOf);
  const casesUnderNotice = db.prepare<[], { stream: string }>(SQL.casesUnderNotice);
  const count = (sql: string) => db.prepare<[], { count: number }>(sql).get()?.count ?? 0;

  const writeWaiting = prepareWaitingWrite(db);
  const listeners = new Set<(toForward: boolean) => void>();
  const write: CentreStore['write'] = async (pushes, decide) => {
    let appended: Decision['newOps'] = [];
    let isHandedOn = false;
    try {
      const { decision, value } = db
        .transaction(() => {
          db.foresee?.(questionsAbout(pushes));
          ledger.refresh();
          const decided = decide(ledger.known);
          ledger.write(decided.decision);
          if (decided.decision.waiting) writeWaiting(decided.decision.waiting);
          appended = decided.decision.newOps;
          isHandedOn = decided.decision.handedOn.length > 0;
          return decided;
        })
        .immediate();
      ledger.apply(decision);
      return value;
    } catch (error) {
      memory.forget();
      throw asBusy(error) ?? error;
    } finally {
      const toForward = isHandedOn || appended.some(({ forward }) => forward);
      if (toForward || appended.length > 0) for (const listener of listeners) listener(toForward);
    }
  };

  return {
    get self() {
      return self;
    },
    get dataEpoch() {
      return dataEpoch;
    },
    write,
    chains: ledger.chains,
    ...prepareDevices(db, memory),
    ...prepareIdentity(db, memory),
    ...preparePayments(db),
    ...prepareBookingKeys(db),
    ...prepareRelay(db, memory),
    ...prepareHub(db),
    ...prepareScopes(db),
    ...prepareWaiting(db),
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    beginEpoch(above) {
      beginEpoch.run(above);
      const { device, epoch } = selfNow();
      dataEpoch = epoch;
      self = { device, epoch: Math.max(epoch, self.epoch + 1) };
    },
    beginChain(above) {
      const newest = Math.max(above, dataEpoch, ledger.chains.newestEpoch(self.device));
      self = { ...self, epoch: newest + 1 };
    },

    parkedOps: async (after, limit) => parked.page(after, limit),
    outsideVersion: () => outsideVersion.get() ?? 0,

    isImageOf: (hall, sha256) => isImageOf.get(hashToBlob(sha256), hall) !== undefined,
    casesUnderNotice: () => casesUnderNotice.all().map(({ stream }) => stream),
    stats: () => ({ ops: count(COUNT_SQL.ops), cases: count(COUNT_SQL.cases), devices: count(COUNT_SQL.devices) }),
    listCases: () => db.prepare<[], { number: string; opCount: number }>(COUNT_SQL.listCases).all(),
    close,
  };
}
