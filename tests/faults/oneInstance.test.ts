import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import { COMMAND, Machine, type Ready } from './machines.ts';

/** Two programs on one data folder would give the same numbers: the second is refused, by whatever way it comes. */

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

test('a terminal, a hub and a centre refuse a second one on their folder, and none is refused after kill -9', async () => {
  const hall = await openFaultHall(path.join(folder.dir, 'hall'), COMMAND);
  const terminal = await hall.terminal('W07');
  const link = path.join(folder.dir, 'link');
  symlinkSync(hall.dir, link);
  const upstream = ['--relay', '--upstream', (await hall.centre.ready).url];
  const machines: { name: string; machine: Machine<Ready>; arguments: (data: string) => string[] }[] = [
    {
      name: 'W07',
      machine: terminal,
      arguments: (data) => ['terminal', '--config', path.join(hall.dir, 'W07.json'), '--data', data, '--headless'],
    },
    { name: 'hub', machine: hall.hub, arguments: (data) => ['centre', '--data', data, '--port', '0', ...upstream] },
    { name: 'centre', machine: hall.centre, arguments: (data) => ['centre', '--data', data, '--port', '0'] },
  ];
  try {
    await terminal.start();
    for (const { name, machine, arguments: args } of machines) {
      const straight = path.join(hall.dir, name);
      const ways = [straight, path.join(link, name), `${hall.dir}/./${name}/../${name}`];
      const refused = ways.map(async (data) => {
        const second = new Machine(COMMAND, args(data));
        await expect(second.start(), `${name} by ${data}`).rejects.toThrow(/in-use/);
      });
      await Promise.all(refused);
      await machine.kill();
      await machine.start();
    }
    expect(machines.map(({ machine }) => machine.crash)).toEqual([null, null, null]);
  } finally {
    for (const { machine } of machines) await machine.stop();
  }
  expect(await hall.findings(['W07'])).toEqual([]);
}, 600_000);
