import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { findStablePort } from '../../tools/demo/stablePort.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Browser, openBrowser } from '../fixtures/browser.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { kill, servicePid } from '../fixtures/processes.ts';
import { enrolTerminal, type QueueTerminal, TAKE } from '../fixtures/queueDesk.ts';
import { raisePickup } from '../fixtures/raisePickup.ts';
import { shoot } from '../fixtures/shots.ts';
import { startTcpProxy, type TcpProxy } from '../fixtures/tcpProxy.ts';
import { digitHeight, findOverflow, flashOf, LEAST_DIGIT } from '../fixtures/wall.ts';

/**
 * One window of a real hall, its calling screen on a display of the same machine, and a TV on the wall that has a network
 * of its own.
 */

const STALE = '网络中断，号码以语音为准';

let hall: Hall;
let desk: QueueTerminal;
/** The desk of the clerk. */
let page: Page;
/** The second page of the same program. */
let wall: Page;
let network: TcpProxy;
let browser: Browser;
/** The browser of the TV. */
let tv: Page;

beforeAll(async () => {
  const port = await findStablePort();
  hall = await openHall({
    ...{ width: 1920, height: 1080, resize: false },
    config: { screen: { display: 1, floor: 2, tv: { host: '127.0.0.1', port } } },
  });
  page = hall.launched.page;
  desk = await enrolTerminal(centre(), 'D01');
  // Tests run at any hour.
  const stop = { queue: 'all', reason: '测试开放', force: 'open' } as const;
  expect(await desk.ask({ kind: 'issue', queue: 'all', stop }, { actor: '9001' })).toBeTypeOf('object');
  network = await startTcpProxy(port);
  browser = await openBrowser(`http://127.0.0.1:${network.port}/screen?floor=2`, hall.display);
  tv = browser.page;
  await vi.waitUntil(() => hall.launched.app.windows().length === 2, { timeout: 45_000 });
  const second = hall.launched.app.windows().find((each) => each !== page);
  if (!second) throw new Error('there is no second page');
  wall = second;
  wall.setDefaultTimeout(45_000);
});
afterAll(async () => {
  await browser?.stop();
  await network?.close();
  await hall?.stop();
});

const centre = () => ({
  url: hall.demo.centreUrl,
  createEnrolmentCode: ({ terminal }: { terminal: string }) =>
    createEnrolmentCodeOffline(hall.demo.folder.centreDir, { terminal }),
});
const take = (): Promise<TicketRecord> => desk.ticket({ ...TAKE, queue: 'B' });
const now = (where: Page) => where.getByRole('region', { name: '请到窗口办理' });
const pickup = (where: Page) => where.getByRole('region', { name: '请取证' });
const row = (where: Page, { number }: TicketRecord) => where.getByRole('listitem', { name: `请${number}号到7号窗口` });
const both = (): Page[] => [wall, tv];

async function call(purpose?: 'pickup'): Promise<TicketRecord> {
  const { ticket } = await callFromPage(page, 'queue.callNext', {
    commandId: randomUUID(),
    ...(purpose && { purpose }),
  });
  if (!ticket) throw new Error('nobody waits');
  return ticket;
}
const act = (method: 'queue.arrive' | 'queue.finish', { id }: TicketRecord) =>
  callFromPage(page, method, { commandId: randomUUID(), ticketId: id });

test('before the window opens both walls say that nobody is there, and keep nobody out', async () => {
  for (const where of both()) {
    await now(where).getByText('本层窗口已下班').waitFor();
    await where.getByText('二楼').waitFor();
    expect(await findBarriers(where)).toEqual([]);
  }
  await shoot(tv, 'screen-closed');
});

let first: TicketRecord;

test('a number that is called appears on both, the newest flashes once a second for ten seconds', async () => {
  await hall.clerk.signIn('1001', 'Yichuang-1001');
  for (const where of both()) await now(where).getByText('暂无叫号').waitFor();
  await shoot(tv, 'screen-empty');
  const [taken, second] = [await take(), await take()];
  for (const where of both()) await where.getByText(second.number).waitFor();
  first = await call();
  expect(first.number).toBe(taken.number);
  for (const where of both()) {
    await row(where, first).waitFor();
    const flash = await flashOf(where);
    expect(flash?.hertz).toBeGreaterThan(0);
    expect(flash?.hertz).toBeLessThanOrEqual(3);
    expect(flash?.seconds).toBe(10);
  }
  await shoot(wall, 'screen-called');
});

test('who asks for less motion gets a steady mark instead', async () => {
  await tv.emulateMedia({ reducedMotion: 'reduce' });
  expect(await flashOf(tv)).toBeNull();
  await tv.emulateMedia({ reducedMotion: null });
});

test('after ten seconds it is steady', async () => {
  for (const where of both()) {
    await vi.waitUntil(async () => (await flashOf(where)) === null, { timeout: 45_000, interval: 200 });
    await row(where, first).waitFor();
  }
});

test('who came to the window is awaited no more, and who is done leaves the wall', async () => {
  await act('queue.arrive', first);
  for (const where of both())
    await vi.waitUntil(async () => (await row(where, first).getAttribute('class'))?.includes('came'));
  await act('queue.finish', first);
  for (const where of both()) await row(where, first).waitFor({ state: 'detached' });
});

