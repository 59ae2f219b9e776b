import type { OpOutcome } from '../../../contract/sync.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import { CATALOGUE_STREAM } from '../../../domain/ledger/published.ts';
import type { KnownHall } from '../hallTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { HeldEntity, KnownLedger } from '../types.ts';
import { prepareBlankLookups } from './blanks.ts';
import { blobToHash, uuidToBlob } from './blobs.ts';
import { type EntityRow, entityFromRow } from './entityRow.ts';
import { HALL_SQL } from './hallSql.ts';
import { prepareParked } from './parked.ts';
import { RELAY_SQL } from './relaySql.ts';
import { prepareFirstOps } from './repeats.ts';
import { SQL } from './sql.ts';

/** What is asked for every op and seldom changes: looked up once in a transaction. */
export interface Circumstances {
  /** Whether any op at all is parked. */
  hasParked: boolean;
  /** Whether these data are a hub's, so that ops go on to the centre. */
  isRelay: boolean;
}

/** What the tables say of the ledger, each lookup on a statement prepared once. */
export function prepareLookups(db: SqlDatabase, hall: KnownHall, circumstances: Readonly<Circumstances>): KnownLedger {
  const findHead = db.prepare<[Buffer, number], { seq: number; hash: Buffer }>(SQL.findHead);
  const newestEpoch = db.prepare<[Buffer], { epoch: number }>(SQL.newestEpoch);
  const findOp = db.prepare<
    [Buffer, number, number],
    { id: number; hash: Buffer; outcome: OpOutcome; code: string | null }
  >(SQL.findOp);
  const baseOf = db.prepare<[Buffer, number], { seq: number }>(RELAY_SQL.baseOf);
  const hasOpId = db.prepare<[Buffer]>(SQL.hasOpId);
  const findOpStream = db.prepare<[Buffer], { stream: string }>(HALL_SQL.findOpStream);
  const findEntity = db.prepare<[string], EntityRow>(SQL.findEntity);
  const versionOf = db.prepare<[string], number>(SQL.versionOf).pluck();
  const hallOf = db.prepare<[string], string>(SQL.hallOf).pluck();
  const isParked = db.prepare<[string]>(SQL.isParked);
  const parked = prepareParked(db);
  const findCaseByNumber = db.prepare<[string], { stream: string }>(SQL.findCaseByNumber);
  const findStaffByNumber = db.prepare<[string, string], { stream: string }>(SQL.findStaffByNumber);
  const findPaymentsOfCase = db.prepare<[string], { stream: string }>(SQL.findPaymentsOfCase);
  const findLinkedCases = db.prepare<[string], { stream: string }>(SQL.findLinkedCases);
  const findCatalogue = db.prepare<[string], { envelope: string }>(SQL.findCatalogue);
  const findPaymentByReceipt = db.prepare<[string, string], { stream: string }>(SQL.findPaymentByReceipt);
  const scopeHead = db.prepare<[string], { head: number }>(SQL.scopeHead);
  const lastOf = db.prepare<[string], { last: number }>(SQL.lastOf);

  const readEntity = (stream: string): HeldEntity | null => {
    const row = findEntity.get(stream);
    return row ? { hall: row.hall, entity: entityFromRow(row) } : null;
  };
  /** Asked for with every acceptance, seldom published, and long: read again only when it has another version. */
  let catalogue: { version: number | undefined; held: HeldEntity | null } | null = null;
  const findCatalogueEntity = (): HeldEntity | null => {
    const version = versionOf.get(CATALOGUE_STREAM);
    if (catalogue === null || catalogue.version !== version)
      catalogue = { version, held: readEntity(CATALOGUE_STREAM) };
    return catalogue.held;
  };

  return {
    findHead(device, epoch) {
      const row = findHead.get(uuidToBlob(device), epoch);
      return row ? { seq: row.seq, hash: blobToHash(row.hash) } : null;
    },
    newestEpoch(device) {
      return newestEpoch.get(uuidToBlob(device))?.epoch ?? 0;
    },
    findOp(device, epoch, seq) {
      const row = findOp.get(uuidToBlob(device), epoch, seq);
      if (!row) return null;
      return { hash: blobToHash(row.hash), outcome: row.outcome, code: row.code, logPosition: row.id };
    },
    baseOf: (device, epoch) => baseOf.get(uuidToBlob(device), epoch)?.seq ?? 0,
    hasOpId: (opId) => hasOpId.get(uuidToBlob(opId)) !== undefined,
    findFirst: prepareFirstOps(db),
    findEntity: (stream) => (stream === CATALOGUE_STREAM ? findCatalogueEntity() : readEntity(stream)),
    hallOf: (stream) => hallOf.get(stream) ?? null,
    isParked: (stream) => circumstances.hasParked && isParked.get(stream) !== undefined,
    publishedParked: () => (circumstances.hasParked ? parked.published() : new Set()),
    parkedIn: (stream) => (circumstances.hasParked ? parked.inStream(stream) : []),
    findCaseByNumber: (number) => findCaseByNumber.get(number)?.stream ?? null,
    findStaffByNumber: (hall, number) => findStaffByNumber.get(hall, number)?.stream ?? null,
    findPaymentsOfCase: (caseId) => findPaymentsOfCase.all(caseId).map(({ stream }) => stream),
    findLinkedCases: (loanId) => findLinkedCases.all(loanId).map(({ stream }) => stream),
    findCatalogue(version) {
      const row = findCatalogue.get(version);
      return row ? (JSON.parse(row.envelope) as { body: Catalogue }).body : null;
    },
    findPaymentByReceipt: (hall, receipt) => findPaymentByReceipt.get(hall, receipt)?.stream ?? null,
    scopeHead: (scope) => scopeHead.get(scope)?.head ?? 0,
    lastOf: (series) => lastOf.get(series)?.last ?? 0,
    blanks: prepareBlankLookups(db),
    findOpStream: (opId) => findOpStream.get(uuidToBlob(opId))?.stream ?? null,
    hall,
  };
}
