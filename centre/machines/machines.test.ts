import { expect, test } from 'vitest';
import type { MachineReport } from '../../contract/machines.ts';
import { Machines } from './machines.ts';

const AT = Date.parse('2026-11-27T02:00:00.000Z');
const W03 = { id: '0198a000-0000-7000-8000-000000000003', hall: 'main', terminal: 'W03' };
const K01 = { id: '0198a000-0000-7000-8000-0000000000a1', hall: 'main', terminal: 'K01' };
const FAR = { id: '0198a000-0000-7000-8000-0000000000f1', hall: 'branch', terminal: 'W03' };

function report(alarms: [code: string, ageMs: number][] = [], more: Partial<MachineReport> = {}): MachineReport {
  return {
    ...{ role: 'window' as const, program: '0.5.0', protocol: 3, leaving: false },
    alarms: alarms.map(([code, ageMs]) => ({ code, ageMs, level: 'over' as const, known: null })),
    ...more,
  };
}

function hub() {
  let passed = 0;
  const machines = new Machines(
    () => AT + passed,
    () => passed,
  );
  const inService = new Set([W03, K01, FAR].map(({ id }) => id));
  const list = (hall = 'main') => machines.list(hall, async (device) => inService.has(device));
  return { machines, list, inService, wait: (ms: number) => (passed += ms) };
}

test('each hall hears of its own machines, by name, with what they said last and how long ago', async () => {
  const { machines, list, wait } = hub();
  machines.hear(W03, report());
  machines.hear(FAR, report());
  wait(7_000);
  machines.hear(K01, report([], { role: 'prereview', leaving: true }));
  expect(await list()).toMatchObject([
    { terminal: 'K01', role: 'prereview', left: true, heardMsAgo: 0 },
    { terminal: 'W03', left: false, heardMsAgo: 7_000, heardAt: '2026-11-27T02:00:00.000Z' },
  ]);
  expect(await list('branch')).toHaveLength(1);
});

test('since when an alarm is so is reckoned by the hub, once: a line that is slow does not move it', async () => {
  const { machines, list, wait } = hub();
  machines.hear(W03, report([['backup-failed', 60_000]]));
  wait(10_000);
  // Four seconds on the line.
  machines.hear(W03, report([['backup-failed', 66_000]]));
  const [machine] = await list();
  expect(machine?.alarms).toMatchObject([{ code: 'backup-failed', since: '2026-11-27T01:59:00.000Z' }]);
});

test('an alarm that was over and came back is another one', async () => {
  const { machines, list, wait } = hub();
  machines.hear(W03, report([['backup-failed', 3_600_000]]));
  wait(10_000);
  machines.hear(W03, report([['backup-failed', 1_000]]));
  expect((await list())[0]?.alarms[0]?.since).toBe('2026-11-27T02:00:09.000Z');
  machines.hear(W03, report());
  expect((await list())[0]?.alarms).toEqual([]);
});

test('a machine that was taken out of service is nobody’s any more', async () => {
  const { machines, list, inService } = hub();
  machines.hear(W03, report());
  inService.delete(W03.id);
  expect(await list()).toEqual([]);
  inService.add(W03.id);
  expect(await list()).toEqual([]);
});
