import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSigningKey, SigningKey } from '../../../signing/key.ts';
import { temporaryFolder } from '../../../tests/fixtures/centre.ts';
import { openStoreIn } from '../../../tests/fixtures/centreDatabase.ts';
import type { DeviceKey } from '../identityTypes.ts';
import type { CentreStore } from '../types.ts';

const ID = '0198a000-0000-7000-8000-0000000000d7';

let folder: ReturnType<typeof temporaryFolder>;
let store: CentreStore;
let earlier: DeviceKey;
let now: DeviceKey;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStoreIn(folder.dir);
  store.setUpstream('http://centre', 'main');
  [earlier, now] = [1, 2].map((epoch) => ({
    publicKey: SigningKey.open(makeSigningKey()).publicKey,
    from: { epoch, seq: epoch * 10 },
  })) as [DeviceKey, DeviceKey];
});
afterEach(() => {
  store.close();
  folder.remove();
});

const device = (key: DeviceKey, keys?: DeviceKey[]) => ({
  ...{ id: ID, terminal: 'W07', kind: 'terminal' as const, tokenHash: 'ab'.repeat(32), active: true, heads: [] },
  ...{ key, ...(keys && { keys }) },
});

it('keeps every key with where it begins; the last of the list is in force', () => {
  store.takeDevices('main', [device(now, [earlier, now])], 5);
  expect(store.keyHistoryOf(ID)).toEqual([earlier, now]);
  expect(store.keysOf(ID)).toEqual([now.publicKey, earlier.publicKey]);
  expect(store.keyOf(ID)).toEqual(now);
});

it('a list of the other hub that is older puts no earlier key back in force', () => {
  store.takeDevices('main', [device(now, [earlier, now])], 5);
  store.addDevices('main', [device(earlier, [earlier])], 6);
  // Of an older program: the one in force there alone.
  store.addDevices('main', [device(earlier)], 7);
  expect(store.keyOf(ID)).toEqual(now);
  expect(store.keyHistoryOf(ID)).toEqual([earlier, now]);
});

it('what the other hub knows of a window that was enrolled anew a moment ago is known here, and in force', () => {
  store.takeDevices('main', [device(earlier, [earlier])], 5);
  store.addDevices('main', [device(now, [earlier, now])], 6);
  expect(store.keyOf(ID)).toEqual(now);
  // The centre has not been asked since.
  expect(store.keysOf(ID)).toEqual([now.publicKey, earlier.publicKey]);
});

it('who enrols puts right what another program had put back', () => {
  store.takeDevices('main', [device(now, [now, earlier])], 5);
  expect(store.keyOf(ID)).toEqual(earlier);
  store.takeDevices('main', [device(now, [earlier, now])], 6);
  expect(store.keyOf(ID)).toEqual(now);
});
