import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectHttp } from '../../link/httpLine.ts';
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
let follower: Follower;
beforeEach(async () => {
  active = await startTestCentre();
  folder = temporaryFolder();
  store = openStoreIn(folder.dir);
  store.joinHub('standby', active.centre.url);
  follower = new Follower({
    store,
    roles: new HubRoles(store),
    url: active.centre.url,
    connect: connectHttp,
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

it('the key of a window that was enrolled anew a moment ago is here before what it has signed', async () => {
  const enrol = async (epoch: number) => {
    const code = await active.centre.createEnrolmentCode({ terminal: 'W07' });
    return enrolSigned(active.centre.url, code, { name: 'a', terminal: '07', epoch });
  };
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
