import type { OpEnvelope } from '../../../contract/ops.ts';
import type { RelayDevice } from '../../../contract/relay.ts';
import type { OpOutcome, OutcomesAnswer } from '../../../contract/sync.ts';
import { emptyScopeDigest } from '../../../domain/ledger/scopeDigest.ts';
import { sha256Hex } from '../../digest.ts';
import { toldOf } from '../../ledger/repeats.ts';
import type { StoreMemory } from '../memory.ts';
import type { CentreAnswer, ForwardEntry, RelayStore } from '../relayTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { EnrolledDevice, Judgement } from '../types.ts';
import { blobToHash, blobToUuid, hashToBlob, uuidToBlob } from './blobs.ts';
import { prepareKeyLists } from './keyLists.ts';
import { RELAY_SQL } from './relaySql.ts';
import { SQL } from './sql.ts';
import { thatFit } from './thatFit.ts';
import { prepareUnmet } from './unmet.ts';

interface EntryRow {
  id: number;
  envelope: string;
  outcome: OpOutcome;
  code: string | null;
}

interface AnsweredRow extends Judgement {
  answer: CentreAnswer['outcome'] | null;
  answerCode: string | null;
}

interface DeviceRow {
  id: Buffer;
  token_hash: Buffer;
  terminal: string;
  kind: RelayDevice['kind'];
  revoked_at: number | null;
}

/** The tables of a hub: the way to the centre, what waits for it, and what it has answered. */
export function prepareRelay(db: SqlDatabase, memory: StoreMemory): Omit<RelayStore, 'beginEpoch'> {
  return { ...prepareUpstream(db), ...prepareUnmet(db), ...prepareRelayDevices(db, memory), ...prepareForwarding(db) };
}

function prepareUpstream(
  db: SqlDatabase,
): Pick<RelayStore, 'upstream' | 'setUpstream' | 'saveToken' | 'saveUpstreamDevice' | 'cursorOf' | 'digestOf'> {
  const find = db.prepare<[], { upstream: string; hall: string; token: string | null; upstream_device: Buffer | null }>(
    RELAY_SQL.upstream,
  );
  const use = db.prepare(RELAY_SQL.setUpstream);
  const saveToken = db.prepare(RELAY_SQL.saveToken);
  const saveDevice = db.prepare(RELAY_SQL.saveUpstreamDevice);
  const forgetCursors = db.prepare(RELAY_SQL.forgetCursors);
  const cursorOf = db.prepare<[string], { pos: number; digest: string }>(RELAY_SQL.cursorOf);
  const upstream: RelayStore['upstream'] = () => {
    const row = find.get();
    if (!row) return null;
    const device = row.upstream_device && blobToUuid(row.upstream_device);
    return { url: row.upstream, hall: row.hall, token: row.token, device };
  };
  return {
    upstream,
    setUpstream: db.transaction((url: string, hall: string) => {
      const known = upstream();
      if (known?.url !== url) use.run(url, hall);
    }).immediate,
    saveToken: (token, hall) => void saveToken.run(token, hall),
    saveUpstreamDevice: db.transaction((device: string) => {
      if (upstream()?.device === device) return;
      forgetCursors.run();
      saveDevice.run(uuidToBlob(device));
    }).immediate,
    cursorOf: (scope) => cursorOf.get(scope)?.pos ?? 0,
    digestOf: (scope) => cursorOf.get(scope)?.digest ?? emptyScopeDigest(scope, sha256Hex),
  };
}

