import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpEnvelope } from '../../contract/ops.ts';
import { PUSH_MAX_OPS } from '../../contract/sync.ts';
import { headStatement } from '../../domain/ledger/statements.ts';
import { startCentreProcess, startReadyProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { nextAcceptance, nextCase, OPS_OF_CASE } from './caseOps.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import { type Figure, figure } from './figures.ts';
import { enrolFleet } from './fleet.ts';
import { insertRate } from './insertRate.ts';
import { PushLine, pushRequest } from './pushLine.ts';

/** How many terminals push, what each sends in how many requests, and over how many lines. */
export interface PushShape {
  name: string;
  terminals: number;
  /** Of each terminal, one after the other. */
  pushes: number;
  /** Ops in one push. */
  size: number;
  /** Of what: whole cases as windows send them, or acceptances and nothing else. */
  ops: 'cases' | 'acceptances';
  /** Of machines with a key of their own: each push is signed, and so is the receipt. */
  signed?: boolean;
  /** Terminals share so many connections, each with one request at a time: what is on its way at once. */
  lines: number;
}

const SHAPES: readonly PushShape[] = [
  { name: 'single.18', terminals: 18, pushes: 1000, size: 1, ops: 'cases', lines: 18 },
  { name: 'single.1800', terminals: 1800, pushes: 16, size: 1, ops: 'cases', lines: 256 },
  { name: 'single.18000', terminals: 18_000, pushes: 2, size: 1, ops: 'cases', lines: 256 },
  { name: 'single.18.signed', terminals: 18, pushes: 1000, size: 1, ops: 'cases', signed: true, lines: 18 },
  { name: 'single.1800.signed', terminals: 1800, pushes: 16, size: 1, ops: 'cases', signed: true, lines: 256 },
  { name: 'single.acceptances', terminals: 18, pushes: 600, size: 1, ops: 'acceptances', lines: 18 },
  { name: 'batched.18', terminals: 18, pushes: 8, size: PUSH_MAX_OPS, ops: 'cases', lines: 18 },
  { name: 'batched.18.signed', terminals: 18, pushes: 8, size: PUSH_MAX_OPS, ops: 'cases', signed: true, lines: 18 },
  { name: 'batched.1800', terminals: 1800, pushes: 1, size: 4 * OPS_OF_CASE, ops: 'cases', lines: 64 },
  { name: 'batched.18000.four', terminals: 18_000, pushes: 1, size: 4 * OPS_OF_CASE, ops: 'cases', lines: 256 },
  { name: 'batched.18000', terminals: 18_000, pushes: 1, size: OPS_OF_CASE, ops: 'cases', lines: 256 },
  { name: 'batched.acceptances', terminals: 18, pushes: 4, size: PUSH_MAX_OPS, ops: 'acceptances', lines: 18 },
];

/** Ops of other terminals that come first: a centre runs for months, and its code is compiled by then. */
const WARM_UP_OPS = 4096;
const WARM_UP_TERMINALS = 16;
/** Numbers of cases from here on are theirs. */
const WARM_UP_CASES = 1_000_000_000;

/** What one terminal sends: the path is the same everywhere. */
interface Sender {
  requests: Buffer[];
  texts: string[];
}

/**
 * How fast the centre takes ops over HTTP, client and server on the same cores. Single pushes stand beside an echo of the
 * same bodies by the same framework; batched ops beside raw inserts of the same texts in groups of the same size, durable
 * and encrypted alike. Targets: ≥ 5,000 single pushes/s, ≥ 15,000 batched ops/s on 2 cores. `cpu` is the centre's own
 * time for one op, which another load on the machine changes least; `driver` that of the sending side, on the same cores.
 */
export async function benchPush(shapes: readonly PushShape[] = SHAPES): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of shapes) figures.push(...(await measure(shape)));
  return figures;
}

async function measure(shape: PushShape): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  try {
    const senders = prepare(shape, path.join(dir, 'centre'));
    const others = { ...shape, name: `warm-${shape.name}`, terminals: WARM_UP_TERMINALS };
    const pushes = Math.ceil(WARM_UP_OPS / WARM_UP_TERMINALS / shape.size);
    const warmUp = prepare({ ...others, pushes }, path.join(dir, 'centre'), WARM_UP_CASES);
    const ops = shape.terminals * shape.pushes * shape.size;
    const baseline =
      shape.size === 1
        ? await echoRate(senders, shape.lines, ops)
        : insertRate(path.join(dir, 'raw'), textsOf(senders));
    const centre = await startCentreProcess(path.join(dir, 'centre'));
    try {
      await send(centre.url, warmUp, WARM_UP_TERMINALS);
      const [before, ownBefore] = [cpuSeconds(centre.child.pid), process.cpuUsage()];
      const rate = ops / (await send(centre.url, senders, shape.lines));
      const own = process.cpuUsage(ownBefore);
      const cpu = cpuSeconds(centre.child.pid) - before;
      return [
        figure(`push.${shape.name}`, rate, 'ops/s', baseline),
        figure(`push.${shape.name}.cpu`, (cpu / ops) * 1_000_000, 'µs/op'),
        figure(`push.${shape.name}.driver`, (own.user + own.system) / ops, 'µs/op'),
      ];
    } finally {
      await stopProcess(centre.child, 'SIGTERM');
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Enrols the terminals and makes all their requests, in the form in which a terminal sends its log. */
function prepare(shape: PushShape, centreDir: string, casesBefore = 0): Sender[] {
  const { name, terminals, pushes, size, ops, signed } = shape;
  let lastCase = casesBefore;
  return enrolFleet(centreDir, name.replaceAll('.', '-'), terminals, signed).map(({ maker, token, key }) => {
    const log: OpEnvelope[] = [];
    while (log.length < pushes * size) {
      lastCase += 1;
      if (ops === 'cases') log.push(...nextCase(maker, lastCase));
      else log.push(nextAcceptance(maker, lastCase));
    }
    const texts = log.slice(0, pushes * size).map((op) => JSON.stringify(op));
    const requests = Array.from({ length: pushes }, (_, index) => {
      const [first, end] = [index * size, (index + 1) * size];
      const last = log[end - 1];
      const signature = key && last && `,"signature":"${key.sign(headStatement(last))}"`;
      const body = `{"device":"${maker.device}","epoch":1,"ops":[${texts.slice(first, end).join(',')}]${signature ?? ''}}`;
      return pushRequest('/sync/v1/push', Buffer.from(body), { authorization: `Bearer ${token}` });
    });
    return { requests, texts };
  });
}

function textsOf(senders: readonly Sender[]): string[] {
  return senders.flatMap(({ texts }) => texts);
}

async function echoRate(senders: readonly Sender[], lines: number, ops: number): Promise<number> {
  const echo = await startReadyProcess(path.join(import.meta.dirname, 'echoServer.ts'), []);
  try {
    return ops / (await send(echo.url, senders, lines));
  } finally {
    await stopProcess(echo.child, 'SIGTERM');
  }
}

/** @returns seconds until the last answer */
async function send(url: string, senders: readonly Sender[], count: number): Promise<number> {
  const lines = await Promise.all(Array.from({ length: count }, () => PushLine.open(url)));
  const rounds = Math.max(...senders.map(({ requests }) => requests.length));
  const startedAt = performance.now();
  await Promise.all(
    lines.map(async (line, index) => {
      for (let round = 0; round < rounds; round++) {
        for (let at = index; at < senders.length; at += count) {
          const request = senders[at]?.requests[round];
          if (request) await line.post(request);
        }
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  for (const line of lines) line.close();
  return seconds;
}
