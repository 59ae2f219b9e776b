import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import PouchDB from 'pouchdb';
import { v7 } from 'uuid';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../../contract/sync.ts';
import { Store } from '../../db/store.ts';
import type { Op, OpBodies, OpKind } from '../../domain/ledger/op.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { CentreApi } from '../../sync/centreApi.ts';
import { enrol } from '../../sync/enrol.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { startCentreProcess, startReadyProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { TEST_KEY } from '../fixtures/store.ts';
import { nextCase } from './caseOps.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import { type Figure, figure } from './figures.ts';
import { PushLine, pushRequest } from './pushLine.ts';

const OPS = 10_000;
const TERMINAL = 'W07';

interface Drained {
  /** Ops a second, until the last is acknowledged and the terminal has written that down. */
  rate: number;
  /** Processor time of both sides for one op, µs. */
  cpu: number;
  /** Of this side alone. */
  terminalCpu: number;
}

/**
 * A terminal that was offline for long hands its ops to the centre: the real store, the real client, the real centre as a
 * process of its own; from the client's start, hello included, to the last acknowledgement written down. It is enrolled before
 * the clock starts, as PouchDB has its databases open then. Beside it PouchDB replicates the same ops as documents to
 * express-pouchdb, each on leveldb, with its own defaults. leveldb does not sync each write to the disk; ours does, and is
 * encrypted. Target: ≥ 10 × its rate. A backlog is acknowledged before it is judged (docs/adr/0063): `judged` is until the terminal has
 * written down every outcome, `after` what both sides do from the last acknowledgement until it has read what the centre made of it,
 * `cold` the first contact of all, with enrolment and keys.
 *
 * To understand the distance (docs/adr/0059): `synced` is PouchDB with a leveldb that syncs each write; `bare` the same log
 * over the same pushes to a server that parses, stores durably and encrypted, and has no rules; neither signs.
 */
