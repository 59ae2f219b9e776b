import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { NOTICE } from '../../domain/preReview/notice.ts';
import { renderPng } from '../../native/simulator/escpos/render.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import type { Slip } from '../../native/simulator/escpos/slip.ts';
import { type SamSimulator, startSamSimulator } from '../../native/simulator/sam-ga450/simulator.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import {
  clerkAt,
  type Hub,
  startFrontDesk,
  startHub,
  startTerminal,
  type Terminal,
} from '../fixtures/queueTerminals.ts';

/** A kiosk with a real reader line, a real printer line and a hub in a process of its own; a window that opens its slips. */

const WAIT = { timeout: 45_000, interval: 20 };
/** Ten seconds of silence pass in two, where the hub is killed; a busy machine must not seem silent elsewhere. */
const SPEED = { usual: 1, killed: 5 };
/** Of which block a number is depends on who asked for one first. */
const NUMBER = /^B(001|500)$/;
const NOBODY = '110101190001010014';
const WANG = '220402195811230029';

let folder: string;
let hub: Hub;
let kiosk: Terminal;
let window: Terminal;
let reader: SamSimulator;
let printer: EscposSimulator;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prereview-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async ({ task }) => {
  const speed = task.name.startsWith('without the hub') ? SPEED.killed : SPEED.usual;
  [hub, reader, printer] = await Promise.all([
    startHub(['K01', 'W01']),
    startSamSimulator({ port: 'tcp://127.0.0.1:0' }),
    startEscposSimulator({ port: 'tcp://127.0.0.1:0' }),
  ]);
  await upsertStaffOffline(hub.dir, {
    hall: 'main',
    number: '4001',
    name: '韩雪',
    roles: ['GUIDE'],
    password: 'example-pass',
  });
  await startFrontDesk(hub);
  const devices = {
    idReader: { driver: 'sam-ga450', port: reader.port },
    ticketPrinter: { driver: 'escpos', port: printer.port },
  };
  [kiosk, window] = await Promise.all([
    startTerminal(hub, 'K01', { role: 'prereview', speed, config: { devices } }),
    startTerminal(hub, 'W01', { speed }),
  ]);
  await vi.waitFor(() => window.signIn(clerkAt('W01')), WAIT);
  await vi.waitFor(async () => {
    const all = await kiosk.call('devices.status', {});
    expect(all.map(({ health }) => health)).toEqual(['online', 'online']);
    // The hall's stops and plan have come: numbers can be given.
    expect((await kiosk.call('sync.status', {})).link).toBe('connected');
  }, WAIT);
});
afterEach(async () => {
  await Promise.all([kiosk.dispose(), window.dispose()]);
  await Promise.all([reader.close(), printer.close(), hub.dispose()]);
});

async function lay(card: string) {
  reader.layCard(card);
  const visitor = await kiosk.call('prereview.identify', { notice: NOTICE.version, by: { kind: 'card' } });
  reader.liftCard();
  return visitor;
}

const typeIn = (number: string) =>
  kiosk.call('prereview.identify', { notice: NOTICE.version, by: { kind: 'typed', number } });

async function answerAll(lacking: readonly string[] = []): Promise<void> {
  const { materials } = await kiosk.call('prereview.start', { itemCode: 'A09' });
  for (const { code } of materials) await kiosk.call('prereview.setMaterial', { code, has: !lacking.includes(code) });
}

function scan(slip: Slip | undefined): string[] {
  if (!slip) throw new Error('no slip came out');
  const file = path.join(folder, `${slip.number}.png`);
  writeFileSync(file, renderPng(slip.ops));
  return execFileSync('zbarimg', ['-q', file], { encoding: 'utf8' }).trim().split('\n').sort();
}

