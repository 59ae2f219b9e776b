import { describe, expect, it } from 'vitest';
import { fromHex } from '../../tests/fixtures/samVectors.ts';
import { Lines } from '../bus/lines.ts';
import { systemEnvironment } from '../driver/environment.ts';
import type { Transport } from '../transport/types.ts';
import { ModbusUnit } from './unit.ts';

/** Requests and answers of devices.md §4.1, byte for byte, over a line that answers as published. */

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

/** @param answers each sent at once, or after so many milliseconds */
async function unitAt(unit: number, answers: readonly (string | [string, number])[], timeoutMs = 60) {
  const sent: string[] = [];
  let deliver: (bytes: Uint8Array) => void = () => {};
  const endings: ((reason: 'disconnected') => void)[] = [];
  const transport: Transport = {
    port: 'vectors',
    write: async (bytes) => {
      const answer = answers[sent.push(hex(bytes)) - 1];
      if (answer === undefined) return;
      const [bytesOfAnswer, afterMs] = typeof answer === 'string' ? [answer, 0] : answer;
      setTimeout(() => deliver(fromHex(bytesOfAnswer)), afterMs);
    },
    onData: (listener) => {
      deliver = listener;
    },
    onClose: (listener) => void endings.push(listener),
    close: async () => {},
  };
  const environment = systemEnvironment();
  const lines = new Lines({ open: async () => transport, environment, quietMs: 100 });
  const seat = await lines.join({ port: 'vectors', baudRate: 9600 }, 'keypad');
  const end = () => {
    for (const listener of endings) listener('disconnected');
  };
  return { sent, unit: new ModbusUnit(seat, { unit, timeoutMs }, environment), end };
}

describe('a Modbus device', () => {
  it('is read as published', async () => {
    const { unit, sent } = await unitAt(1, ['01 03 04 00 01 00 05 6B F0']);
    expect(await unit.read('holding', 0, 2)).toEqual([1, 5]);
    expect(sent).toEqual([hex(fromHex('01 03 00 00 00 02 C4 0B'))]);
    const box = await unitAt(9, ['09 04 02 00 05 98 F2']);
    expect(await box.unit.read('input', 0, 1)).toEqual([5]);
    expect(box.sent).toEqual([hex(fromHex('09 04 00 00 00 01 30 82'))]);
  });

  it('is written as published', async () => {
    const one = await unitAt(2, ['02 06 00 00 00 0C 89 FC']);
    await one.unit.write(0, [12], 'call');
    expect(one.sent).toEqual([hex(fromHex('02 06 00 00 00 0C 89 FC'))]);
    const several = await unitAt(3, ['03 10 00 10 00 03 80 2F']);
    await several.unit.write(0x10, [0x4130, 0x3132, 0xbac5], 'call');
    expect(several.sent).toEqual([hex(fromHex('03 10 00 10 00 03 06 41 30 31 32 BA C5 B3 42'))]);
  });

  it('refuses as published', async () => {
    const { unit } = await unitAt(1, ['01 83 02 C0 F1']);
    await expect(unit.read('holding', 0, 2)).rejects.toMatchObject({
      code: 'device-refused',
      details: { exception: 2 },
    });
  });

  it('is written once more when nobody confirmed, or the answer is about something else', async () => {
    // The echo of another value, rightly signed.
    const { unit, sent } = await unitAt(2, ['02 06 00 00 00 0D 48 3C', '02 06 00 00 00 0C 89 FC']);
    await unit.write(0, [12], 'call');
    expect(sent).toHaveLength(2);
    expect(unit.counters.retries).toBe(1);
  });

  it('that answers late is not believed at the next question', async () => {
    // Two registers: 1 and 5 before, 2 and 6 now; the late answer would come first.
    const late = '01 03 04 00 01 00 05 6B F0';
    const { unit } = await unitAt(1, [
      [late, 100],
      ['01 03 04 00 02 00 06 DB F1', 50],
    ]);
    await expect(unit.read('holding', 0, 2)).rejects.toMatchObject({ code: 'device-offline' });
    expect(await unit.read('holding', 0, 2)).toEqual([2, 6]);
  });

  it('that never answers is offline after its time, once for a read', async () => {
    const { unit, sent } = await unitAt(1, []);
    await expect(unit.read('input', 0, 1)).rejects.toMatchObject({ code: 'device-offline' });
    expect(sent).toHaveLength(1);
  });

  it('whose line ends lets go who waits', async () => {
    const { unit, sent, end } = await unitAt(1, [], 10_000);
    const reading = expect(unit.read('input', 0, 1)).rejects.toMatchObject({ code: 'closed' });
    await expect.poll(() => sent.length).toBe(1);
    end();
    await reading;
    await expect(unit.read('input', 0, 1)).rejects.toMatchObject({ code: 'closed' });
  });
});
