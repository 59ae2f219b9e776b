import type { OpEnvelope } from '../../../contract/ops.ts';
import type { OpOutcome } from '../../../contract/sync.ts';
import { acceptanceIn } from '../../../domain/case/types.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import { CATALOGUE_STREAM } from '../../../domain/ledger/published.ts';
import type { Entity } from '../../../domain/ledger/reduce.ts';
import { repeatId } from '../../ledger/repeats.ts';
import { chainName, type Recent, StoreMemory } from '../memory.ts';
import { opText } from '../opText.ts';
import { getEach, type SqlDatabase } from '../sqlDatabase.ts';
import type { Decision, HeldEntity, KnownHall, KnownLedger, NewOp } from '../types.ts';
import { prepareBlankLookups, prepareBlankWrite } from './blanks.ts';
import { blobToHash, hashToBlob, uuidToBlob } from './blobs.ts';
import { prepareAppointmentWrite, prepareHallLookups } from './hall.ts';
import { HALL_SQL } from './hallSql.ts';
import { prepareHubWrite } from './hubWrite.ts';
import { prepareSignedHeads } from './identity.ts';
import { prepareManyRows } from './manyRows.ts';
import { prepareParked } from './parked.ts';
import { RELAY_SQL } from './relaySql.ts';
import { prepareFirstOps } from './repeats.ts';
import { SQL } from './sql.ts';

/** The ledger's lookups and its one write, on statements prepared once. */
export interface SqliteLedger {
  /** Only inside a write transaction. */
  known: KnownLedger;
  /** The same about chains, at any time. */
  chains: Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'findOp' | 'baseOf'>;
  /** To be called under the write lock before anything is asked. */
  refresh(): void;
  write(decision: Decision): void;
  /** To be called after COMMIT. */
  apply(decision: Decision): void;
}

/** What is asked for every op and seldom changes: looked up once in a transaction. */
interface Circumstances {
  /** Whether any op at all is parked. */
  hasParked: boolean;
  /** Whether these data are a hub's, so that ops go on to the centre. */
  isRelay: boolean;
}

export function prepareLedger(db: SqlDatabase, memory = new StoreMemory(db)): SqliteLedger {
  const hall = prepareHallLookups(db);
  const hasParked = db.prepare(SQL.hasParked);
  const upstream = db.prepare(RELAY_SQL.upstream);
  const circumstances: Circumstances = { hasParked: true, isRelay: true };
  const stored = prepareLookups(db, hall.known, circumstances);
  return {
    known: { ...stored, ...remembered(db, stored, memory) },
    chains: stored,
    refresh() {
      hall.refresh(memory.refresh());
      circumstances.hasParked = hasParked.get() !== undefined;
      circumstances.isRelay = upstream.get() !== undefined;
    },
    write: prepareWrite(db, circumstances, memory),
    apply({ entities, heads, scopes }) {
      hall.apply(entities);
      for (const { device, epoch, head } of heads) {
        memory.heads.set(chainName(device, epoch), head);
        const newest = memory.newestEpochs.get(device);
        if (newest !== undefined && newest < epoch) memory.newestEpochs.set(device, epoch);
      }
      for (const { scope, head } of scopes) {
        const known = memory.scopes.get(scope);
        if (known) known.head = head;
      }
      for (const { stream, held } of entities) if (held.entity.type === 'case') memory.halls.set(stream, held.hall);
    },
  };
}

/** What is asked with every push, from memory where it is there. */
function remembered(
  db: SqlDatabase,
  stored: KnownLedger,
  memory: StoreMemory,
): Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'scopeHead' | 'hallOf'> {
  const findScope = db.prepare<[string], { id: number; head: number }>(SQL.scopeHead);
  return {
    findHead: (device, epoch) => through(memory.heads, chainName(device, epoch), () => stored.findHead(device, epoch)),
    newestEpoch: (device) => through(memory.newestEpochs, device, () => stored.newestEpoch(device) || null) ?? 0,
    scopeHead: (scope) => through(memory.scopes, scope, () => findScope.get(scope) ?? null)?.head ?? 0,
    hallOf: (stream) => through(memory.halls, stream, () => stored.hallOf(stream)),
  };
}

/** What is not there yet may come: only what is there is remembered. */
function through<V>(recent: Recent<V>, name: string, ask: () => V | null): V | null {
  const known = recent.get(name);
  if (known !== undefined) return known;
  const found = ask();
  if (found !== null) recent.set(name, found);
  return found;
}

