import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromHex, TEXT_A, VECTORS } from '../../tests/fixtures/samVectors.ts';
import { openTransport } from '../transport/open.ts';
import { buildReply, RequestReader } from './sam-ga450/protocol.ts';
import { applyAction, parseStep } from './script.ts';
import { type StartSimulatorOptions, startSimulator } from './start.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(options: Partial<StartSimulatorOptions> = {}) {
  const simulator = await startSimulator('sam-ga450', { port: 'tcp://127.0.0.1:0', ...options });
  cleanUps.push(() => simulator.close());
  const transport = await openTransport({ port: simulator.port, baudRate: 115_200 });
  cleanUps.push(() => transport.close());
  let received = Buffer.alloc(0);
  transport.onData((bytes) => {
    received = Buffer.concat([received, bytes]);
  });
  /** The whole answer to one request of the published vectors. */
  const ask = async (name: string) => {
    received = Buffer.alloc(0);
    const vector = VECTORS.find((entry) => entry.name === name);
    await transport.write(fromHex(vector?.request ?? ''));
    await vi.waitFor(() => {
      expect(received.length).toBeGreaterThan(7);
      expect(received.length).toBe(7 + received.readUInt16BE(5));
    });
    return received.toString('hex').toUpperCase();
  };
  return { simulator, ask, received: () => received };
}

const published = (name: string, index = 0) => VECTORS.find((entry) => entry.name === name)?.responses[index]?.bytes;

describe('the simulated card reader', () => {
  it('speaks the published bytes', async () => {
    const { simulator, ask } = await start();
    expect(await ask('V1 status')).toBe(published('V1 status'));
    expect(await ask('V2 SAM id')).toBe(published('V2 SAM id'));
    expect(await ask('V3 find')).toBe(published('V3 find', 1));
    expect(await ask('V4 select')).toBe(published('V4 select', 1));
    expect(await ask('V5 read resident')).toBe(published('V11 errors', 0));
    applyAction(simulator, { do: 'lay', card: 'test-a' });
    expect(await ask('V3 find')).toBe(published('V3 find'));
    expect(await ask('V4 select')).toBe(published('V4 select'));
    expect(await ask('V5 read resident')).toBe(published('V5 read resident'));
    expect(await ask('V10 added address')).toBe(published('V10 added address', 1));
    expect(await ask('V3 find')).toBe(published('V3 find', 1));
  });

  it('answers a damaged request with the published status', async () => {
    const [request] = new RequestReader().push(fromHex('AA AA AA 96 69 00 03 20 01 23'));
    expect(request).toMatchObject({ code: '2001', checksumOk: false });
    expect(buildReply(0x10).toString('hex').toUpperCase()).toBe(published('V11 errors', 3));
  });

  it('takes requests in pieces, after noise, and two at once', () => {
    const find = fromHex('AA AA AA 96 69 00 03 20 01 22');
    const reader = new RequestReader();
    expect(reader.push(Buffer.concat([fromHex('00 AA AA'), find.subarray(0, 6)]))).toEqual([]);
    expect(reader.push(Buffer.concat([find.subarray(6), find])).map(({ code }) => code)).toEqual(['2001', '2001']);
  });

  it('serves one program at a time', async () => {
    const { simulator } = await start();
    await expect(openTransport({ port: simulator.port, baudRate: 115_200 })).rejects.toMatchObject({
      code: 'port-busy',
    });
  });

  it('knows its faults and its cards', async () => {
    const { simulator } = await start();
    expect(() => simulator.setFault('paper-out')).toThrow('a card reader has no fault paper-out');
    expect(() => applyAction(simulator, { do: 'lay', card: 'nobody' })).toThrow(
      /no such card: nobody; there are test-a/,
    );
  });
});

