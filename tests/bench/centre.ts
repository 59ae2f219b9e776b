import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { startCentreProcess, startReadyProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import { type Figure, figure } from './figures.ts';
import { PushLine, pushRequest } from './pushLine.ts';

/** Devices that push at once, ops in one push, pushes of each device. */
interface Shape {
  devices: number;
  size: number;
  pushes: number;
}

const SINGLE: Shape = { devices: 64, size: 1, pushes: 600 };
const BATCHED: Shape = { devices: 8, size: 256, pushes: 20 };
/** Of the centre's own group commit. */
const GROUP = 1024;

/** What one device sends: the path is the same everywhere. */
interface Sender {
  requests: Buffer[];
  texts: string[];
}

/**
 * How fast the centre takes ops over HTTP, client and server on the same cores. Single pushes stand beside an echo of the
 * same bodies by the same framework; batched ops beside raw inserts of the same texts in groups of the same size, durable
 * and encrypted alike. Targets: ≥ 5,000 pushes/s, ≥ 15,000 batched ops/s on 2 cores. `cpu` is the centre's own time for
 * one op, which another load on the machine changes least.
 */
export async function benchCentre(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const centre = await startCentreProcess(path.join(dir, 'centre'));
  const echo = await startReadyProcess(path.join(import.meta.dirname, 'echoServer.ts'), []);
  try {
    const figures: Figure[] = [];
    for (const [name, shape, terminal] of [
      ['single', SINGLE, 10],
      ['batched', BATCHED, 80],
    ] as const) {
      const senders = await prepare(shape, name, terminal, centre.url, path.join(dir, 'centre'));
      const ops = shape.devices * shape.size * shape.pushes;
      const echoed = ops / (await send(echo.url, senders));
      const before = cpuSeconds(centre.child.pid);
      const rate = ops / (await send(centre.url, senders));
      const cpu = (cpuSeconds(centre.child.pid) - before) / ops;
      const baseline = name === 'single' ? echoed : insertRate(path.join(dir, 'baseline'), senders);
      figures.push(
        figure(`centre.${name}`, rate, 'ops/s', baseline),
        figure(`centre.${name}.cpu`, cpu * 1_000_000, 'µs/op'),
      );
    }
    return figures;
  } finally {
    await stopProcess(echo.child, 'SIGTERM');
    await stopProcess(centre.child, 'SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Enrols the devices and makes all their requests, in the form in which a terminal sends its log. */
async function prepare(
  { devices, size, pushes }: Shape,
  name: string,
  terminal: number,
  url: string,
  centreDir: string,
): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (let index = 0; index < devices; index++) {
    const maker = new OpMaker({ name: `${name}${index}`, terminal: String(terminal + index) });
    const code = await createEnrolmentCodeOffline(centreDir, { terminal: 'W07' });
    const answer = await fetch(`${url}/sync/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device: maker.device, terminal: 'W07' }),
    });
    const { token } = (await answer.json()) as { token: string };
    const texts: string[] = [];
    const requests = Array.from({ length: pushes }, () => {
      const ops = Array.from({ length: size }, () => {
        const op = maker.acceptCase();
        return { ...op, body: JSON.parse(canonicalJson(op.body)) as unknown };
      });
      texts.push(...ops.map((op) => JSON.stringify(op)));
      const body = Buffer.from(JSON.stringify({ device: maker.device, epoch: 1, ops }));
      return pushRequest('/sync/v1/push', body, { authorization: `Bearer ${token}` });
    });
    senders.push({ requests, texts });
  }
  return senders;
}

/** @returns seconds until the last answer */
async function send(url: string, senders: readonly Sender[]): Promise<number> {
  const lines = await Promise.all(senders.map(() => PushLine.open(url)));
  const startedAt = performance.now();
  await Promise.all(
    senders.map(async ({ requests }, index) => {
      for (const request of requests) await lines[index]?.post(request);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  for (const line of lines) line.close();
  return seconds;
}

/** Rows a second of the same texts into one plain table. */
function insertRate(dir: string, senders: readonly Sender[]): number {
  const db = openDatabase(dir);
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO row (text) VALUES (?)');
  const texts = senders.flatMap((sender) => sender.texts);
  const startedAt = performance.now();
  for (let first = 0; first < texts.length; first += GROUP) {
    db.transaction(() => {
      for (const text of texts.slice(first, first + GROUP)) insert.run(text);
    }).immediate();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  db.close();
  return texts.length / seconds;
}