test('everything is there: a number from the hub, ticket and pass on paper, opened at a window by its passport', async () => {
  const visitor = await lay('zhangsan');
  expect(visitor).toMatchObject({ way: 'card', unfinished: [] });
  expect(JSON.stringify(visitor)).not.toMatch(/张三|\b\d{17}[\dX]\b/);
  await answerAll();
  const result = await kiosk.call('prereview.finish', {});
  expect(result).toMatchObject({
    outcome: 'passed',
    missing: [],
    ticket: {
      number: expect.stringMatching(NUMBER),
      floor: 2,
      zone: '二楼 非涉税综合服务区',
      peopleAhead: 0,
      by: 'hub',
    },
    printed: { slips: 2, problem: null },
  });
  expect(result.number).toMatch(/^Y\d{8}01\d{4}$/);

  const number = result.ticket?.number ?? '';
  const [ticket, pass] = printer.slips();
  expect(ticket?.lines.join('\n')).toContain(number);
  expect(ticket?.lines.join('\n')).not.toMatch(/张|220402/);
  const ticketCode = `T${result.number.slice(1, 9)}${number}`;
  expect(scan(ticket)).toEqual([`CODE-128:${ticketCode}`, `QR-Code:${ticketCode}`]);
  const [bars, qr] = scan(pass);
  expect(bars).toBe(`CODE-128:${result.number}`);
  const passport = qr?.replace('QR-Code:', '') ?? '';
  expect(passport).toMatch(/^YC1\*/);
  expect(passport).not.toMatch(/\d{17}/);

  await vi.waitFor(async () => {
    const opened = await window.call('prereview.get', { by: { passport } });
    expect(opened).toMatchObject({
      origin: 'record',
      number: result.number,
      ticketNumber: number,
      state: 'PRE_PASSED',
    });
    expect(opened.parties[0]?.name).toBe('张三');
    const idNumber = opened.parties[0]?.idNumber ?? '';
    expect((await window.call('prereview.get', { by: { number: result.number }, idNumber })).holder).toBe('same');
    expect((await window.call('prereview.get', { by: { id: result.id }, idNumber: NOBODY })).holder).toBe('other');
  }, WAIT);
  expect(await codeOf(window.call('prereview.get', { by: { passport: passport.replace('A09', 'A05') } }))).toBe(
    'passport-forged',
  );
});

test('a double touch is one number, and the same person has one for the same item', async () => {
  await lay('zhangsan');
  await answerAll();
  const [first, second] = await Promise.all([kiosk.call('prereview.finish', {}), kiosk.call('prereview.finish', {})]);
  expect(second).toEqual(first);
  expect(printer.slips()).toHaveLength(2);
  await kiosk.call('prereview.cancel', {});
  await lay('zhangsan');
  await answerAll();
  const again = await kiosk.call('prereview.finish', {});
  expect(again.ticket).toBeNull();
  expect(again.ticketProblem).toMatchObject({
    code: 'one-ticket-each',
    message: expect.stringContaining(first.ticket?.number ?? 'none'),
  });
  expect(again.printed.slips).toBe(1);
});

test('what is missing is said at once, and who comes back the same day goes on and is let in front', async () => {
  const visitor = await lay('zhangsan');
  expect(visitor.unfinished).toEqual([]);
  await answerAll(['M05', 'M13']);
  const result = await kiosk.call('prereview.finish', {});
  expect(result).toMatchObject({ outcome: 'failed', ticket: null, printed: { slips: 1 } });
  expect(result.missing.map(({ code }) => code).sort()).toEqual(['M05', 'M13']);
  const [notice] = printer.slips();
  const words = notice?.lines.join('').replaceAll(' ', '') ?? '';
  expect(words).toContain('一次性告知单');
  for (const { name, where } of result.missing) {
    expect(words).toContain(name);
    expect(words).toContain(where);
  }
  expect(words).toContain('优先安排');
  expect(scan(notice)).toEqual([`CODE-128:${result.number}`, `QR-Code:${result.number}`]);
  await kiosk.call('prereview.cancel', {});

  const back = await lay('zhangsan');
  expect(back.unfinished).toMatchObject([{ id: result.id, itemCode: 'A09' }]);
  const { materials } = await kiosk.call('prereview.start', { itemCode: 'A09', resume: result.id });
  expect(
    materials
      .filter(({ has }) => has === null)
      .map(({ code }) => code)
      .sort(),
  ).toEqual(['M05', 'M13']);
  for (const { code } of materials) await kiosk.call('prereview.setMaterial', { code, has: true });
  const passed = await kiosk.call('prereview.finish', {});
  expect(passed).toMatchObject({ id: result.id, number: result.number, outcome: 'passed' });
  expect(printer.slips().at(-2)?.lines.join('\n')).toContain('补材料返回');
  await vi.waitFor(async () => {
    const record = await window.call('prereview.get', { by: { id: result.id } });
    expect(record.state).toBe('PRE_PASSED');
  }, WAIT);
});

