import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingPapersOf } from '../../domain/case/refusalRules.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import { startTestService } from '../fixtures/service.ts';

/** A refusal is a decision and a paper: a real service, a real devices process, a printer on a TCP line. */

let printer: EscposSimulator;
let terminal: ReturnType<typeof startTestService>;
const draft = acceptanceDraft({ materials: [] });
const refusal = { ground: 'incomplete' as const, reason: '申请材料不齐全', missing: missingPapersOf(draft) };

beforeEach(async () => {
  printer = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
  terminal = startTestService({
    config: { devices: { ticketPrinter: { driver: 'escpos', port: printer.port, baudRate: 115_200 } } },
  });
  await terminal.login();
  await expect
    .poll(async () => (await terminal.call('devices.status', {}))[0]?.health, { timeout: 45_000 })
    .toBe('online');
});
afterEach(async () => {
  await terminal.dispose();
  await printer.close();
});

const refuse = async () => (await terminal.call('case.refuse', { commandId: v7(), draft, refusal })).id;
const finish = (caseId: string) =>
  terminal.call('case.act', { commandId: v7(), caseId, baseVersion: 1, advance: { transition: 'T12', data: {} } });
const deem = (caseId: string) =>
  terminal.call('case.act', {
    commandId: v7(),
    caseId,
    baseVersion: 1,
    advance: { transition: 'T11', data: { deemed: true } },
  });
const mine = async () => (await terminal.call('case.mine', {})).rows.map((row) => row.stateCode);

test('it ends only with its notice on paper, in two copies, and then no more as accepted', async () => {
  const caseId = await refuse();
  expect(await codeOf(finish(caseId))).toBe('notice-not-printed');
  expect(await mine()).toEqual(['AT_WINDOW']);
  expect(await terminal.call('slips.print', { caseId, slip: 'refusal' })).toMatchObject({ print: 1 });
  const lines = printer.slips().map((slip) => slip.lines.join('\n'));
  expect(lines).toHaveLength(2);
  for (const paper of refusal.missing) expect(lines[0]).toContain(paper.text);
  expect(lines[0]).toContain('行政复议');
  expect(lines[0]).not.toContain('220402199003071231');
  expect(await codeOf(deem(caseId))).toBe('notice-printed');
  expect((await finish(caseId)).record.state).toBe('NOT_ACCEPTED');
  expect(await mine()).toEqual(['NOT_ACCEPTED']);
});

test('without paper it counts as accepted from the hour it was asked for', async () => {
  const caseId = await refuse();
  printer.setFault('paper-out');
  expect(await codeOf(terminal.call('slips.print', { caseId, slip: 'refusal' }))).toBe('printer-paper-out');
  expect(await codeOf(finish(caseId))).toBe('notice-not-printed');
  const before = (await terminal.call('case.get', { id: caseId })).record;
  expect(await codeOf(terminal.call('slips.preview', { caseId, slip: 'acceptance' }))).toBe('no-such-slip');
  const { record } = await deem(caseId);
  expect(record).toMatchObject({ state: 'ACCEPTED', acceptedAt: before.acceptedAt });
  expect((await terminal.call('slips.preview', { caseId, slip: 'acceptance' })).title).toBe('受理凭证');
});

test('a list that leaves something out is refused, and nothing is stored', async () => {
  const short = { ...refusal, missing: refusal.missing.slice(1) };
  expect(await codeOf(terminal.call('case.refuse', { commandId: v7(), draft, refusal: short }))).toBe(
    'refusal-incomplete',
  );
  expect(await mine()).toEqual([]);
});

test('each kind of slip has its own count', async () => {
  const { id: caseId } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  const print = (slip: 'acceptance' | 'withdrawal') => terminal.call('slips.print', { caseId, slip });
  expect([await print('acceptance'), await print('withdrawal'), await print('acceptance')]).toMatchObject([
    { print: 1 },
    { print: 1 },
    { print: 2 },
  ]);
  expect((await terminal.call('slips.preview', { caseId, slip: 'withdrawal' })).blocks).not.toContainEqual(
    expect.objectContaining({ text: expect.stringContaining('重打') }),
  );
});

test('who looked at the numbers and why, and what was remarked, stays with the case', async () => {
  const { id: caseId } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  await terminal.call('case.unmask', { caseId, reason: '核对证件' });
  await terminal.call('case.note', { caseId, kind: 'overdue-reason', text: '系统故障' });
  const { notes } = await terminal.call('case.get', { id: caseId });
  expect(notes).toMatchObject([
    { kind: 'unmasked', text: '核对证件', by: '1001' },
    { kind: 'overdue-reason', text: '系统故障', by: '1001' },
  ]);
  expect(await codeOf(terminal.call('case.unmask', { caseId: v7(), reason: '核对证件' }))).toBe('case-not-found');
  expect(await codeOf(terminal.call('case.unmask', { caseId, reason: '' }))).toBe('bad-input');
});
