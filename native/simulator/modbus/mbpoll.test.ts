import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { openModbusLine } from '../../../tests/fixtures/modbus.ts';

/** Our simulated devices asked by mbpoll, a master that is not ours. */

const run = promisify(execFile);

/** mbpoll speaks RTU to serial ports only; socat carries its bytes to a device server in raw mode. */
async function serialFor(test: TestContext, port: string): Promise<string> {
  if (!port.startsWith('tcp://')) return port;
  const folder = mkdtempSync(join(tmpdir(), 'mbpoll-'));
  const link = join(folder, 'tty');
  const socat = spawn('socat', [`pty,raw,echo=0,link=${link}`, port.replace('tcp://', 'tcp:')], { stdio: 'ignore' });
  const gone = once(socat, 'exit');
  test.onTestFinished(async () => {
    socat.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true });
  });
  await vi.waitFor(() => expect(existsSync(link)).toBe(true), 10_000);
  return link;
}

describe.each(['pty', 'tcp'] as const)('simulated devices on %s', (kind) => {
  async function start(test: TestContext) {
    const line = await openModbusLine(test, kind);
    const serial = await serialFor(test, line.port);
    /** What mbpoll prints of registers, `[0]: 1` one a line; with values it writes them. */
    const mbpoll = async (unit: number, table: 3 | 4, first: number, count: number, ...values: number[]) => {
      const how = [
        '-m',
        'rtu',
        '-b',
        '9600',
        '-P',
        'none',
        '-0',
        '-1',
        '-o',
        '2',
        '-a',
        String(unit),
        '-t',
        String(table),
      ];
      const what = ['-r', String(first), ...(values.length > 0 ? [] : ['-c', String(count)])];
      const { stdout } = await run('mbpoll', [...how, ...what, serial, ...values.map(String)]);
      return Array.from(stdout.matchAll(/^\[(\d+)\]:\s+(-?\d+)/gm), ([, , value]) => Number(value) & 0xffff);
    };
    return { ...line, mbpoll };
  }

  it('are read', async (test) => {
    const { mbpoll, keypad, rating } = await start(test);
    keypad.press(5, 12);
    rating.rate(4);
    expect(await mbpoll(1, 3, 0, 3)).toEqual([1, 5, 12]);
    expect(await mbpoll(9, 3, 0, 2)).toEqual([1, 4]);
  });

  it('are written, one register and several', async (test) => {
    const { mbpoll, displays } = await start(test);
    await mbpoll(2, 4, 0, 1, 12);
    await mbpoll(2, 4, 16, 3, 0x4130, 0x3132, 0xbac5);
    expect(displays[0].shown).toMatchObject({ number: 12, text: 'A012号' });
    expect(await mbpoll(2, 4, 0, 4)).toEqual([12, 0, 7, 0]);
    expect(displays[1].shown).toMatchObject({ number: null, text: '' });
  });

  it('refuse in the words of the protocol', async (test) => {
    const { mbpoll } = await start(test);
    await expect(mbpoll(2, 4, 8, 1)).rejects.toThrow(/Illegal data address/);
    await expect(mbpoll(2, 4, 2, 1, 9)).rejects.toThrow(/Illegal data value/);
  });
});
