import type { OpEnvelope } from '../../../contract/ops.ts';
import type { OpOutcome } from '../../../contract/sync.ts';
import { repeatId } from '../../ledger/repeats.ts';
import type { StoreMemory } from '../memory.ts';
import { opText } from '../opText.ts';
import { getEach, type SqlDatabase } from '../sqlDatabase.ts';
import type { Decision, NewOp } from '../types.ts';
import { prepareBlankWrite } from './blanks.ts';
import { hashToBlob, uuidToBlob } from './blobs.ts';
import { numberOf, withoutAcceptance } from './entityRow.ts';
import { prepareAppointmentWrite } from './hall.ts';
import { prepareHubWrite } from './hubWrite.ts';
import { prepareSignedHeads } from './identity.ts';
import type { Circumstances } from './ledgerLookups.ts';
import { prepareManyRows } from './manyRows.ts';
import { RELAY_SQL } from './relaySql.ts';
import { SQL } from './sql.ts';

/** The one write of the ledger: whatever a group has decided, inside the transaction that decided it. */
export function prepareWrite(
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
