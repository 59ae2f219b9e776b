import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { createIngest } from '../../centre/ingest.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { PUSH_MAX_OPS } from '../../contract/sync.ts';
import { Store } from '../../db/store.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { startCommand } from '../fixtures/command.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { nextCase } from './caseOps.ts';
import { type Figure, figure, median, time } from './figures.ts';
import { buildTown } from './town.ts';

const OPS = 100_000;
const ROUNDS = 5;
const TERMINAL = { terminal: { id: 'W07', role: 'window', hall: 'main', floor: 2 } };

/**
 * From the start of the process to its ready line over a database of so many ops that is not in the machine's page cache,
 * beside the same over one that is empty: a terminal without Electron, and a centre. In turns; the program itself is warm.
 */
export async function benchReopen(ops = OPS, rounds = ROUNDS): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  try {
    const folder = (name: string) => path.join(dir, name);
    const config = folder('terminal.json');
    writeFileSync(config, JSON.stringify(TERMINAL));
    await makeTerminal(folder('terminal-full'), ops);
    await makeTerminal(folder('terminal-empty'), 0);
    await makeCentre(folder('centre-full'), ops);
    await makeCentre(folder('centre-empty'), 0);
    const figures: Figure[] = [];
    for (const [name, open] of [
      ['terminal', (data: string) => openTerminal(config, data)],
      ['centre', openCentre],
    ] as const) {
      const full: number[] = [];
      const empty: number[] = [];
      for (let round = 0; round < rounds; round++) {
        empty.push(await openCold(folder(`${name}-empty`), open));
        full.push(await openCold(folder(`${name}-full`), open));
      }
      figures.push(figure(`reopen.${name}`, median(full), 'ms', median(empty)));
    }
    return figures;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One op in the log for each case (see `buildTown`). */
async function makeTerminal(dir: string, ops: number): Promise<void> {
  mkdirSync(dir, { mode: 0o700 });
  const key = await openKey({
    dataDir: dir,
    provisionedFile: path.join(dir, 'no-such-key'),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: () => {},
  });
  const store = Store.open({ dir, keyHex: key.hex, now: Date.now, newId: v7 });
  if (ops > 0) buildTown(store, ops);
  store.close();
}

/** Whole cases, as the centre itself takes them in. */
async function makeCentre(dir: string, count: number): Promise<void> {
  const store = openSqliteStore(dir);
  const ingest = createIngest({ store, now: Date.now, onPublished: () => {} });
  const maker = new OpMaker({ name: 'reopen' });
  const author = { device: maker.device, hall: 'main', centre: false, terminal: 'W07' };
  for (let running = 0; maker.ops.length < count; ) {
    const ops = [];
    while (ops.length < PUSH_MAX_OPS && maker.ops.length < count) ops.push(...nextCase(maker, ++running));
    const verdict = await ingest.push({ author, epoch: 1, ops });
    if (verdict.kind !== 'taken') throw new Error(`a push was ${verdict.kind}`);
  }
  store.close();
}

async function openCold(data: string, open: (data: string) => Promise<() => Promise<unknown>>): Promise<number> {
  for (const name of readdirSync(data).filter((each) => /\.db(-wal)?$/.test(each))) {
    // Tells the system that the file's pages are not needed any more.
    const file = path.join(data, name);
    execFileSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']);
  }
  let stop: () => Promise<unknown> = async () => {};
  const ms = await time(async () => {
    stop = await open(data);
  });
  await stop();
  return ms;
}

async function openTerminal(config: string, data: string): Promise<() => Promise<unknown>> {
  const { stop } = await startCommand(['terminal', '--config', config, '--data', data, '--headless', '--port', '0']);
  return stop;
}

async function openCentre(data: string): Promise<() => Promise<unknown>> {
  const { child } = await startCentreProcess(data);
  return () => stopProcess(child, 'SIGTERM');
}
