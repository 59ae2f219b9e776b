import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlipDocument } from '../../../domain/slip/document.ts';
import { decode } from '../../simulator/escpos/decode.ts';
import { isMark, textLines } from '../../simulator/escpos/ops.ts';
import type { DriverClass } from '../types.ts';
import { encodeSlip } from './document.ts';
import { EscposDriver, type EscposOptions } from './driver.ts';
import { makeClock, openTcp, ScriptedPeer, type TestClock } from './testing/scriptedPeer.ts';

const OPTIONS: EscposOptions = {
  baudRate: 921_600,
  columns: 48,
  qr: 'native',
  status: true,
  processId: true,
  flowControl: 'none',
};
const READY = { 1: [0x12], 2: [0x12], 3: [0x12], 4: [0x12] };

/** About 1,300 bytes: three writes. */
const SLIP: SlipDocument = {
  title: '测试',
  columns: 48,
  copies: 2,
  blocks: Array.from({ length: 16 }, () => ({ kind: 'field', label: '坐落', value: '测试区示例路1号2单元1201室' })),
};

let peer: ScriptedPeer;
let clock: TestClock;
let drivers: EscposDriver[];

async function open(options: Partial<EscposOptions> = {}): Promise<EscposDriver> {
  const DriverUnderTest: DriverClass<EscposDriver, EscposOptions> = EscposDriver;
  const driver = DriverUnderTest.create(await openTcp(peer.port), { ...OPTIONS, ...options }, clock);
  drivers.push(driver);
  return driver;
}

function refusal(code: string): unknown {
  return expect.objectContaining({ name: 'YichuangError', code });
}

beforeEach(async () => {
  peer = await ScriptedPeer.open(READY);
  clock = makeClock();
  drivers = [];
});

afterEach(async () => {
  for (const driver of drivers) driver.dispose();
  await peer.close();
});