test('nothing of who walks away is stored, and a card read for an ended visit is nobody’s', async () => {
  await lay('zhangsan');
  await answerAll();
  await kiosk.call('prereview.cancel', {});
  expect(await codeOf(kiosk.call('prereview.finish', {}))).toBe('visit-over');
  expect(kiosk.read("SELECT count(*) FROM op WHERE kind LIKE 'prereview.%'")).toEqual([0]);
  const waiting = codeOf(
    kiosk.call('prereview.identify', { notice: NOTICE.version, by: { kind: 'card', waitMs: 20_000 } }),
  );
  await kiosk.call('prereview.cancel', {});
  reader.layCard('zhangsan');
  expect(await waiting).toBe('visit-over');
  expect(await codeOf(kiosk.call('prereview.start', { itemCode: 'A09' }))).toBe('visit-over');
});

test('a typed number is checked, asks for the card, and is compared at the window', async () => {
  expect(await codeOf(typeIn('220402195811230020'))).toBe('id-number-wrong');
  const visitor = await typeIn(NOBODY);
  expect(visitor).toMatchObject({ name: null, way: 'typed', elder: true, number: '110***********0014' });
  const { materials } = await kiosk.call('prereview.start', { itemCode: 'A09' });
  expect(materials.map(({ code }) => code)).toContain('M02');
  expect(await codeOf(kiosk.call('prereview.finish', {}))).toBe('prereview-unfinished');
  expect(await codeOf(kiosk.call('prereview.setMaterial', { code: 'M30', has: true }))).toBe('prereview-not-asked');
  for (const { code } of materials) await kiosk.call('prereview.setMaterial', { code, has: true });
  const { id } = await kiosk.call('prereview.finish', {});
  await vi.waitFor(async () => {
    const opened = await window.call('prereview.get', { by: { id }, idNumber: NOBODY });
    expect(opened).toMatchObject({ parties: [], typedNumber: NOBODY, holder: 'same', elder: true });
  }, WAIT);
  await kiosk.call('prereview.cancel', {});
  await typeIn(NOBODY);
  expect(await codeOf(kiosk.call('prereview.start', { itemCode: 'A03' }))).toBe('prereview-not-needed');
  expect(await codeOf(kiosk.call('prereview.start', { itemCode: 'D01' }))).toBe('bad-input');
  expect(await codeOf(kiosk.call('prereview.start', { itemCode: 'W01' }))).toBe('item-not-found');
});

