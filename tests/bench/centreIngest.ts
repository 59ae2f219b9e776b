import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';

/**
 * How fast the centre takes ops over HTTP, beside a durable one-row insert into the same kind of file (design.md §10):
 * `node tests/bench/centreIngest.ts [single pushes] [batched ops]`. One JSON line per figure.
 */

const SINGLE_DEVICES = 64;
const BATCH_DEVICES = 8;
const BATCH = 256;
const [singles = 8000, batched = 40_960] = process.argv.slice(2).map(Number);

const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
const agent = new Agent({ keepAlive: true, maxSockets: SINGLE_DEVICES });
const { url, child } = await startCentreProcess(dir);
try {
  const baseline = measureBaseline();
  report('centre-single-pushes', await measure(SINGLE_DEVICES, 1, singles, 's'), baseline);
  report('centre-batched-ops', await measure(BATCH_DEVICES, BATCH, batched, 'b'), baseline);
} finally {
  agent.destroy();
  await stopProcess(child, 'SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}

/** Durable one-row inserts a second, alone on the same disk. */
function measureBaseline(): number {
  const db = openDatabase(path.join(dir, 'baseline'));
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO row (text) VALUES (?)');
  const text = 'x'.repeat(1500);
  const started = performance.now();
  for (let count = 0; count < 1000; count += 1) insert.run(text);
  const rate = 1000 / ((performance.now() - started) / 1000);
  db.close();
  return rate;
}

/** @returns ops a second */
async function measure(deviceCount: number, size: number, total: number, name: string): Promise<number> {
  const perDevice = Math.ceil(total / deviceCount / size);
  const runs = await Promise.all(
    Array.from({ length: deviceCount }, async (_, index) => {
      const maker = new OpMaker({ name: `${name}${index}`, terminal: String(index + (size > 1 ? 90 : 10)) });
      const code = await createEnrolmentCodeOffline(dir, { terminal: 'W07' });
      const answer = await post('/sync/v1/enrol', JSON.stringify({ code, device: maker.device, terminal: 'W07' }));
      const { token } = JSON.parse(answer) as { token: string };
      const bodies = Array.from({ length: perDevice }, () => {
        const ops = Array.from({ length: size }, () => maker.acceptCase());
        return JSON.stringify({ device: maker.device, epoch: 1, ops });
      });
      return { token, bodies };
    }),
  );
  const started = performance.now();
  await Promise.all(
    runs.map(async ({ token, bodies }) => {
      for (const body of bodies) await post('/sync/v1/push', body, token);
    }),
  );
  return (deviceCount * perDevice * size) / ((performance.now() - started) / 1000);
}

function post(pathname: string, body: string, token?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const call = request(url + pathname, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${pathname}: ${response.statusCode}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

function report(name: string, value: number, baseline: number): void {
  const line = {
    name,
    value: Math.round(value),
    unit: 'ops/s',
    baseline: Math.round(baseline),
    ratio: value / baseline,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