describe('print', () => {
  test('asks, sends exactly the encoded slip, and resolves once the printer confirmed', async () => {
    let requested = '';
    peer.onRequest = (id) => {
      requested = id;
      peer.confirm(id);
    };
    const driver = await open();
    await expect(driver.print(SLIP)).resolves.toEqual({ confirmation: 'device', unprintable: [] });
    expect(requested).toMatch(/^\d{4}$/);
    expect(Buffer.from(peer.job)).toEqual(Buffer.from(encodeSlip(SLIP, { columns: 48, processId: requested }).bytes));
    expect(peer.log).toEqual(['?1', '?4', 'job']);
  });

  test('draws a line with a character outside the printer’s own, and reports what no font has', async () => {
    const driver = await open();
    const named = (value: string): SlipDocument => ({
      ...SLIP,
      copies: 1,
      blocks: [{ kind: 'field', label: '申请人', value }],
    });
    await expect(driver.print(named('𠮷'))).resolves.toEqual({ confirmation: 'device', unprintable: [] });
    const [line, ...others] = decode(peer.job).filter(isMark);
    // 申请人, the label's ten columns, and one full-width character: 12 half-width cells of 12 dots.
    expect(line).toMatchObject({ kind: 'raster', width: 144, height: 24 });
    expect(others).toEqual([]);

    const before = peer.job.length;
    await expect(driver.print(named('\u{30000}'))).resolves.toEqual({
      confirmation: 'device',
      unprintable: ['U+30000'],
    });
    expect(textLines(decode(peer.job.slice(before)))[0]).toContain('〓');
  });

  test('prints when the paper is near its end', async () => {
    peer.answers = { ...READY, 4: [0x1e] };
    await expect((await open()).print(SLIP)).resolves.toMatchObject({ confirmation: 'device' });
  });

  test.each([
    ['paper out', { ...READY, 4: [0x72] }, 'printer-paper-out'],
    ['paper out, offline', { 1: [0x1a], 2: [0x32], 3: [0x12], 4: [0x7e] }, 'printer-paper-out'],
    ['cover open', { ...READY, 1: [0x1a], 2: [0x16] }, 'printer-cover-open'],
    ['cutter jammed', { ...READY, 1: [0x1a], 2: [0x52], 3: [0x1a] }, 'printer-error'],
    ['head hot', { ...READY, 1: [0x1a], 2: [0x52], 3: [0x52] }, 'printer-error'],
    ['offline', { ...READY, 1: [0x1a] }, 'printer-error'],
    ['paper out behind a repeated answer', { ...READY, 1: [0x12, 0x12], 4: [0x72] }, 'printer-paper-out'],
    ['paper out behind noise', { ...READY, 1: [0xff, 0x00, 0x12], 4: [0xaa, 0x72] }, 'printer-paper-out'],
  ])('refuses before the first byte: %s', async (_name, answers, code) => {
    peer.answers = answers;
    await expect((await open()).print(SLIP)).rejects.toEqual(refusal(code));
    expect(peer.job).toHaveLength(0);
  });

  test('refuses when the connection is gone, before the first byte', async () => {
    const driver = await open();
    driver.dispose();
    await expect(driver.print(SLIP)).rejects.toEqual(refusal('device-offline'));
    expect(peer.job).toHaveLength(0);
  });

  test('notices that the paper ran out under the job', async () => {
    peer.onRequest = () => {
      peer.answers = { 1: [0x1a], 2: [0x32], 3: [0x12], 4: [0x72] };
    };
    await expect((await open()).print(SLIP)).rejects.toEqual(refusal('printer-paper-out'));
    // Never a question inside the job.
    expect(peer.log.slice(0, 4)).toEqual(['?1', '?4', 'job', '?1']);
  });

  test('takes the confirmation of a job whose last line used up the paper', async () => {
    peer.onRequest = (id) => {
      peer.answers = { 1: [0x1a], 2: [0x32], 3: [0x12], 4: [0x72] };
      peer.onQuery = (query) => {
        if (query === 4) peer.confirm(id);
      };
    };
    await expect((await open()).print(SLIP)).resolves.toMatchObject({ confirmation: 'device' });
  });

  test('waits through an overheated head', async () => {
    peer.onRequest = (id) => {
      peer.answers = { ...READY, 1: [0x1a], 2: [0x52], 3: [0x52] };
      peer.onQuery = (query) => {
        if (query === 4) peer.answers = READY;
        if (peer.answers === READY && query === 1) peer.confirm(id);
      };
    };
    await expect((await open()).print(SLIP)).resolves.toMatchObject({ confirmation: 'device' });
  });

  test('ends unconfirmed when no id comes in time', async () => {
    peer.onRequest = () => clock.jump(60_000);
    await expect((await open()).print(SLIP)).rejects.toEqual(refusal('print-unconfirmed'));
  });

  test('is not deceived by the late id of an older job', async () => {
    let polls = 0;
    peer.onRequest = (id) => {
      const older = String(Number(id) === 1 ? 9999 : Number(id) - 1).padStart(4, '0');
      peer.confirm(older);
      peer.onQuery = (query) => {
        if (query !== 1) return;
        polls += 1;
        peer.confirm(id);
      };
    };
    await expect((await open()).print(SLIP)).resolves.toMatchObject({ confirmation: 'device' });
    expect(polls).toBe(1);
  });

  test('uses a new id for every job', async () => {
    const ids: string[] = [];
    peer.onRequest = (id) => {
      ids.push(id);
      peer.confirm(id);
    };
    clock.now = () => 9999 * 5 + 9997;
    const driver = await open();
    for (let job = 0; job < 3; job += 1) await driver.print(SLIP);
    expect(ids).toEqual(['9998', '9999', '0001']);
  });

  test('ends unconfirmed when the line breaks under the job', async () => {
    peer.onJobByte = () => peer.hangUp();
    await expect((await open()).print(SLIP)).rejects.toEqual(refusal('print-unconfirmed'));
  });

  test('ends unconfirmed when it is disposed of', async () => {
    const driver = await open();
    peer.onRequest = () => driver.dispose();
    await expect(driver.print(SLIP)).rejects.toEqual(refusal('print-unconfirmed'));
  });

  test('sends to a printer that answers nothing, and does not believe it printed', async () => {
    peer.answers = {};
    peer.onRequest = () => clock.jump(60_000);
    await expect((await open()).print(SLIP)).rejects.toEqual(refusal('print-unconfirmed'));
    expect(peer.log.slice(0, 3)).toEqual(['?1', '?1', 'job']);
  });

  test('without process id, asks the status once more and reports the job as sent', async () => {
    await expect((await open({ processId: false })).print(SLIP)).resolves.toMatchObject({ confirmation: 'sent' });
    expect(Buffer.from(peer.job)).toEqual(Buffer.from(encodeSlip(SLIP, { columns: 48, processId: null }).bytes));
    expect(peer.log).toEqual(['?1', '?4', 'job', '?1', '?4']);
  });

  test('without process id, notices that the paper ran out', async () => {
    peer.onJobByte = () => {
      peer.answers = { ...READY, 4: [0x72] };
    };
    await expect((await open({ processId: false })).print(SLIP)).rejects.toEqual(refusal('printer-paper-out'));
  });

  test('asks nothing of a printer configured as mute', async () => {
    peer.answers = {};
    await expect((await open({ status: false })).print(SLIP)).resolves.toMatchObject({ confirmation: 'sent' });
    await expect
      .poll(() => Buffer.from(peer.job))
      .toEqual(Buffer.from(encodeSlip(SLIP, { columns: 48, processId: null }).bytes));
    expect(peer.log).toEqual(['job']);
  });
});