function prepareRelayDevices(
  db: SqlDatabase,
  memory: StoreMemory,
): Pick<RelayStore, 'devicesOfHall' | 'findDevice' | 'hallOfDevice' | 'terminalOf' | 'takeDevices' | 'addDevices'> {
  const ofHall = db.prepare<[string], DeviceRow>(RELAY_SQL.devicesOfHall);
  const headsOf = db.prepare<[Buffer], { epoch: number; seq: number; hash: Buffer }>(RELAY_SQL.headsOfDevice);
  const authorOf = db.prepare<[Buffer], Pick<EnrolledDevice, 'hall' | 'terminal' | 'kind'>>(RELAY_SQL.authorOfDevice);
  const find = db.prepare<[Buffer], Omit<EnrolledDevice, 'id'>>(RELAY_SQL.findDevice);
  const take = db.prepare(RELAY_SQL.takeDevice);
  const revokeOthers = db.prepare(RELAY_SQL.revokeOthers);
  const self = db.prepare<[], { device: Buffer }>(SQL.self);
  const findHead = db.prepare<[Buffer, number], { seq: number }>(SQL.findHead);
  const baseOf = db.prepare<[Buffer, number], { seq: number }>(RELAY_SQL.baseOf);
  const setHead = db.prepare(SQL.setHead);
  const setBase = db.prepare(RELAY_SQL.setBase);

  const takeKeys = prepareKeyLists(db);

  /** Only where nothing of the chain came here yet: what a device sends here goes on from what the centre has of it. */
  function takeBase(device: Buffer, { epoch, seq, hash }: RelayDevice['heads'][number]): void {
    const head = findHead.get(device, epoch)?.seq ?? 0;
    const base = baseOf.get(device, epoch)?.seq ?? 0;
    if (head !== base || seq <= head) return;
    setHead.run(device, epoch, seq, hashToBlob(hash));
    setBase.run(device, epoch, seq, hashToBlob(hash));
  }

  return {
    devicesOfHall: (hall) =>
      ofHall.all(hall).map((row) => ({
        id: blobToUuid(row.id),
        terminal: row.terminal,
        kind: row.kind,
        tokenHash: blobToHash(row.token_hash),
        active: row.revoked_at === null,
        heads: headsOf.all(row.id).map(({ epoch, seq, hash }) => ({ epoch, seq, hash: blobToHash(hash) })),
      })),
    findDevice(id) {
      const row = find.get(uuidToBlob(id));
      return row ? { ...row, id } : null;
    },
    hallOfDevice: (device) => authorOf.get(uuidToBlob(device))?.hall ?? null,
    terminalOf(device) {
      const { kind, terminal } = authorOf.get(uuidToBlob(device)) ?? {};
      return kind === 'terminal' ? terminal : undefined;
    },
    addDevices(hall, devices, now) {
      db.transaction(() => {
        for (const listed of devices) {
          const device = uuidToBlob(listed.id);
          takeKeys(device, listed, 'other-hub', now);
          if (authorOf.get(device)) continue;
          const { tokenHash, terminal, kind, active } = listed;
          take.run(device, hashToBlob(tokenHash), terminal, hall, now, active ? null : now, kind);
        }
      }).immediate();
      memory.forget();
    },
    takeDevices(hall, devices, now) {
      const own = self.get()?.device;
      db.transaction(() => {
        for (const listed of devices) {
          const { id, tokenHash, terminal, kind, active, heads } = listed;
          const device = uuidToBlob(id);
          takeKeys(device, listed, 'whoever-enrols', now);
          take.run(device, hashToBlob(tokenHash), terminal, hall, now, active ? null : now, kind);
          // Its own chain is written here and nowhere else.
          if (own && !own.equals(device)) for (const head of heads) takeBase(device, head);
        }
        revokeOthers.run(now, hall, JSON.stringify(devices.map(({ id }) => uuidToBlob(id).toString('hex'))));
      }).immediate();
      memory.forget();
    },
  };
}

type Forwarding = Pick<
  RelayStore,
  'toForward' | 'countToForward' | 'forwardAgain' | 'recordAnswers' | 'parkedAtCentre' | 'outcomesAfter' | 'becameOf'
>;

