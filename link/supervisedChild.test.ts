import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { YichuangError } from '../contract/errors.ts';
import { type ChildState, SupervisedChild, type SupervisedChildOptions } from './supervisedChild.ts';

const ENTRY = path.join(import.meta.dirname, '..', 'tests', 'fixtures', 'supervisedScript.ts');
const DEADLINE = 45_000;

let children: SupervisedChild[];
let folder: string;
beforeEach(() => {
  children = [];
  folder = mkdtempSync(path.join(os.tmpdir(), 'child '));
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.stop(500)));
  rmSync(folder, { recursive: true, force: true });
});

function supervise(options: Partial<SupervisedChildOptions> = {}) {
  const states: ChildState[] = [];
  const child = new SupervisedChild({
    name: 'test',
    entry: ENTRY,
    execPath: process.execPath,
    start: () => ({ round: states.length }),
    onState: (state) => states.push(state),
    ...options,
  });
  children.push(child);
  return { child, states };
}

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof YichuangError ? error.code : error),
  );

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a call made before the child is up waits for it', async () => {
  const { child, states } = supervise();
  expect(child.state).toBe('starting');
  expect(await child.call('echo', { text: '受理' }, DEADLINE)).toEqual({ text: '受理' });
  expect(states).toEqual(['up']);
  expect(await child.call('pid', {}, DEADLINE)).toBe(child.pid);
  expect(await code(child.call('fail', {}, DEADLINE))).toBe('printer-paper-out');
});

test('a killed child is replaced: pending calls are rejected, new ones wait for the next child', async () => {
  const { child, states } = supervise();
  const first = await child.call('pid', {}, DEADLINE);
  const pending = code(child.call('hang', {}, DEADLINE));
  process.kill(first as number, 'SIGKILL');
  expect(await pending).toBe('service-restarting');
  expect(child.state).toBe('restarting');
  const second = await child.call('pid', {}, DEADLINE);
  expect(second).not.toBe(first);
  expect(states).toEqual(['up', 'restarting', 'up']);
});

test('a child that ends by itself is replaced, again and again, each time later', async () => {
  const { child, states } = supervise();
  for (let round = 0; round < 3; round++)
    expect(await code(child.call('crash', {}, DEADLINE))).toBe('service-restarting');
  expect(await child.call('echo', 1, DEADLINE)).toBe(1);
  expect(states).toEqual(['up', 'restarting', 'up', 'restarting', 'up', 'restarting', 'up']);
});

test('a child that never answers `start` is killed and started again', async () => {
  const marker = path.join(folder, 'was silent');
  const { child, states } = supervise({ env: { SILENT_ONCE: marker }, startDeadlineMs: 2000 });
  expect(await child.call('echo', 1, DEADLINE)).toBe(1);
  expect(existsSync(marker)).toBe(true);
  expect(states).toEqual(['restarting', 'up']);
});

test('a child that hangs up is replaced although it still runs', async () => {
  const { child, states } = supervise();
  const first = (await child.call('pid', {}, DEADLINE)) as number;
  expect(await code(child.call('hangUp', {}, DEADLINE))).toBe('service-restarting');
  await vi.waitFor(() => expect(isRunning(first)).toBe(false), DEADLINE);
  expect(await child.call('echo', 1, DEADLINE)).toBe(1);
  expect(states).toEqual(['up', 'restarting', 'up']);
});

test('restart ends a child that hangs', async () => {
  const { child } = supervise();
  const first = await child.call('pid', {}, DEADLINE);
  const pending = code(child.call('hang', {}, DEADLINE));
  child.restart();
  expect(await pending).toBe('service-restarting');
  expect(await child.call('pid', {}, DEADLINE)).not.toBe(first);
});

test('a call has its deadline while there is no child, too', async () => {
  const { child } = supervise({ entry: path.join(folder, 'missing.ts') });
  expect(await code(child.call('echo', 1, 50))).toBe('deadline');
});

test('a program that cannot be started is tried again, and can be given up', async () => {
  const execPath = path.join(folder, 'no node here yet');
  const { child, states } = supervise({ execPath });
  await vi.waitFor(() => expect(states).toEqual(['restarting']), DEADLINE);
  symlinkSync(process.execPath, execPath);
  expect(await child.call('echo', 1, DEADLINE)).toBe(1);
  const never = supervise({ execPath: path.join(folder, 'never') });
  await never.child.stop();
  expect(never.states).toContain('stopped');
});

test('stop ends the child and every call, and nothing starts again', async () => {
  const { child, states } = supervise();
  const pid = (await child.call('pid', {}, DEADLINE)) as number;
  const pending = code(child.call('hang', {}, DEADLINE));
  await child.stop();
  expect(await pending).toBe('service-restarting');
  expect(isRunning(pid)).toBe(false);
  expect(await code(child.call('echo', 1, DEADLINE))).toBe('service-restarting');
  expect(states).toEqual(['up', 'stopped']);
});

test('a child that does not want to end is killed after its grace', async () => {
  const { child } = supervise();
  const pid = (await child.call('pid', {}, DEADLINE)) as number;
  await child.call('ignoreSigterm', {}, DEADLINE);
  await child.stop(200);
  expect(isRunning(pid)).toBe(false);
});

test('every start gets fresh parameters, and every line of stderr is heard', async () => {
  const lines: string[] = [];
  let round = 0;
  const { child } = supervise({ start: () => ({ round: ++round }), onLog: (line) => lines.push(line) });
  await child.call('crash', {}, DEADLINE).catch(() => {});
  await child.call('echo', 1, DEADLINE);
  await vi.waitFor(() => expect(lines).toEqual(['started with {"round":1}', 'started with {"round":2}']), DEADLINE);
});
