import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';

const AUDITOR = {
  ...CLERK,
  number: '9101',
  name: '审计示例',
  roles: ['AUD' as const],
  passwordHash: phcOf('audit-pass'),
};
const SUPERVISOR = { ...AUDITOR, number: '9001', name: '主任示例', roles: ['SUP' as const] };

let clock = Date.parse('2026-11-23T02:00:00.000Z');
let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00.000Z');
  terminal = startTestService({ staff: [CLERK, AUDITOR, SUPERVISOR], now: () => clock });
  await terminal.login();
});
afterEach(() => terminal.dispose());

const accept = () => terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
const signIn = (number: string) =>
  terminal.call('session.login', { number, password: 'audit-pass' }, 'desk', 'supervisor');
const audit = (input: object = {}) => terminal.call('audit.list', input, 'desk', 'supervisor');

test('the auditor reads who did what and what was refused, and not a word of what was entered', async () => {
  const { id, version } = await accept();
  const withdraw = { transition: 'T40' as const, data: { reason: '绝密理由', signed: [] } };
  const claim = { lane: 'REV1' as const, event: 'claim' as const };
  const target = { commandId: v7(), caseId: id, baseVersion: version };
  expect(await codeOf(terminal.call('lane.act', { ...target, change: claim }))).toBe('forbidden');
  expect(await codeOf(terminal.call('case.act', { ...target, advance: withdraw }))).toBe('signatures-missing');
  await signIn('9101');
  const { rows } = await audit();
  expect(rows.map(({ kind, actor, result }) => `${kind} ${actor} ${result}`)).toEqual([
    'session.opened 9101 done',
    'attempt.refused 1001 refused',
    'case.accepted 1001 done',
    'session.opened 1001 done',
    ...Array(3).fill('staff.upserted system done'),
  ]);
  expect(rows[1]?.detail).toBe('lane.act forbidden');
  expect(rows[2]?.object).toBe(`case:${id}`);
  expect(JSON.stringify(rows)).not.toMatch(/张三|220402|绝密|示例街/);
});

test('the log is read page by page and by person, and only by auditors', async () => {
  for (let i = 0; i < 5; i++) await accept();
  expect(await codeOf(terminal.call('audit.list', {}, 'page-1', 'window'))).toBe('forbidden');
  await signIn('9001');
  expect(await codeOf(audit())).toBe('forbidden');
  await signIn('9101');
  const positions: number[] = [];
  for (let before: number | undefined; ; ) {
    const { rows, next } = await audit({ limit: 2, actor: '1001', ...(before !== undefined && { before }) });
    positions.push(...rows.map(({ position }) => position));
    if (next === null) break;
    before = next;
  }
  expect(positions).toEqual([...positions].sort((a, b) => b - a));
  expect(new Set(positions).size).toBe(6);
  expect((await audit({ refused: true })).rows.map(({ detail }) => detail)).toEqual(['audit.list forbidden']);
});

test('the meter counts what was accepted on those days, by item, for supervisors', async () => {
  await accept();
  const { id, version } = await accept();
  clock += 5 * 60_000;
  const withdraw = { transition: 'T40' as const, data: { reason: '双方协商', signed: ['张三'] } };
  await terminal.call('case.act', { commandId: v7(), caseId: id, baseVersion: version, advance: withdraw });
  const days = { from: '2026-11-23', to: '2026-11-23' };
  const read = (input = days) => terminal.call('measure.visits', input, 'desk', 'supervisor');
  await signIn('9101');
  expect(await codeOf(read())).toBe('forbidden');
  await signIn('9001');
  expect((await read()).rows).toEqual([
    {
      itemCode: 'A09',
      itemName: '抵押权注销登记',
      accepted: 2,
      ended: 1,
      oneVisit: 1,
      reasons: { supplement: 0, 'pickup-another-day': 0, 'no-show': 0 },
      median: { office: 0, idle: 300_000, paused: 0, pickupWait: 0, handover: 0 },
    },
  ]);
  expect((await read({ from: '2026-11-24', to: '2026-11-30' })).rows).toEqual([]);
});

test('second notices are for supervisors; a hall without any has an empty list', async () => {
  const read = () => terminal.call('supervision.faults', {}, 'desk', 'supervisor');
  await accept();
  await signIn('9101');
  expect(await codeOf(read())).toBe('forbidden');
  await signIn('9001');
  expect((await read()).rows).toEqual([]);
});
