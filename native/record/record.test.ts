import fc from 'fast-check';
import { describe, expect, it, type TestContext } from 'vitest';
import { deviceMethods } from '../../contract/deviceProtocol.ts';
import { eventually, onLine, openModbusLine, runDevices } from '../../tests/fixtures/modbus.ts';
import { fromHex, VECTORS } from '../../tests/fixtures/samVectors.ts';
import { startSamSimulator } from '../simulator/sam-ga450/simulator.ts';
import { maskOf } from './mask.ts';
import { PortRecord } from './portRecord.ts';

const DATE = () => new Date('2026-11-23T01:02:03.004Z');
const published = (name: string) => fromHex(VECTORS.find((each) => each.name === name)?.responses[0]?.bytes ?? '');

/** Shown bytes in hex, hidden ones as two dots, whatever the pieces. */
function masked(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): string[] {
  const mask = maskOf('card', 'rx');
  const shown: string[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const part = bytes.subarray(at, at + Math.max(1, sizes[turn % sizes.length] ?? 1));
    const isAllowed = mask.pass(part);
    for (const [index, byte] of part.entries())
      shown.push(isAllowed(index) ? byte.toString(16).padStart(2, '0') : '··');
    at += part.length;
  }
  return shown;
}

describe('the text of a card', () => {
  it('is hidden, and the frame around it is not', () => {
    const answer = published('V5 read resident');
    const shown = masked(answer);
    expect(shown.slice(0, 10).join(' ')).toBe('aa aa aa 96 69 05 08 00 00 90');
    expect(new Set(shown.slice(10))).toEqual(new Set(['··']));
    expect(masked(answer, [1])).toEqual(shown);
    expect(masked(answer, [3, 700])).toEqual(shown);
    // What belongs to nobody is there in full.
    expect(masked(published('V1 status'))).not.toContain('··');
    expect(masked(published('V10 added address')).slice(10)).toContain('··');
  });

  it('is hidden in a damaged stream as well: no byte of a record is shown but what looks like a preamble', () => {
    const answer = published('V5 read resident');
    const record = answer.subarray(14, 270);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(answer);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const shown = masked(damaged).slice(14, 270);
        for (const [index, text] of shown.entries()) {
          if (text !== '··') expect(['aa']).toContain((record[index] ?? 0).toString(16).padStart(2, '0'));
        }
      }),
    );
  });

  it('is in no record of a reader that reads', async (test) => {
    const simulator = await startSamSimulator({ port: 'tcp://127.0.0.1:0' });
    test.onTestFinished(() => simulator.close());
    const bench = runDevices(test, { idReader: { driver: 'sam-ga450', port: simulator.port } });
    await bench.until('idReader', 'online');
    simulator.layCard('zhangsan');
    expect(await bench.devices.call('reader.read', { waitMs: 5000 })).toMatchObject({ name: '张三' });
    const { entries } = await recordOf(bench, 'idReader');
    const all = entries.map(({ text }) => text.replaceAll(' ', '')).join('');
    expect(all).toContain('AAAAAA96690003300132');
    expect(all).toContain('AAAAAA9669050800');
    for (const secret of ['张三', '220402199003071231']) {
      expect(all).not.toContain(Buffer.from(secret, 'utf16le').toString('hex').toUpperCase().slice(0, 8));
    }
  });
});

const recordOf = async ({ devices }: ReturnType<typeof runDevices>, device: string) =>
  deviceMethods['devices.record'].output.parse(await devices.call('devices.record', { device }));

describe('the record of a port', () => {
  it('hides the lines of a printer and shows its questions', () => {
    const record = new PortRecord('paper', DATE);
    record.opened();
    record.bytes('tx', fromHex('10 04 01'));
    record.bytes('tx', Buffer.from('certificate of somebody'));
    record.bytes('rx', fromHex('12'));
    expect(record.entries.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'note opened',
      'tx 10 04 01',
      `tx ${Array.from({ length: 23 }, () => '··').join(' ')}`,
      'rx 12',
    ]);
    expect(record.counters).toEqual({ openings: 1, losses: 0, bytesOut: 26, bytesIn: 1, lineErrors: 0 });
  });

  it('stays small', () => {
    const record = new PortRecord('plain', DATE);
    record.opened();
    for (let turn = 0; turn < 1000; turn++) record.bytes('rx', Buffer.alloc(5000, turn));
    expect(record.entries).toHaveLength(400);
    expect(record.entries.at(-1)?.text).toMatch(/^(E7 ){255}E7 \+4744$/);
  });

  it('of a shared line has the exchanges of all its devices, and what was lost is counted', async (test: TestContext) => {
    const line = await openModbusLine(test, 'pty');
    const { keypad, rating } = onLine(line.port);
    const bench = runDevices(test, { keypad, rating }, { speed: 5 });
    await bench.until('keypad', 'online');
    await bench.until('rating', 'online');
    for (const fault of ['half-frame', 'garbage', 'bad-checksum'] as const) {
      line.simulator.setFault(fault, { unit: 1, times: 1 });
      line.keypad.press(1);
      const before = bench.of('keypad.key').length;
      await eventually(() => expect(bench.of('keypad.key').length).toBeGreaterThan(before));
    }
    const { port, counters, entries } = await recordOf(bench, 'keypad');
    expect(port).toBe(line.port);
    // Function 04, registers 0 to 2 of the keypad and 0 to 1 of the box.
    const sent = entries.filter(({ kind }) => kind === 'tx').map(({ text }) => text);
    expect(sent).toContain('01 04 00 00 00 03 B0 0B');
    expect(sent).toContain('09 04 00 00 00 02 70 83');
    expect(counters).toMatchObject({ openings: 1, losses: 0, badChecksum: expect.any(Number) });
    for (const name of ['partial', 'garbage', 'badChecksum']) expect(counters[name]).toBeGreaterThan(0);
    await expect(bench.devices.call('devices.record', { device: 'idReader' })).rejects.toMatchObject({
      code: 'device-not-configured',
    });
  });
});
