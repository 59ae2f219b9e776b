import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBookingKeyOffline } from '../../centre/command.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { call, jsonRequest } from '../fixtures/centre.ts';
import { FormDesk } from '../fixtures/formDesk.ts';
import { visitBooked } from '../fixtures/homeVisits.ts';

/** A home visit at the laptop that goes along: chosen by the keyboard, accepted as one, with the line to the centre cut. */

let desk: FormDesk;
let page: Page;

beforeAll(async () => {
  desk = await FormDesk.open(async ({ demo }) => {
    const key = await createBookingKeyOffline(demo.folder.centreDir, 'main');
    const day = hallDay(Date.now());
    const slot = { from: `${day}T02:00:00.000Z`, to: `${day}T03:00:00.000Z` };
    const visit = { terminal: 'W07', staff: ['1001', '1002'] as [string, string] };
    const appointments = [visitBooked(visit, { day, slot, itemCode: 'A09' })];
    const { status } = await call(demo.centreUrl, '/office/v1/appointments', jsonRequest({ appointments }, key));
    expect(status).toBe(200);
  });
  page = desk.page;
});
afterAll(() => desk.hall.stop());

test('the visits of this machine stand in a list, and Enter begins the form of one', async () => {
  await page.getByRole('status').getByText('空闲').waitFor();
  await expect.poll(async () => (await desk.call('visits.planned', {})).rows.length).toBe(1);
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('button', { name: '上门服务' }).click();
  await page.getByRole('dialog', { name: '上门服务' }).getByText('王敏').waitFor();
  await desk.look('visits');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '上门服务' }).waitFor();
  await page.getByRole('region', { name: '办理事项' }).getByText('抵押权注销登记').waitFor();
  await desk.look('visit-form');
});

test('without the line the case is accepted as one of a home visit', async () => {
  const { clerk } = desk;
  await desk.hall.demo.setCentre(false);
  desk.hall.demo.reader.layCard('zhangsan');
  await clerk.waitForPerson('张三');
  desk.hall.demo.reader.liftCard();
  await page.getByRole('textbox', { name: '坐落' }).click();
  await clerk.type('龙山区东吉大街 12 号 3 单元 402 室');
  await clerk.press('Enter');
  await clerk.tickPapers();
  const number = await clerk.accept();
  expect(await desk.acceptanceOf(number)).toMatchObject({ source: 'home-visit', itemCode: 'A09' });
});