function prepareForwarding(db: SqlDatabase): Forwarding {
  const toForward = db.prepare<[number], EntryRow>(RELAY_SQL.toForward);
  const countToForward = db.prepare<[], { count: number }>(RELAY_SQL.countToForward);
  const deviceOf = db.prepare<[number], { device: Buffer; outcome: OpOutcome }>(RELAY_SQL.deviceOfOp);
  const settle = db.prepare(SQL.settle);
  const setAnswer = db.prepare(RELAY_SQL.setAnswer);
  const removeAnswer = db.prepare(RELAY_SQL.removeAnswer);
  const remove = db.prepare(RELAY_SQL.removeToForward);
  const outcomes = db.prepare<[Buffer, number, number, number], AnsweredRow & { seq: number; repeats: string | null }>(
    RELAY_SQL.outcomesAfter,
  );
  const becameOf = db.prepare<[Buffer, Buffer, string], Judgement & { bodyHash: string }>(RELAY_SQL.becameOf);
  const outcomeOfFirst = db.prepare<[Buffer], AnsweredRow>(RELAY_SQL.outcomeOfFirst);
  const tell = (stored: Judgement, opId: string): Judgement =>
    toldOf(stored, () => {
      const first = outcomeOfFirst.get(uuidToBlob(opId));
      return first ? asAnswered(first) : null;
    });
  const readEntries = (rows: readonly EntryRow[], bytes: number): ForwardEntry[] =>
    thatFit(rows, bytes, ({ envelope }) => Buffer.byteLength(envelope) + 64).map(({ id, envelope, outcome, code }) => {
      const op = JSON.parse(envelope) as OpEnvelope;
      return { logPosition: id, op, ...tell({ outcome, code }, op.op_id) };
    });

  const parkedAtCentre = db.prepare<[], { id: number; device: Buffer; epoch: number; seq: number }>(
    RELAY_SQL.parkedAtCentre,
  );
  const nextEpoch = db.prepare<[Buffer, number], { epoch: number | null }>(RELAY_SQL.nextEpochOf);
  const again = db.prepare(RELAY_SQL.forwardAgain);

  const forwardAgain = db.transaction((devices: readonly RelayDevice[]) => {
    let count = 0;
    for (const { id, heads } of devices) {
      const device = uuidToBlob(id);
      const epochAfter = (epoch: number) => nextEpoch.get(device, epoch)?.epoch ?? null;
      for (let epoch = epochAfter(0); epoch !== null; epoch = epochAfter(epoch)) {
        const theirs = heads.find((each) => each.epoch === epoch)?.seq ?? 0;
        count += again.run(device, epoch, theirs + 1).changes;
      }
    }
    return count;
  });

  const recordAnswers = db.transaction((answers: readonly CentreAnswer[]) => {
    const devices = new Set<string>();
    for (const { logPosition, outcome, code } of answers) {
      const known = deviceOf.get(logPosition);
      if (!known) continue;
      if (known.outcome === 'held' && outcome === 'rejected') {
        settle.run(outcome, code ?? 'internal', logPosition);
        // It may have been parked there before.
        removeAnswer.run(logPosition);
      } else if (known.outcome === 'held') setAnswer.run(logPosition, outcome, code);
      remove.run(logPosition);
      devices.add(blobToUuid(known.device));
    }
    return [...devices];
  });

  return {
    toForward: ({ rows, bytes }) => readEntries(toForward.all(rows), bytes),
    countToForward: () => countToForward.get()?.count ?? 0,
    forwardAgain: (devices) => forwardAgain.immediate(devices),
    recordAnswers: (answers) => recordAnswers.immediate(answers),
    parkedAtCentre: () =>
      parkedAtCentre.all().map(({ id, device, epoch, seq }) => ({
        ...{ logPosition: id, device: blobToUuid(device), epoch, seq },
      })),
    becameOf: (hall, ops) =>
      ops.map(({ op_id, device, body_hash }) => {
        const row = becameOf.get(uuidToBlob(op_id), uuidToBlob(device), hall);
        return row?.bodyHash === body_hash ? { outcome: row.outcome, code: row.code } : { outcome: null, code: null };
      }),
    outcomesAfter(device, epoch, after, limit) {
      const results: OutcomesAnswer['results'] = [];
      for (const row of outcomes.iterate(uuidToBlob(device), epoch, after, limit)) {
        const { outcome, code } = row.repeats === null ? asAnswered(row) : tell(row, row.repeats);
        results.push({ seq: row.seq, outcome, code });
        if (outcome === 'held') break;
      }
      return results;
    },
  };
}

/** What the centre has said of it, though it has not come back by a scope yet. */
function asAnswered({ outcome, code, answer, answerCode }: AnsweredRow): Judgement {
  if (outcome !== 'held' || answer === null || answer === 'refused') return { outcome, code };
  return { outcome: answer, code: answerCode };
}
