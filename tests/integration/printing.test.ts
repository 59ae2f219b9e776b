import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import { startTestService } from '../fixtures/service.ts';

/** A real service, a real devices process, and a printer on a TCP line. */

let printer: EscposSimulator;
let terminal: ReturnType<typeof startTestService>;
let caseId: string;

beforeEach(async () => {
  printer = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
  terminal = startTestService({
    config: { devices: { ticketPrinter: { driver: 'escpos', port: printer.port, baudRate: 115_200 } } },
  });
  await terminal.login();
  caseId = (await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() })).id;
  await expect
    .poll(async () => (await terminal.call('devices.status', {}))[0]?.health, { timeout: 45_000 })
    .toBe('online');
});
afterEach(async () => {
  await terminal.dispose();
  await printer.close();
});

const print = () => terminal.call('slips.print', { caseId, slip: 'acceptance' });
const printed = async () => (await terminal.call('case.get', { id: caseId })).record.slips.length;

test('a double click is one print', async () => {
  const [first, second] = await Promise.all([print(), print()]);
  expect(second).toEqual(first);
  expect(printer.slips()).toHaveLength(2);
  expect(await printed()).toBe(1);
});

test('the second print is marked, the first is not', async () => {
  expect(await print()).toMatchObject({ print: 1, confirmation: 'device' });
  expect(await print()).toMatchObject({ print: 2 });
  const marks = printer.slips().map((slip) => slip.lines.some((line) => line.includes('重打')));
  expect(marks).toEqual([false, false, true, true]);
});

test('without paper nothing is printed, nothing is recorded, and the next try works unmarked', async () => {
  printer.setFault('paper-out');
  expect(await codeOf(print())).toBe('printer-paper-out');
  expect(await printed()).toBe(0);
  printer.setFault(null);
  expect(await print()).toMatchObject({ print: 1 });
  expect(printer.slips()).toHaveLength(2);
});

test('a restart of the service in the middle of a print loses neither case nor printer', async () => {
  const interrupted = codeOf(print());
  await terminal.restart();
  expect(await interrupted).not.toBe('ok');
  await terminal.call('session.hello', {});
  await expect
    .poll(async () => (await terminal.call('devices.status', {}))[0]?.health, { timeout: 45_000 })
    .toBe('online');
  expect(await codeOf(print())).toBe('ok');
});