export async function benchDrain(count = OPS): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  try {
    const ops = buildBacklog(path.join(dir, 'terminal'), count);
    buildBacklog(path.join(dir, 'newcomer'), count);
    const pouch = await replicate(path.join(dir, 'pouch'), ops, 'usual');
    const synced = await replicate(path.join(dir, 'synced'), ops, 'synced');
    const bare = await drainBare(path.join(dir, 'terminal'), path.join(dir, 'bare'), ops.length);
    const cold = await drain(path.join(dir, 'newcomer'), path.join(dir, 'cold'), ops.length, false);
    const { drained, judged, afterCpu } = await drain(
      path.join(dir, 'terminal'),
      path.join(dir, 'centre'),
      ops.length,
      true,
    );
    return [
      figure('drain.rate', drained.rate, 'ops/s', pouch.rate),
      figure('drain.cpu', drained.cpu, 'µs/op', pouch.cpu),
      figure('drain.terminal.cpu', drained.terminalCpu, 'µs/op'),
      figure('drain.after.cpu', afterCpu, 'µs/op'),
      figure('drain.judged.rate', judged.rate, 'ops/s', pouch.rate),
      figure('drain.judged.cpu', judged.cpu, 'µs/op', pouch.cpu),
      figure('drain.cold.rate', cold.drained.rate, 'ops/s', pouch.rate),
      figure('drain.cold.cpu', cold.drained.cpu, 'µs/op', pouch.cpu),
      figure('drain.synced.rate', drained.rate, 'ops/s', synced.rate),
      figure('drain.synced.cpu', drained.cpu, 'µs/op', synced.cpu),
      figure('drain.bare.rate', bare.rate, 'ops/s', pouch.rate),
      figure('drain.bare.cpu', bare.cpu, 'µs/op', pouch.cpu),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function openStore(dir: string): Store {
  return Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
}

/** So many ops or a few more, in whole cases, through the ledger; without waiting for the disk, which is not what is measured. */
function buildBacklog(dir: string, count: number): Op[] {
  mkdirSync(dir, { recursive: true });
  const store = openStore(dir);
  store.db.pragma('synchronous=OFF');
  const maker = new OpMaker({ name: 'drain' });
  store.ledger.transact(() => {
    for (let running = 1; maker.ops.length < count; running++) {
      for (const { kind, stream, actor, body } of nextCase(maker, running)) {
        store.ledger.append({ kind: kind as OpKind, stream, actor, body: body as unknown as OpBodies[OpKind] });
      }
    }
  });
  const ops = store.ledger.readAfter(0, Number.MAX_SAFE_INTEGER);
  store.close();
  return ops;
}

async function replicate(dir: string, ops: readonly Op[], writes: 'usual' | 'synced'): Promise<Drained> {
  mkdirSync(path.join(dir, 'server'), { recursive: true });
  const script = path.join(import.meta.dirname, 'pouchServer.ts');
  const server = await startReadyProcess(script, [path.join(dir, 'server'), writes]);
  const local = new PouchDB(path.join(dir, 'local'));
  try {
    await local.bulkDocs(ops.map((op) => ({ _id: op.op_id, ...op })));
    const measured = await measure(server.child.pid, ops.length, async () => {
      const { docs_written: written } = await local.replicate.to(`${server.url}/ops`);
      if (written !== ops.length) throw new Error(`PouchDB wrote ${written} of ${ops.length}`);
    });
    return measured;
  } finally {
    await local.close();
    await stopProcess(server.child, 'SIGTERM');
  }
}

/** Reads the log as the terminal does, and sends it; nothing is written down here. */
async function drainBare(terminalDir: string, dir: string, count: number): Promise<Drained> {
  const server = await startReadyProcess(path.join(import.meta.dirname, 'bareServer.ts'), [dir]);
  const store = openStore(terminalDir);
  const line = await PushLine.open(server.url);
  try {
    return await measure(server.child.pid, count, async () => {
      const limit = { rows: PUSH_MAX_OPS, bytes: PUSH_MAX_BYTES };
      let sent: Promise<void> = Promise.resolve();
      for (let after = 0; after < count; ) {
        const { ops } = store.outgoing.read(store.ledger.epoch, after, limit);
        const body = Buffer.from(`{"ops":[${ops.map(({ json }) => json.toString()).join(',')}]}`);
        await sent;
        sent = line.post(pushRequest('/', body, {}));
        after = ops.at(-1)?.seq ?? count;
      }
      await sent;
    });
  } finally {
    line.close();
    store.close();
    await stopProcess(server.child, 'SIGTERM');
  }
}

interface OwnDrained {
  drained: Drained;
  /** Until every outcome is written down at the terminal. */
  judged: Drained;
  /** Of both sides, after the last acknowledgement, until the terminal has read what came of it, µs/op. */
  afterCpu: number;
}

/** @param isKnown the terminal is enrolled before the clock starts, as PouchDB has its databases open before it replicates */
async function drain(terminalDir: string, centreDir: string, count: number, isKnown: boolean): Promise<OwnDrained> {
  const enrolmentCode = await createEnrolmentCodeOffline(centreDir, { terminal: TERMINAL });
  const centre = await startCentreProcess(centreDir);
  const store = openStore(terminalDir);
  const acked = Promise.withResolvers<void>();
  const judged = Promise.withResolvers<void>();
  const readAll = Promise.withResolvers<void>();
  const look = () => {
    if (store.delivery.progress().acked < count) return;
    acked.resolve();
    if (store.delivery.results.heldEpochs().length === 0) judged.resolve();
  };
  const start = () =>
    new SyncClient({
      ...{ store, url: centre.url, terminal: TERMINAL, hall: 'main', enrolmentCode, now: Date.now },
      onChange() {
        look();
        // The first exchange has ended.
        if (client?.state.link === 'connected') readAll.resolve();
      },
      onStreams: () => {},
      onPublished: () => {},
      log: (event, fields) => {
        if (event !== 'signing') acked.reject(new Error(`${event} ${JSON.stringify(fields)}`));
      },
    });
  let client: SyncClient | null = null;
  try {
    if (isKnown)
      await enrol(store, new CentreApi(centre.url, connectHttp(centre.url)), {
        home: centre.url,
        terminal: TERMINAL,
        code: enrolmentCode,
      });
    const all = meter(centre.child.pid, count);
    client = start();
    await acked.promise;
    const drained = all();
    const after = meter(centre.child.pid, count);
    await judged.promise;
    const judgedAll = all();
    await readAll.promise;
    const refused = store.db.prepare('SELECT count(*) FROM op_result').pluck().get();
    if (refused !== 0) throw new Error(`${String(refused)} ops were not applied`);
    return { drained, judged: judgedAll, afterCpu: after().cpu };
  } finally {
    await client?.stop();
    store.close();
    await stopProcess(centre.child, 'SIGTERM');
  }
}

/** @returns what it was since now */
function meter(pid: number | undefined, count: number): () => Drained {
  const [cpuBefore, ownBefore, startedAt] = [cpuSeconds(pid), process.cpuUsage(), performance.now()];
  return () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const own = process.cpuUsage(ownBefore);
    const terminalCpu = (own.user + own.system) / count;
    const cpu = ((cpuSeconds(pid) - cpuBefore) * 1_000_000) / count + terminalCpu;
    return { rate: count / seconds, cpu, terminalCpu };
  };
}

async function measure(pid: number | undefined, count: number, work: () => Promise<void>): Promise<Drained> {
  const read = meter(pid, count);
  await work();
  return read();
}
