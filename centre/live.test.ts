import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { HintStream, LiveHub } from './live.ts';

const heads = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''));

/** Lets stream events that are due take place. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a hint stream', () => {
  it('queues next to nothing for a listener that does not read, and then tells it the last head', async () => {
    const line = new PassThrough({ highWaterMark: 64 });
    const stream = new HintStream(line);
    for (let head = 1; head <= 100_000; head += 1) stream.hint('hall:main', head);
    stream.hint('catalog', 3);
    expect(line.writableLength + line.readableLength).toBeLessThan(1024);

    let text = '';
    line.on('data', (chunk) => {
      text += String(chunk);
    });
    await settle();
    await settle();
    expect(
      heads(text)
        .filter(({ scope }) => scope === 'hall:main')
        .at(-1),
    ).toEqual({ scope: 'hall:main', head: 100_000 });
    expect(heads(text)).toContainEqual({ scope: 'catalog', head: 3 });
    stream.hint('hall:main', 100_001);
    await settle();
    expect(heads(text).at(-1)).toEqual({ scope: 'hall:main', head: 100_001 });
  });

  it('gives up a line that has not been read for four heartbeats', () => {
    const line = new PassThrough({ highWaterMark: 16 });
    const stream = new HintStream(line);
    stream.hint('hall:main', 1);
    for (let beat = 1; beat <= 3; beat += 1) stream.beat();
    expect(line.destroyed).toBe(false);
    stream.beat();
    expect(line.destroyed).toBe(true);
  });

  it('writes nothing to a line that has ended', async () => {
    const line = new PassThrough();
    const stream = new HintStream(line);
    stream.end();
    stream.hint('hall:main', 1);
    stream.beat();
    await settle();
    expect(line.errored).toBeNull();
  });
});

describe('the live hub', () => {
  function listen(hub: LiveHub, device: string, scopes: string[]) {
    const line = new PassThrough();
    const unsubscribe = hub.subscribe({ device, scopes, stream: new HintStream(line) });
    return { line, unsubscribe, text: () => String(line.read() ?? '') };
  }

  it('tells those who listen to a scope, until they leave', () => {
    const hub = new LiveHub();
    const main = listen(hub, 'a', ['hall:main', 'catalog']);
    const branch = listen(hub, 'b', ['hall:branch', 'catalog']);
    hub.publish([{ scope: 'hall:main', head: 7 }]);
    expect(heads(main.text())).toEqual([{ scope: 'hall:main', head: 7 }]);
    expect(branch.text()).toBe('');
    main.unsubscribe();
    hub.publish([
      { scope: 'hall:main', head: 8 },
      { scope: 'catalog', head: 1 },
    ]);
    expect(main.text()).toBe('');
    expect(heads(branch.text())).toEqual([{ scope: 'catalog', head: 1 }]);
    expect(hub.scopes.sort()).toEqual(['catalog', 'hall:branch']);
    expect(hub.size).toBe(1);
  });

  it('keeps lines alive with comments and ends that of a revoked device', async () => {
    const hub = new LiveHub();
    const good = listen(hub, 'good', ['catalog']);
    const revoked = listen(hub, 'revoked', ['catalog']);
    expect(await hub.beat(async (device) => device === 'good')).toBe(1);
    expect(good.text()).toBe(':\n\n');
    expect(revoked.line.writableEnded).toBe(true);
    expect(good.line.writableEnded).toBe(false);
  });

  it('keeps many lines alive a few at a time, each once in a round, whoever comes or goes meanwhile', async () => {
    const hub = new LiveHub();
    const lines = Array.from({ length: 501 }, (_, index) => listen(hub, `d${index}`, ['catalog']));
    expect(await hub.beat(async () => true)).toBe(1 / 3);
    const beaten = () => lines.map(({ line }) => line.readableLength / ':\n\n'.length);
    expect(beaten().filter((count) => count === 1)).toHaveLength(200);
    lines[300]?.unsubscribe();
    listen(hub, 'late', ['catalog']);
    for (let turn = 2; turn <= 3; turn += 1) await hub.beat(async () => true);
    expect(beaten().filter((count) => count !== 1)).toEqual([0]);
    expect(beaten()[300]).toBe(0);
    await hub.beat(async () => true);
    expect(beaten().slice(0, 200)).toEqual(Array(200).fill(2));
  });

  it('tells a hall at once, and thousands turn by turn, each of them the newest last', async () => {
    const hub = new LiveHub();
    const lines = Array.from({ length: 450 }, (_, index) => listen(hub, `d${index}`, ['catalog']));
    const hall = listen(hub, 'x', ['hall:main']);
    hub.publish([{ scope: 'catalog', head: 1 }]);
    const told = () => lines.filter(({ line }) => line.readableLength > 0).length;
    expect(told()).toBe(200);
    hub.publish([{ scope: 'hall:main', head: 9 }]);
    expect(heads(hall.text())).toEqual([{ scope: 'hall:main', head: 9 }]);
    hub.publish([{ scope: 'catalog', head: 2 }]);
    await settle();
    expect(told()).toBe(400);
    await settle();
    expect(
      new Set(
        lines.map(({ text }) =>
          heads(text())
            .map(({ head }) => head)
            .join(),
        ),
      ),
    ).toEqual(new Set(['1,2']));
  });
});
