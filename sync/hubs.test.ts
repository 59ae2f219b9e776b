import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectHttp } from '../link/httpLine.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { Hubs } from './hubs.ts';

const URLS = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];

let fixture: ReturnType<typeof openTestStore>;
let left: number;
let hubs: Hubs;
beforeEach(() => {
  fixture = openTestStore();
  left = 0;
  hubs = new Hubs({
    ...{ store: fixture.store, urls: URLS, connect: connectHttp },
    onHeard: () => {},
    onLeft: () => {
      left += 1;
    },
    known: () => new Map(),
  });
});
afterEach(() => fixture.dispose());

test('two who are told at the same time that a hub does not decide go on to the same other one', () => {
  const asked = hubs.current;
  hubs.goOn(asked);
  hubs.goOn(asked);
  expect(hubs.current.url).toBe(URLS[1]);
  expect(left).toBe(1);
  hubs.goOn(hubs.current);
  expect(hubs.current.url).toBe(URLS[0]);
});

test('what hangs at a hub that fell silent holds up nobody once another is asked', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { store } = fixture;
  const asked = once(silent, 'request');
  const both = new Hubs({
    ...{ store, urls: [url, ...URLS], connect: connectHttp },
    onHeard: () => {},
    onLeft: () => {},
    known: () => new Map(),
  });
  try {
    const answer = both.current.pull('hall:main', 0, 100, { isMinimal: true });
    const failed = expect(answer).rejects.toMatchObject({ kind: 'offline', isOvertaken: true });
    await asked;
    const left = both.current;
    both.goOn(left);
    await failed;
    // As somebody does who had it in hand before, and waited for his turn.
    await expect(left.pull('hall:main', 0, 100, { isMinimal: true })).rejects.toMatchObject({ isOvertaken: true });
    while (both.current !== left) both.goOn(both.current);
    const askedAgain = once(silent, 'request');
    const again = expect(left.pull('hall:main', 0, 100, { isMinimal: true })).rejects.toMatchObject({
      isOvertaken: false,
    });
    await askedAgain;
    silent.closeAllConnections();
    await again;
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});
