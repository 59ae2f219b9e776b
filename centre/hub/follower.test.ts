import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectHttp } from '../../link/httpLine.ts';
import { type Exchange, type Line, type LineAnswer, LineError } from '../../link/line.ts';
import { startTestCentre, temporaryFolder } from '../../tests/fixtures/centre.ts';
import { findingsIn, openStoreIn } from '../../tests/fixtures/centreDatabase.ts';
import { enrolSigned } from '../../tests/fixtures/signedTerminal.ts';
import type { CentreStore } from '../store/types.ts';
import { Follower } from './follower.ts';
import { HubRoles } from './role.ts';

const WAIT = { timeout: 45_000 };

let active: Awaited<ReturnType<typeof startTestCentre>>;
let folder: ReturnType<typeof temporaryFolder>;
let store: CentreStore;
let roles: HubRoles;
let follower: Follower;
/** Answers of the active hub that get lost from here on, by what they were asked. */
let isLost: (exchange: Exchange) => boolean;
beforeEach(async () => {
  active = await startTestCentre();
  folder = temporaryFolder();
  store = openStoreIn(folder.dir);
  store.joinHub('standby', active.centre.url);
  roles = new HubRoles(store);
  isLost = () => false;
  follower = new Follower({
    store,
    roles,
    url: active.centre.url,
    connect: (url) => losing(connectHttp(url)),
    hall: () => 'main',
    hasCentre: false,
    name: 'H02',
    code: await active.centre.createEnrolmentCode({ terminal: 'H02', kind: 'relay' }),
    // By this clock the list of devices is due once and never again.
    now: () => 60_000,
    monotonic: () => performance.now(),
    publish: () => {},
    logger: pino({ level: 'silent' }),
  });
});
afterEach(async () => {
  // It may be waiting for news: the end of the other side lets it go.
  await Promise.all([follower.stop(), active.dispose()]);
  store.close();
  folder.remove();
});

/** The request arrives and is carried out; of some nothing is heard again. */
function losing(line: Line): Line {
  const exchange = async (asked: Exchange): Promise<LineAnswer> => {
    const answer = await line.exchange(asked);
    if (isLost(asked)) throw new LineError(new Error('TimeoutError'), true);
    return answer;
  };
  return new Proxy(line, {
    get: (target, name) => {
      if (name === 'exchange') return exchange;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function enrol(epoch: number) {
  const code = await active.centre.createEnrolmentCode({ terminal: 'W07' });
  return enrolSigned(active.centre.url, code, { name: 'a', terminal: '07', epoch });
}

/** It has taken over, and decides nothing yet. */
async function takeOver(): Promise<boolean> {
  let isAll = false;
  store.saveHubRole({ role: 'active', fence: 1 });
  await roles.becomeActive(async () => {
    expect(roles.isActive()).toBe(false);
    isAll = await follower.readRest();
  });
  expect(roles.isActive()).toBe(true);
  return isAll;
}

/** The standby has the first op, and then hears nothing more: there are two others. */
async function fallBehind() {
  const w07 = await enrol(1);
  w07.maker.acceptCase();
  await w07.push();
  follower.start();
  await expect.poll(() => store.chains.findHead(w07.maker.device, 1)?.seq, WAIT).toBe(1);
  await follower.stop();
  for (const number of ['20261123071001', '20261123071002']) w07.maker.acceptCase({ number });
  await w07.push();
  return w07;
}

it('who takes over reads the rest of the log of the hub that lives, which decides nothing more from then on', async () => {
  const { maker } = await fallBehind();
  let asked = 0;
  // The first answer is lost on a line that nobody has given up yet.
  isLost = ({ path }) => path.startsWith('/relay/v1/log') && ++asked === 1;
  expect(await takeOver()).toBe(true);
  expect(store.chains.findHead(maker.device, 1)?.seq).toBe(3);
  expect(active.centre.isActive()).toBe(false);
  expect(asked).toBeGreaterThan(2);
  expect(findingsIn(folder.dir)).toEqual([]);
});

it('who takes over from a hub that is gone, or cannot be heard, decides with what there is', async () => {
  const { maker } = await fallBehind();
  isLost = ({ path }) => path.startsWith('/relay/v1/log');
  expect(await takeOver()).toBe(false);
  // It has not been heard, and hears all the same.
  expect(active.centre.isActive()).toBe(false);
  await active.centre.close();
  expect(await takeOver()).toBe(false);
  expect(store.chains.findHead(maker.device, 1)?.seq).toBe(1);
});

it('a standby that has read nearly all asks with a short patience, so that a lost answer is missed soon', async () => {
  const patience: (number | undefined)[] = [];
  isLost = ({ path, deadlineMs }) => {
    if (path.startsWith('/relay/v1/log')) patience.push(deadlineMs);
    return false;
  };
  const w07 = await enrol(1);
  w07.maker.acceptCase();
  await w07.push();
  follower.start();
  await expect.poll(() => patience.length, WAIT).toBeGreaterThan(1);
  expect(patience.slice(0, 2)).toEqual([undefined, 3000]);
});

it('a standby that reads for the first time after a window was enrolled anew knows the key of before, too', async () => {
  const before = await enrol(1);
  before.maker.acceptCase();
  await before.push();
  const anew = await enrol(2);
  anew.maker.acceptCase({ number: '20261123071001' });
  await anew.push();
  follower.start();
  await expect.poll(() => store.chains.findHead(anew.maker.device, 2)?.seq, WAIT).toBe(1);
  expect(store.keysOf(anew.maker.device)).toEqual([anew.key.publicKey, before.key.publicKey]);
  expect(store.keyOf(anew.maker.device)?.publicKey).toBe(anew.key.publicKey);
  expect(findingsIn(folder.dir)).toEqual([]);
});

it('the key of a window that was enrolled anew a moment ago is here before what it has signed', async () => {
  const before = await enrol(1);
  before.maker.acceptCase();
  await before.push();
  follower.start();
  await expect.poll(() => store.chains.findHead(before.maker.device, 1)?.seq, WAIT).toBe(1);

  const anew = await enrol(2);
  anew.maker.acceptCase({ number: '20261123071001' });
  await anew.push();
  await expect.poll(() => store.chains.findHead(anew.maker.device, 2)?.seq, WAIT).toBe(1);
  expect(store.keysOf(anew.maker.device)).toEqual([anew.key.publicKey, before.key.publicKey]);
  expect(findingsIn(folder.dir)).toEqual([]);
});
