import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIngest, type Ingest } from '../../centre/ingest.ts';
import { openStore } from '../../centre/store/openStore.ts';
import { type DatabaseAddress, parseDatabaseUrl } from '../../centre/store/postgres/address.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { createPostgres } from '../fixtures/postgresServer.ts';
import { type Figure, figure } from './figures.ts';

/** Devices that push at once, ops in one push, pushes of each device. */
const SHAPES = {
  alone: { devices: 1, size: 1, pushes: 400 },
  together: { devices: 18, size: 1, pushes: 60 },
  batched: { devices: 8, size: 256, pushes: 3 },
} as const;

/**
 * Acceptances a second into the store of the centre, without HTTP: on PostgreSQL, beside the same on SQLite. Both durable, on
 * the same disk; the server on the same cores.
 */
export async function benchStore(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const server = createPostgres();
  try {
    server.start();
    server.psql('postgres', 'CREATE DATABASE centre');
    const sqlite = await rates(path.join(dir, 'sqlite'));
    const postgres = await rates(path.join(dir, 'postgres'), parseDatabaseUrl(server.url('centre')));
    return Object.keys(SHAPES).flatMap((name) => [
      figure(`store.sqlite.${name}`, sqlite.get(name) ?? 0, 'ops/s'),
      figure(`store.postgres.${name}`, postgres.get(name) ?? 0, 'ops/s', sqlite.get(name)),
    ]);
  } finally {
    server.dispose();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function rates(dataDir: string, database?: DatabaseAddress): Promise<Map<string, number>> {
  const store = openStore({ dataDir, database });
  const ingest = createIngest({ store, now: () => 0, onPublished: () => {} });
  const found = new Map<string, number>();
  let terminal = 10;
  for (const [name, { devices, size, pushes }] of Object.entries(SHAPES)) {
    const makers = Array.from({ length: devices }, () => {
      terminal += 1;
      const maker = new OpMaker({ name: `${name}${terminal}`, terminal: String(terminal) });
      while (maker.ops.length < size * pushes) maker.acceptCase();
      return maker;
    });
    const startedAt = performance.now();
    await Promise.all(makers.map((maker) => pushAll(ingest, maker, size)));
    found.set(name, (devices * size * pushes) / ((performance.now() - startedAt) / 1000));
  }
  store.close();
  return found;
}

async function pushAll(ingest: Ingest, { device, epoch, ops }: OpMaker, size: number): Promise<void> {
  for (let from = 0; from < ops.length; from += size) {
    const author = { device, hall: 'main', centre: false };
    const verdict = await ingest.push({ author, epoch, ops: ops.slice(from, from + size) });
    if (verdict.kind !== 'taken') throw new Error(`a push was not taken: ${verdict.kind}`);
  }
}
