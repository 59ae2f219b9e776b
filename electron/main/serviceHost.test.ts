import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodName } from '../../contract/rpc.ts';
import { SALVAGE_REQUEST_FILE } from '../../contract/salvageRequest.ts';
import type { PaperJob, ServicePush, ServiceStart } from '../../contract/serviceProtocol.ts';
import { backUp } from '../../db/backup/backup.ts';
import { BACKUP_FOLDER, DATABASE_FILE, Store } from '../../db/store.ts';
import { readDamage } from '../../disk/quarantine.ts';
import { ServiceHost, type ServiceState } from './serviceHost.ts';

const STUB = path.resolve(import.meta.dirname, '../../tests/fixtures/stubService.ts');
const START: ServiceStart = {
  configText: '{}',
  dataDir: os.tmpdir(),
  key: { holder: 'development-file', hex: '00'.repeat(32) },
  devicesEntry: '/nowhere/devices.mjs',
  execPath: process.execPath,
  version: '0.0.0',
  demo: false,
};

let folder: string;
let host: ServiceHost;
let states: ServiceState[];
let pushes: ServicePush[];
let papers: PaperJob[];
let lines: string[];
let refusals: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-host-'));
  states = [];
  pushes = [];
  papers = [];
  lines = [];
  refusals = [];
});

afterEach(async () => {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(entry: string, startWith: ServiceStart = START): void {
  host = new ServiceHost({
    entry,
    node: process.execPath,
    codeCache: path.join(folder, 'code-cache'),
    start: async () => startWith,
    isSalvaging: () => false,
    onPush: (push) => pushes.push(push),
    onPaper: async (job) => {
      papers.push(job);
    },
    onState: (state) => states.push(state),
    onRefused: (error) => refusals.push(error.code),
    onLog: (line) => lines.push(line),
  });
}

function call(method: MethodName): Promise<unknown> {
  return host.call({ connection: 'page-1', role: 'window', method, input: {} }, 10_000);
}

describe('the service host', () => {
  it('passes on calls, events of the contract, and ends of connections', async () => {
    start(STUB);
    await call('events.subscribe');
    expect(pushes.map(({ payload }) => payload)).toEqual([{ ids: ['mine'] }, { ids: ['theirs'] }, { ids: ['all'] }]);
    expect(lines.filter((line) => line.includes('outside the contract'))).toHaveLength(1);
    host.connectionClosed('page-1');
    expect(await call('session.hello')).toMatchObject({ closed: ['page-1'], role: 'window' });
    expect(states).toEqual(['up']);
  });

  it('hands papers of the service to the shell, and nothing that the contract does not know', async () => {
    start(STUB);
    expect(await call('papers.print')).toEqual({ print: 1, confirmation: 'sent' });
    expect(papers).toMatchObject([{ title: '受理凭证', copies: 1, duplex: false }]);
    await expect(call('papers.pdf')).rejects.toMatchObject({ code: 'bad-input' });
    expect(papers).toHaveLength(1);
  });

  it('keeps what would change the bundled Node out of its environment', async () => {
    const entry = path.join(folder, 'env.mjs');
    writeFileSync(entry, "console.error('env', JSON.stringify(process.env)); setInterval(() => {}, 1000);");
    process.env.NODE_OPTIONS = '--no-warnings';
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      start(entry);
    } finally {
      delete process.env.NODE_OPTIONS;
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
    await expect.poll(() => lines.find((line) => line.startsWith('env'))).toBeDefined();
    const env = JSON.parse(lines.find((line) => line.startsWith('env'))?.slice(4) ?? '');
    expect(env).toMatchObject({ NODE_OPTIONS: '', NODE_TLS_REJECT_UNAUTHORIZED: '' });
  });

  it('says that a service failed which does not come up, and keeps trying', async () => {
    const entry = path.join(folder, 'broken.mjs');
    writeFileSync(entry, 'process.exit(1);');
    start(entry);
    await expect.poll(() => states, { timeout: 45_000 }).toEqual(['failed']);
    const repaired = `await import(${JSON.stringify(STUB)});`;
    writeFileSync(entry, repaired);
    await expect.poll(() => states, { timeout: 45_000 }).toEqual(['failed', 'up']);
  });

  it('says why the service does not start over damaged data', async () => {
    const data = path.join(folder, 'data');
    const store = () => Store.open({ dir: data, keyHex: START.key.hex, now: Date.now, newId: v7 });
    store().close();
    await backUp({ dir: data, keyHex: START.key.hex, to: path.join(data, BACKUP_FOLDER), now: Date.now() });
    writeFileSync(path.join(data, DATABASE_FILE), 'no database');
    const configText = JSON.stringify({ terminal: { id: 'W07', hall: 'main' } });
    start(path.resolve(import.meta.dirname, '../../service/main.ts'), { ...START, configText, dataDir: data });
    // On a machine so busy that a start does not end in its time it is begun again, and says the same.
    await expect.poll(() => refusals, { timeout: 75_000 }).toContain('store-damaged');
    expect(readFileSync(path.join(readDamage(data)?.quarantine ?? '', DATABASE_FILE), 'utf8')).toBe('no database');
    // Whoever has no command line asks for it with a file; the key may be in the desktop's vault.
    writeFileSync(path.join(data, SALVAGE_REQUEST_FILE), '');
    await expect.poll(() => states.at(-1), { timeout: 45_000 }).toBe('up');
    expect(existsSync(path.join(data, SALVAGE_REQUEST_FILE))).toBe(false);
    expect(lines.join('\n')).toContain('salvaged');
  }, 150_000);
});
