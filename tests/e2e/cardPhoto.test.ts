import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { fakeDecoder } from '../fixtures/photoDecoder.ts';
import { shoot } from '../fixtures/shots.ts';

/** The photo on the card, from the reader's line to the clerk's eyes, through a program that stands for the vendor's. */

let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  const { devices } = parse(readFileSync(hall.demo.folder.configFile, 'utf8')) as { devices: { idReader: object } };
  const idReader = { ...devices.idReader, photo: fakeDecoder() };
  await hall.reconfigure({ devices: { ...devices, idReader } });
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(() => hall.stop());

test('the photo stands beside the person while the form is in hand, and a restart knows nothing of it', async () => {
  await hall.lay('zhangsan', '张三');
  const photo = () => hall.launched.page.getByRole('img', { name: '张三的证件照片' });
  await photo().waitFor();
  const sizeOf = (image: unknown) => {
    const { naturalWidth, naturalHeight } = image as { naturalWidth: number; naturalHeight: number };
    return [naturalWidth, naturalHeight];
  };
  expect(await photo().evaluate(sizeOf)).toEqual([102, 126]);
  await shoot(hall.launched.page, 'card-photo-1366');
  expect(await findBarriers(hall.launched.page)).toEqual([]);
  const clerk = await hall.reopen();
  await clerk.signIn('1001', 'Yichuang-1001');
  await clerk.waitForPerson('张三');
  expect(await photo().count()).toBe(0);
});