test('who collects is called in a block of its own', async () => {
  await raisePickup(hall.demo.folder.centreDir, first.id, 'W07');
  for (const where of both()) await pickup(where).getByText('即将叫号取证').waitFor();
  await vi.waitUntil(
    async () => (await callFromPage(page, 'queue.state', {})).pickups.some(({ id }) => id === first.id),
    { timeout: 45_000, interval: 100 },
  );
  await call('pickup');
  for (const where of both()) {
    await pickup(where)
      .getByRole('listitem', { name: `请${first.number}号到7号窗口取证` })
      .waitFor();
    expect(await now(where).getByRole('listitem').count()).toBe(0);
  }
  await shoot(tv, 'screen-pickup');
  await act('queue.arrive', first);
  await act('queue.finish', first);
});

test('a window that pauses is told, without the reason', async () => {
  await callFromPage(page, 'queue.pause', { commandId: randomUUID(), reason: '张三来访' });
  for (const where of both()) {
    await where.getByText('暂停服务').waitFor();
    expect(await where.content()).not.toContain('张三');
  }
  await callFromPage(page, 'queue.pause', { commandId: randomUUID(), reason: null });
  for (const where of both()) await where.getByText('暂停服务').waitFor({ state: 'detached' });
});

test('a TV whose network is cut says since when, keeps its numbers, and catches up when it is back', async () => {
  const called = await call();
  await row(tv, called).waitFor();
  network.cut();
  await tv.getByText(STALE).waitFor();
  await tv.getByText(/^自 \d\d:\d\d$/).waitFor();
  await row(tv, called).waitFor();
  await shoot(tv, 'screen-lost');
  expect(await wall.getByText(STALE).count()).toBe(0);
  await act('queue.arrive', called);
  await act('queue.finish', called);
  await row(wall, called).waitFor({ state: 'detached' });
  network.mend();
  await tv.getByText(STALE).waitFor({ state: 'detached' });
  await row(tv, called).waitFor({ state: 'detached' });
});

test('a network that swallows everything without a word is noticed too', async () => {
  network.stall();
  await tv.getByText(STALE).waitFor();
  network.mend();
  await tv.getByText(STALE).waitFor({ state: 'detached' });
});

test('a TV outlives the death of the process that serves it', async () => {
  await take();
  kill(servicePid(hall.launched.app.process().pid ?? 0));
  const called = await vi.waitFor(() => call(), { timeout: 45_000, interval: 200 });
  for (const where of both()) await row(where, called).waitFor();
  await act('queue.arrive', called);
  await act('queue.finish', called);
});

test('when the hub is gone both say since when, and when it is back they are true again', async () => {
  await hall.demo.setCentre(false);
  for (const where of both()) await where.getByText(STALE).waitFor();
  await shoot(wall, 'screen-hub-silent');
  expect(await findBarriers(wall)).toEqual([]);
  await hall.demo.setCentre(true);
  for (const where of both()) await where.getByText(STALE).waitFor({ state: 'detached', timeout: 45_000 });
  await take();
  const called = await call();
  for (const where of both()) await row(where, called).waitFor();
});

/** Eight windows call at once, two people wait in every class, somebody was passed, a window pauses. */
async function fillTheWall(): Promise<void> {
  for (let index = 0; index < 9; index++) await take();
  for (const ticketClass of ['priority', 'enterprise'] as const) {
    for (let index = 0; index < 2; index++) await desk.ticket({ ...TAKE, queue: 'B', class: ticketClass });
  }
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const window = await enrolTerminal(centre(), `W0${number}`);
    await window.hear();
    await window.open('open', new Date().toISOString());
    await window.ticket({ kind: 'next' }, { actor: '1002' });
    if (number === 6) await window.open('paused', new Date().toISOString());
  }
}

test('when more are called than there is room for, all of them are shown in turn', async () => {
  await fillTheWall();
  const seen = new Set<string>();
  await vi.waitUntil(
    async () => {
      for (const number of await now(tv).getByRole('listitem').locator('b:first-child').allTextContents())
        seen.add(number);
      return seen.size >= 7;
    },
    { timeout: 45_000, interval: 500 },
  );
  await now(tv)
    .getByText(/^[12]\/2$/)
    .waitFor();
});

test.each([
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
])(
  'with all it can hold its digits are 60 mm high on 55 inches at $width × $height, and everything fits',
  async (size) => {
    await tv.setViewportSize(size);
    expect(await now(tv).getByRole('listitem').count()).toBe(6);
    expect(await digitHeight(tv)).toBeGreaterThanOrEqual(LEAST_DIGIT);
    expect(await findOverflow(tv)).toEqual([]);
    await shoot(tv, `screen-${size.width}`);
    await tv.setViewportSize({ width: 1366, height: 768 });
  },
);

test('no name of a clerk or anybody else is anywhere in the page, and a TV may ask for nothing more', async () => {
  const names = ['王敏', '示例', '张三', '1001'];
  for (const where of both()) {
    const content = await where.content();
    for (const name of names) expect(content).not.toContain(name);
    expect(await findBarriers(where)).toEqual([]);
  }
  expect(await tv.evaluate('document.cookie')).toBe('');
});