describe('a script', () => {
  it.each([
    ['{"afterMs":500,"lay":"zhangsan"}', { afterMs: 500, action: { do: 'lay', card: 'zhangsan' } }],
    ['{"lift":true}', { afterMs: 0, action: { do: 'lift' } }],
    ['{"fault":"silence"}', { afterMs: 0, action: { do: 'fault', fault: 'silence' } }],
    ['{"fault":null}', { afterMs: 0, action: { do: 'fault', fault: null } }],
    ['{"afterMs":10}', { afterMs: 10, action: { do: 'wait' } }],
    ['lay zhangsan', { afterMs: 0, action: { do: 'lay', card: 'zhangsan' } }],
    ['{"press":5,"unit":2}', { afterMs: 0, action: { do: 'press', key: 5, unit: 2 } }],
    ['{"afterMs":9,"rate":1}', { afterMs: 9, action: { do: 'rate', level: 1, unit: undefined } }],
    ['press 5', { afterMs: 0, action: { do: 'press', key: 5, unit: undefined } }],
    ['rate 1 9', { afterMs: 0, action: { do: 'rate', level: 1, unit: 9 } }],
    ['  lift ', { afterMs: 0, action: { do: 'lift' } }],
    ['fault none', { afterMs: 0, action: { do: 'fault', fault: null } }],
  ])('understands %s', (line, step) => {
    expect(parseStep(line)).toEqual(step);
  });

  it.each([
    '{"afterMs":-1}',
    '{"lay":"a","typo":1}',
    '{"fault":"fire"}',
    '{"press":"x"}',
    'press five',
    'rate',
    'lay',
    'dance',
    '{',
  ])('refuses %s', (line) => {
    expect(() => parseStep(line)).toThrow(SyntaxError);
  });

  it('lays cards by itself, and names the line that is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'script-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    const script = join(folder, 'cards.jsonl');
    await writeFile(script, '{"afterMs":1,"lay":"test-a"}\n\n{"afterMs":1}\n');
    const { ask } = await start({ script });
    await vi.waitFor(async () => expect(await ask('V3 find')).toBe(published('V3 find')));
    await ask('V4 select');
    expect(await ask('V5 read resident')).toContain(TEXT_A);

    await writeFile(script, '{"lay":"test-a"}\nnonsense\n');
    await expect(startSimulator('sam-ga450', { port: 'tcp://127.0.0.1:0', script })).rejects.toThrow(`${script}:2: `);
  });

  it('is obeyed from a stream, which a mistake does not end', async () => {
    const input = new PassThrough();
    const problems: string[] = [];
    const { ask } = await start({ input, onProblem: (message) => problems.push(message) });
    input.write('lay nobody\nhello\nlay test-a\n');
    await vi.waitFor(async () => expect(await ask('V3 find')).toBe(published('V3 find')));
    expect(problems).toEqual([
      expect.stringMatching(/^no such card: nobody/),
      expect.stringMatching(/^not understood/),
    ]);
  });
});

describe('keys and grades', () => {
  it('are pressed by a script, at a unit or at the first', async () => {
    const exchanges: string[] = [];
    const input = new PassThrough();
    const problems: string[] = [];
    const onProblem = (message: string) => problems.push(message);
    const simulator = await startSimulator('modbus-keypad', { port: 'tcp://127.0.0.1:0', input, onProblem });
    cleanUps.push(() => simulator.close());
    const transport = await openTransport({ port: simulator.port, baudRate: 9600 });
    cleanUps.push(() => transport.close());
    transport.onData((bytes) => exchanges.push(Buffer.from(bytes).toString('hex')));
    input.write('press 5\npress 7 2\npress 21\nrate 1\nlay test-a\n');
    await vi.waitFor(() => expect(problems).toHaveLength(3));
    // Counter and key of units 1 and 2, by function 04.
    await transport.write(fromHex('01 04 00 00 00 02 71 CB'));
    await vi.waitFor(() => expect(exchanges.join('')).toMatch(/^01040400010005/));
    exchanges.length = 0;
    await transport.write(fromHex('02 04 00 00 00 02 71 F8'));
    await vi.waitFor(() => expect(exchanges.join('')).toMatch(/^02040400010007/));
    expect(problems).toEqual([
      expect.stringMatching(/^no such key: 21/),
      'no such device on this line',
      'this simulator takes no cards',
    ]);
  });
});