describe('heartbeat', () => {
  test.each([
    ['ready', READY, 'online', null, ['?1', '?4']],
    ['near end', { ...READY, 4: [0x1e] }, 'attention', 'printer-paper-near-end', ['?1', '?4']],
    ['paper out', { ...READY, 4: [0x72] }, 'fault', 'printer-paper-out', ['?1', '?4']],
    ['cover open', { ...READY, 1: [0x1a], 2: [0x16] }, 'fault', 'printer-cover-open', ['?1', '?2', '?3', '?4']],
    ['silent', {}, 'unknown', 'printer-no-answer', ['?1', '?1']],
    ['wrong bytes', { 1: [0xff, 0x00, 0x93] }, 'unknown', 'printer-no-answer', ['?1', '?1']],
    ['a late id', { ...READY, 1: [0x37, 0x22, 0x32, 0x32, 0x32, 0x32, 0x00, 0x12] }, 'online', null, ['?1', '?4']],
    ['status sent by itself', { ...READY, 1: [0x18, 0x00, 0x0c, 0x0f, 0x12] }, 'online', null, ['?1', '?4']],
  ])('%s', async (_name, answers, health, reason, log) => {
    peer.answers = answers;
    await expect((await open()).heartbeat()).resolves.toMatchObject({ health, reason });
    expect(peer.log).toEqual(log);
  });

  test('cannot know the state of a printer configured as mute', async () => {
    const report = await (await open({ status: false })).heartbeat();
    expect(report).toMatchObject({ health: 'unknown', reason: 'printer-status-off' });
    expect(peer.log).toEqual([]);
  });

  test('is offline when the line is gone', async () => {
    const driver = await open();
    peer.onQuery = () => peer.hangUp();
    await driver.heartbeat();
    await expect(driver.heartbeat()).resolves.toMatchObject({ health: 'offline', reason: 'device-offline' });
  });
});

describe('initialise', () => {
  test('resets the printer', async () => {
    await (await open()).initialise();
    await expect.poll(() => [...peer.job]).toEqual([0x1b, 0x40]);
  });
});
