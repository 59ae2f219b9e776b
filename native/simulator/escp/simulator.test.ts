import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EscpMachine } from './machine.ts';
import { type EscpSimulatorOptions, startEscpSimulator } from './simulator.ts';

/** The published bytes of devices.md §3.7, and what they must become on paper. */

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const PROLOGUE =
  '1B 40 1B 55 01 1B 78 01 1B 28 55 01 00 0A 1B 28 43 02 00 A0 0B 1B 28 63 04 00 00 00 A0 0B 1C 53 00 00';
const FIELD = '1B 28 56 02 00 F0 01 1B 24 37 02 1C 26 B2 E2 CA D4 BC D7 1C 2E';
const BOX = `1B 2A 27 24 00 ${'FF'.repeat(108)}`;
const PAPER = { width: 2100, height: 2100 };

/** Of a machine that is busy with other things. */
const PATIENT = { timeout: 45_000 };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function print(hex: string, dialect: 'escp2' | 'lq1600k' = 'escp2') {
  const machine = new EscpMachine({ dialect, paper: PAPER });
  machine.receive(bytes(hex));
  return machine;
}

const findings = (machine: EscpMachine) =>
  [...machine.pages.flatMap((page) => page.ops), ...machine.unfinished].flatMap((op) =>
    op.kind === 'finding' ? [op.what] : [],
  );

const mm = (units: number) => (units * 25.4) / 3600;

describe('the published page', () => {
  test('has its text at 40.0, 35.0 mm', () => {
    const [page] = print(`${PROLOGUE} ${FIELD} 0D 0C`).pages;
    const [op] = page?.ops ?? [];
    if (op?.kind !== 'text') throw new Error('no text');
    expect(op.text).toBe('测试甲');
    expect(mm(op.x)).toBeCloseTo(40, 1);
    expect(mm(op.y)).toBeCloseTo(35, 1);
    expect(mm(op.width)).toBeCloseTo(3 * 3.387, 2);
  });

  test('in lq1600k too, where the head goes by sixtieths', () => {
    const [page] = print('1B 40 1B 4A F8 0D 1B 24 5E 00 1C 26 B2 E2 CA D4 BC D7 1C 2E 0D 0C', 'lq1600k').pages;
    const [op] = page?.ops ?? [];
    if (op?.kind !== 'text') throw new Error('no text');
    expect(Math.abs(mm(op.x) - 40)).toBeLessThan(0.42);
    expect(Math.abs(mm(op.y) - 35)).toBeLessThan(0.1);
  });

  test('the box is 5.08 × 3.39 mm', () => {
    const [page] = print(`${PROLOGUE} ${BOX} 0D 0C`).pages;
    const ink = page?.dots.reduce((sum, dot) => sum + dot, 0);
    expect(ink).toBe(72 * 48);
    expect(page?.dots[47 * (page?.width ?? 0) + 71]).toBe(1);
  });
});

describe('what a printer would not do is found', () => {
  test.each([
    ['an upward move', `${PROLOGUE} 1B 28 56 02 00 F0 03 ${BOX} 0D 1B 28 56 02 00 10 00`, 'an upward move was ignored'],
    ['the detector off', '1B 38', 'the paper-out detector was switched off'],
    ['below the page', `${PROLOGUE} 1B 28 56 02 00 FF 0F`, 'moved below the page'],
    ['beside the paper', `${PROLOGUE} 1B 24 90 0B ${BOX} 0D`, 'dots beside the paper'],
    ['beyond the carriage', `${PROLOGUE} 1B 24 FF FF`, 'a move beyond the margin was ignored'],
    ['dots too near', '1B 2A 28 02 00 FF FF FF FF FF FF 0D', 'two dots side by side at 360 an inch'],
    ['an unknown command', '1B 7E', 'unknown command 1b 7e'],
  ])('%s', (_, hex, finding) => {
    expect(findings(print(hex))).toContain(finding);
  });

  test('ESC ( at an LQ-1600K, which takes the rest for text', () => {
    expect(findings(print(`${PROLOGUE}`, 'lq1600k'))).toContain('unknown command 1b 28');
  });
});

test('CAN forgets the line, EM R puts the sheet out without it', () => {
  const machine = print(`${PROLOGUE} ${BOX} 0D ${BOX} 18 1B 28 56 02 00 F0 01 ${BOX} 1B 19 52`);
  const [page] = machine.pages;
  expect(page?.ejected).toBe('EM R');
  expect(page?.ops.filter((op) => op.kind === 'image')).toHaveLength(1);
});

test('commands in single bytes are the same as at once', () => {
  const whole = print(`${PROLOGUE} ${FIELD} ${BOX} 0D 0C`).pages[0];
  const machine = new EscpMachine({ dialect: 'escp2', paper: PAPER });
  for (const byte of bytes(`${PROLOGUE} ${FIELD} ${BOX} 0D 0C`)) machine.receive(Uint8Array.of(byte));
  expect(Buffer.compare(machine.pages[0]?.dots ?? new Uint8Array(), whole?.dots ?? new Uint8Array())).toBe(0);
});

describe('on a socket', () => {
  async function start(options: Partial<EscpSimulatorOptions> = {}) {
    const printer = await startEscpSimulator({ port: 'tcp://127.0.0.1:0', paper: PAPER, ...options });
    undo.push(() => printer.close());
    const socket = connect(Number(new URL(printer.port).port), '127.0.0.1');
    undo.push(() => socket.destroy());
    const heard: number[] = [];
    socket.on('data', (data) => heard.push(...data));
    await once(socket, 'connect');
    return { printer, socket, heard };
  }

  test('says XOFF when its buffer fills or its paper ends, and XON afterwards', async () => {
    const { printer, socket, heard } = await start({ buffer: 256 });
    printer.setFault('paper-out');
    await vi.waitFor(() => expect(heard).toEqual([0x13]), PATIENT);
    socket.write(bytes(BOX));
    await vi.waitFor(() => expect(printer.state().buffered).toBe(113), PATIENT);
    expect(printer.unfinished()).toHaveLength(0);
    printer.setFault(null);
    await vi.waitFor(() => expect(heard.at(-1)).toBe(0x11), PATIENT);
    expect(printer.state()).toMatchObject({ buffered: 0, lost: 0 });
  });

  test('keeps each sheet as a picture that only its owner can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheets-'));
    undo.push(() => rm(folder, { recursive: true }));
    const { printer, socket } = await start({ saveDir: folder });
    socket.write(bytes(`${PROLOGUE} ${FIELD} 1B 24 00 00 ${BOX} 0D 0C`));
    await vi.waitFor(async () => expect(await readdir(folder)).toContain('sheet-0001.png'), PATIENT);
    await printer.close();
    const picture = PNG.sync.read(await readFile(join(folder, 'sheet-0001.png')));
    expect([picture.width, picture.height]).toEqual([1489, 1489]);
    expect((await stat(join(folder, 'sheet-0001.png'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'sheet-0001.txt'), 'utf8')).toContain('40.01 35.00 text 测试甲');
  });

  test('knows its faults', async () => {
    const { printer } = await start();
    expect(() => printer.setFault('bad-checksum')).toThrow('not a fault of this device: bad-checksum');
  });
});