test('without paper the number stays valid, and staff print it again, marked', async () => {
  printer.setFault('paper-out');
  await lay('zhangsan');
  await answerAll();
  const result = await kiosk.call('prereview.finish', {});
  const number = result.ticket?.number ?? '';
  expect(number).toMatch(NUMBER);
  expect(result.printed).toMatchObject({ slips: 0, problem: { code: 'printer-paper-out' } });
  await kiosk.call('prereview.cancel', {});
  printer.setFault(null);
  const again = () => kiosk.call('ticket.reprint', { commandId: v7(), number });
  expect(await codeOf(again())).toBe('not-signed-in');
  await kiosk.signIn('4001');
  await vi.waitFor(async () => expect((await again()).printed).toEqual({ slips: 1, problem: null }), WAIT);
  expect(printer.slips().at(-1)?.lines.join('\n')).toMatch(new RegExp(`重打[\\s\\S]*${number}`));
  expect(await codeOf(kiosk.call('ticket.reprint', { commandId: v7(), number: 'B999' }))).toBe('ticket-gone');
});

test('without the hub the kiosk goes on from its own block, and its slip opens at a window that never heard of it', {
  timeout: 60_000,
}, async () => {
  // The kiosk has its lease, the window knows the key of the kiosk.
  await vi.waitFor(() => {
    expect(kiosk.read("SELECT count(*) FROM hall_record WHERE kind = 'lease'")[0]).toBeGreaterThan(0);
    expect(window.read("SELECT count(*) FROM hall_record WHERE kind = 'signer'")).toEqual([1]);
  }, WAIT);
  await hub.kill();
  await lay('zhangsan');
  await answerAll();
  const result = await kiosk.call('prereview.finish', {});
  expect(result.ticket).toMatchObject({ by: 'lease', number: expect.stringMatching(/^B\d{3}$/) });
  const [ticket, pass] = printer.slips();
  expect(ticket?.lines.join('\n')).toContain('网络中断时取号');
  const passport = scan(pass)[1]?.replace('QR-Code:', '') ?? '';
  const opened = await window.call('prereview.get', { by: { passport }, idNumber: WANG });
  expect(opened).toMatchObject({
    origin: 'passport',
    id: result.id,
    itemCode: 'A09',
    ticketNumber: result.ticket?.number,
    holder: 'other',
    parties: [],
  });
  expect(opened.materials).toContainEqual({ code: 'M05', has: true });
  expect(await codeOf(window.call('prereview.get', { by: { id: result.id } }))).toBe('prereview-not-found');
});

test('the desk gives numbers without pre-review: priority, enterprise, and nothing for what does not exist', async () => {
  await kiosk.signIn('4001');
  const take = (wanted: Parameters<typeof kiosk.call<'ticket.take'>>[1]['for']) =>
    kiosk.call('ticket.take', { commandId: v7(), for: wanted });
  expect((await take({ kind: 'ordinary', itemCode: 'A05', priority: true })).ticket).toMatchObject({
    number: expect.stringMatching(/^V/),
    class: 'priority',
  });
  expect((await take({ kind: 'enterprise', itemCode: 'A05', batch: 50 })).ticket).toMatchObject({
    number: expect.stringMatching(/^E/),
    class: 'enterprise',
  });
  expect(
    printer
      .slips()
      .map(({ lines }) => lines.join(' '))
      .join('\n'),
  ).toMatch(/优先办理[\s\S]*绿色通道 共50件/);
  expect(await codeOf(take({ kind: 'pickup', caseNumber: '20261127070012' }))).toBe('case-not-found');
  expect(await codeOf(take({ kind: 'back', number: 'Y20261127010001' }))).toBe('back-not-found');
  expect(await codeOf(take({ kind: 'appointment', code: '12345678' }))).toBe('appointment-gone');
});

test('a call for help reaches the desks once, and who answers it is known', async () => {
  await kiosk.call('prereview.help', {});
  await kiosk.call('prereview.help', {});
  const calls = () => window.call('prereview.helpCalls', {});
  await vi.waitFor(async () => expect(await calls()).toMatchObject([{ terminal: 'K01', floor: 2 }]), WAIT);
  const [{ id } = { id: '' }] = await calls();
  await window.call('prereview.answerHelp', { id });
  expect(await calls()).toEqual([]);
  expect(await codeOf(window.call('prereview.answerHelp', { id }))).toBe('help-answered');
});
