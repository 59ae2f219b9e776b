import { existsSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MethodInput, MethodName } from '../../contract/rpc.ts';
import { NOTICE } from '../../domain/preReview/notice.ts';
import { acceptanceDraft } from '../../tests/fixtures/acceptance.ts';
import { attach, jpegWith } from '../../tests/fixtures/attachments.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../../tests/fixtures/staff.ts';

const AUDITOR = { ...CLERK, number: '9101', roles: ['AUD' as const], passwordHash: phcOf('audit-pass') };
const DAY = 24 * 60 * 60_000;

let clock = Date.parse('2026-11-23T02:00:00.000Z');
let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00.000Z');
  terminal = startTestService({ staff: [CLERK, AUDITOR], now: () => clock });
  await terminal.login();
});
afterEach(() => terminal.dispose());

const refuse = () =>
  terminal.call('case.refuse', {
    commandId: v7(),
    draft: acceptanceDraft(),
    refusal: { ground: 'incomplete', reason: '材料不全', missing: [{ text: '抵押合同', why: '未提交' }] },
  });
const stateOf = async (id: string) => {
  await terminal.login();
  return (await terminal.call('case.get', { id })).record.state;
};

test('a refusal whose notice was never printed counts as accepted the next day, from the hour of hand-in', async () => {
  const { id, acceptedAt } = await refuse();
  await terminal.restart();
  expect(await stateOf(id)).toBe('AT_WINDOW');
  clock += DAY;
  await terminal.restart();
  expect(await stateOf(id)).toBe('ACCEPTED');
  const { record } = await terminal.call('case.get', { id });
  expect(record).toMatchObject({ acceptedAt, refusal: { ground: 'incomplete' } });
  expect(record.history.at(-1)).toMatchObject({ step: 'T11', by: 'system' });
});

test('in the night what may no longer be kept is removed, with an audit line, and nothing by day', async () => {
  const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  await terminal.call('draft.save', { draft: { item: 'A05' } });
  clock += 60 * DAY;
  await terminal.restart();
  await terminal.login();
  expect((await terminal.call('draft.load', {})).draft).not.toBeNull();
  // Eight in the evening of the hall.
  clock += 10 * 60 * 60_000;
  await terminal.restart();
  await terminal.call('session.login', { number: '9101', password: 'audit-pass' }, 'desk', 'supervisor');
  const kinds = async () =>
    (await terminal.call('audit.list', {}, 'desk', 'supervisor')).rows.map(({ kind, actor }) => `${kind} ${actor}`);
  await expect.poll(kinds).toContain('retention.ran system');
  await terminal.login();
  expect((await terminal.call('draft.load', {})).draft).toBeNull();
  // Without a centre nothing is synced, so the case stays however old it is.
  expect((await terminal.call('case.get', { id })).record.state).toBe('ACCEPTED');
});

test('at its start a kiosk ends the pre-reviews it made two days ago', async () => {
  const kiosk = startTestService({
    staff: [],
    config: { terminal: { id: 'K01', hall: 'main', role: 'prereview', floor: 2 } },
    now: () => clock,
  });
  const call = <M extends MethodName>(method: M, input: MethodInput<M>) =>
    kiosk.call(method, input, 'page-1', 'prereview');
  await call('prereview.identify', {
    notice: NOTICE.version,
    by: { kind: 'typed', number: '110101190001010014' },
  });
  const { materials } = await call('prereview.start', { itemCode: 'A09' });
  for (const { code } of materials) await call('prereview.setMaterial', { code, has: true });
  const { id } = await call('prereview.finish', {});
  const find = "SELECT lower(hex(id)) || ' ' || key FROM hall_record WHERE kind = 'prereview'";
  const kept = () => kiosk.withFile((db) => db.prepare(find).pluck().all());
  const short = id.replaceAll('-', '');
  expect(await kept()).toEqual([`${short} PRE_PASSED`]);
  clock += 2 * DAY;
  await kiosk.restart();
  expect(await kept()).toEqual([`${short} ENDED`]);
  await kiosk.dispose();
});

test('in the night pages that were scanned and given up a month ago are wiped, and newer ones are not', async () => {
  const old = await attach(terminal, jpegWith('old'), { caseId: v7() });
  clock += 31 * DAY;
  const fresh = await attach(terminal, jpegWith('fresh'), { caseId: v7() });
  const fileOf = ({ blob: { sha256 } }: typeof old) =>
    path.join(terminal.dir, 'blobs', sha256.slice(0, 2), sha256.slice(2));
  // The clock of the test is not the disk's.
  for (const [page, at] of [
    [old, clock - 31 * DAY],
    [fresh, clock],
  ] as const)
    utimesSync(fileOf(page), at / 1000, at / 1000);
  clock += 10 * 60 * 60_000;
  await terminal.restart();
  await expect.poll(() => existsSync(fileOf(old))).toBe(false);
  expect(existsSync(fileOf(fresh))).toBe(true);
});