function prepareLookups(db: SqlDatabase, hall: KnownHall, circumstances: Readonly<Circumstances>): KnownLedger {
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

function prepareWrite(
  db: SqlDatabase,
  circumstances: Readonly<Circumstances>,
  memory: StoreMemory,
): (decision: Decision) => void {
  const addOp = db.prepare(SQL.addOp);
  const addMirroredOp = db.prepare(RELAY_SQL.addMirroredOp);
  const addToForward = db.prepare(RELAY_SQL.addToForward);
  const removeAnswer = db.prepare(RELAY_SQL.removeAnswer);
  const writeHub = prepareHubWrite(db);
  const beginResults = prepareManyRows<[number | bigint, OpOutcome, string | null, string | null]>(db, SQL.addResult);
  const settle = db.prepare(SQL.settle);
  const settleParked = db.prepare(SQL.settleParked);
  const setHead = db.prepare(SQL.setHead);
  const moveScope = db.prepare(SQL.moveScope);
  const setScope = db.prepare<[string, string, number], { id: number }>(SQL.setScope);
  const beginScopeRows = prepareManyRows<[number | undefined, number, number | bigint]>(db, SQL.addScopeRow);
  const beginEntities = prepareManyRows<
    [string, string, number, string, string | null, number | bigint | null, string]
  >(db, SQL.addEntity);
  const beginImages = prepareManyRows<[Buffer, string]>(db, SQL.addImage);
  const updateEntity = db.prepare(SQL.updateEntity);
  const setSequence = db.prepare(SQL.setSequence);
  const writeBlanks = prepareBlankWrite(db);
  const notePhone = prepareAppointmentWrite(db);
  const writeSignedHeads = prepareSignedHeads(db);
  const addLinkedCase = db.prepare(SQL.addLinkedCase);
  const addCertificate = db.prepare<[string, string]>(SQL.addCertificate);

  function addToLog({ op, bodyText, hall, receivedAt, mirrored, forward, isRepeat }: NewOp): number | bigint {
    const id = uuidToBlob(isRepeat ? repeatId(op) : op.op_id);
    const device = uuidToBlob(op.device);
    const hash = hashToBlob(op.hash);
    const envelope = opText(op, bodyText);
    const add = mirrored ? addMirroredOp : addOp;
    const { lastInsertRowid: position } = add.run(
      id,
      device,
      op.epoch,
      op.seq,
      op.kind,
      op.stream,
      hall,
      hash,
      receivedAt,
      envelope,
    );
    if (forward && circumstances.isRelay) addToForward.run(position);
    return position;
  }

  function writeScopes(scopes: Decision['scopes']): Map<string, number> {
    const ids = new Map<string, number>();
    const others: Decision['scopes'] = [];
    for (const each of scopes) {
      const id = memory.scopes.get(each.scope)?.id;
      if (id === undefined) {
        others.push(each);
        continue;
      }
      moveScope.run(each.head, id);
      ids.set(each.scope, id);
    }
    const rows = getEach(
      setScope,
      others.map(({ scope, hall, head }): [string, string, number] => [scope, hall, head]),
    );
    for (const [index, { scope }] of others.entries()) ids.set(scope, rows[index]?.id ?? 0);
    return ids;
  }

  return ({ newOps, heads, entities, scopes, sequences, blanks, settled, signedHeads, ...hub }) => {
    const results = beginResults();
    const scopeRows = beginScopeRows();
    const scopeIds = writeScopes(scopes);
    const openings = new Map<string, number | bigint>();
    for (const newOp of newOps) {
      const logPosition = addToLog(newOp);
      const parkedStream = newOp.outcome === 'parked' ? newOp.op.stream : null;
      results.add(logPosition, newOp.outcome, newOp.code, parkedStream);
      for (const { scope, pos } of newOp.places) scopeRows.add(scopeIds.get(scope), pos, logPosition);
      if (isOpening(newOp.op, newOp.outcome)) openings.set(newOp.op.stream, logPosition);
    }
    results.flush();
    for (const { outcome, code, logPosition, op, places } of settled) {
      if (outcome === 'parked') settleParked.run(code, op.stream, logPosition);
      else settle.run(outcome, code, logPosition);
      if (places.length > 0) removeAnswer.run(logPosition);
      for (const { scope, pos } of places) scopeRows.add(scopeIds.get(scope), pos, logPosition);
      if (isOpening(op, outcome)) openings.set(op.stream, logPosition);
    }
    scopeRows.flush();
    for (const { device, epoch, head } of heads) {
      setHead.run(uuidToBlob(device), epoch, head.seq, hashToBlob(head.hash));
    }
    writeSignedHeads(signedHeads);
    writeHub(hub, circumstances.isRelay);
    for (const { series, last } of sequences) setSequence.run(series, last);
    writeBlanks(blanks, circumstances.isRelay);
    const states = beginEntities();
    const images = beginImages();
    for (const { stream, held } of entities) {
      const { type, record } = held.entity;
      if (held.entity.type === 'case') {
        for (const { number } of held.entity.record.certificates) {
          if (!addCertificate.get(number, stream)) throw new Error(`certificate number of another case: ${stream}`);
        }
      }
      const number = numberOf(held.entity);
      const source = openings.get(stream) ?? null;
      const text = JSON.stringify(withoutAcceptance(held.entity));
      if (type === 'case' && source === null) updateEntity.run(record.version, number, text, stream);
      else states.add(stream, type, record.version, held.hall, number, source, text);
      if (held.entity.type === 'scan') images.add(hashToBlob(held.entity.record.blob.sha256), held.hall);
      const loan = source !== null && held.entity.type === 'case' && held.entity.record.acceptance.link?.caseId;
      if (loan) addLinkedCase.run(loan, stream);
      notePhone(stream, held);
    }
    states.flush();
    images.flush();
  };
}

function isOpening(op: OpEnvelope, outcome: OpOutcome): boolean {
  return (op.kind === 'case.accepted' || op.kind === 'case.refused') && outcome === 'applied';
}

interface EntityRow {
  type: Entity['type'];
  hall: string;
  record: string;
  /** The op that opened the case: it holds the acceptance. */
  source: string | null;
}

function entityFromRow({ type, record, source }: EntityRow): Entity {
  const rest = JSON.parse(record) as object;
  return (
    source === null
      ? { type, record: rest }
      : { type, record: { ...rest, acceptance: acceptanceIn(JSON.parse(source).body) } }
  ) as Entity;
}

function withoutAcceptance(entity: Entity): object {
  if (entity.type !== 'case') return entity.record;
  const { acceptance: _inTheLog, ...rest } = entity.record;
  return rest;
}

/** What people call it by; unique where the schema says so. */
function numberOf(entity: Entity): string | null {
  switch (entity.type) {
    case 'case':
      return entity.record.acceptance.number;
    case 'staff':
      return entity.record.number;
    default:
      return null;
  }
}
