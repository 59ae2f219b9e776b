import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/centre.ts';
import { secretHash } from '../../digest.ts';
import { StoreMemory } from '../memory.ts';
import { blobToHash, uuidToBlob } from './blobs.ts';
import { prepareDevices } from './devices.ts';
import { openDatabase } from './open.ts';
import { SQL } from './sql.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const idOf = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const tokenOf = (n: number) => secretHash(`token-${n}`);

it('all that are enrolled are remembered at once, and nobody who was revoked, then or later by somebody else', async () => {
  const [db, beside] = [openDatabase(folder.dir), openDatabase(folder.dir)];
  for (const n of [1, 2, 3])
    db.prepare(SQL.setDevice).run(uuidToBlob(idOf(n)), tokenOf(n), `W0${n}`, 'main', 0, 'terminal');
  db.prepare(SQL.revokeDevice).run(1, uuidToBlob(idOf(3)));
  const memory = new StoreMemory(db);
  const devices = prepareDevices(db, memory);
  devices.rememberDevices();
  const remembered = [1, 2, 3].map((n) => memory.devices.get(blobToHash(tokenOf(n)))?.terminal);
  expect(remembered).toEqual(['W01', 'W02', undefined]);
  expect(await devices.findDeviceByToken(tokenOf(1))).toMatchObject({ id: idOf(1), terminal: 'W01', hall: 'main' });

  beside.prepare(SQL.revokeDevice).run(2, uuidToBlob(idOf(1)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(await devices.findDeviceByToken(tokenOf(1))).toBeNull();
  expect(await devices.findDeviceByToken(tokenOf(2))).toMatchObject({ id: idOf(2) });
  for (const each of [db, beside]) each.close();
});
