import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { scanCode } from '../fixtures/phone.ts';
import { kill, servicePid } from '../fixtures/processes.ts';
import { enrolTerminal, type QueueTerminal, TAKE } from '../fixtures/queueDesk.ts';
import { raisePickup } from '../fixtures/raisePickup.ts';
import { shoot } from '../fixtures/shots.ts';
import { touch } from '../fixtures/touch.ts';

/** One window of a real hall: the desk of its clerk, and the page in front of the citizen on a display of the same machine. */

const GRADES = ['非常满意', '满意', '基本满意', '不满意', '非常不满意'];
/** What lies on top of something else on the page that asks. */
const COVERED = `(() => {
  const parts = [...document.querySelectorAll('main h1, main p, main button, main svg')];
  const boxes = parts.map((part) => ({ says: part.textContent || part.tagName, box: part.getBoundingClientRect() }));
  return boxes.flatMap((one, index) => boxes.slice(index + 1)
    .filter(({ box }) => box.left < one.box.right && one.box.left < box.right
      && box.top < one.box.bottom - 1 && one.box.top < box.bottom - 1)
    .map((other) => one.says + ' / ' + other.says));
})()`;

const PHONE = { width: 390, height: 844 };
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1024, height: 600 },
  { width: 800, height: 1280 },
];

let hall: Hall;
let desk: QueueTerminal;
/** Of the clerk. */
let page: Page;
/** In front of the citizen. */
let citizen: Page;

beforeAll(async () => {
  hall = await openHall({
    ...{ width: 1366, height: 768, resize: false },
    config: { screen: { display: 1, shows: 'citizen' } },
  });
  page = hall.launched.page;
  const centre = {
    url: hall.demo.centreUrl,
    createEnrolmentCode: ({ terminal }: { terminal: string }) =>
      createEnrolmentCodeOffline(hall.demo.folder.centreDir, { terminal }),
  };
  desk = await enrolTerminal(centre, 'D01');
  // Tests run at any hour.
  const stop = { queue: 'all', reason: '测试开放', force: 'open' } as const;
  expect(await desk.ask({ kind: 'issue', queue: 'all', stop }, { actor: '9001' })).toBeTypeOf('object');
  await vi.waitUntil(() => hall.launched.app.windows().length === 2, { timeout: 45_000 });
  const second = hall.launched.app.windows().find((each) => each !== page);
  if (!second) throw new Error('there is no second page');
  citizen = second;
  citizen.setDefaultTimeout(45_000);
});
afterAll(async () => {
  await hall?.stop();
});

const says = (title: string) => citizen.getByRole('heading', { name: title });
const buttons = () => citizen.getByRole('button');
const act = (method: 'queue.arrive' | 'queue.finish', { id }: TicketRecord) =>
  callFromPage(page, method, { commandId: randomUUID(), ticketId: id });

async function call(purpose?: 'pickup'): Promise<TicketRecord> {
  const { ticket } = await callFromPage(page, 'queue.callNext', {
    commandId: randomUUID(),
    ...(purpose && { purpose }),
  });
  if (!ticket) throw new Error('nobody waits');
  return ticket;
}

/** Somebody takes a number, is called, comes and goes. */
async function serve(): Promise<TicketRecord> {
  await desk.ticket({ ...TAKE, queue: 'B' });
  const ticket = await call();
  await act('queue.arrive', ticket);
  await act('queue.finish', ticket);
  return ticket;
}

/** What is right of every one of its faces, at every size. */
async function expectReadable(name: string): Promise<void> {
  for (const size of SIZES) {
    await citizen.setViewportSize(size);
    const { small, text, overflowing } = await touch(citizen);
    expect({ name, size, small, overflowing }).toEqual({ name, size, small: [], overflowing: [] });
    expect(text.size, text.says).toBeGreaterThanOrEqual(18);
    await shoot(citizen, `citizen-${name}-${size.width}`);
  }
  await citizen.setViewportSize({ width: 1366, height: 768 });
  expect(await findBarriers(citizen)).toEqual([]);
}

/** Everything about a button that could make somebody choose it, but its place and its words. */
function looks(): Promise<string[]> {
  return citizen.evaluate<string[]>(`[...document.querySelectorAll('button')].map((button) => {
    const { width, height } = button.getBoundingClientRect();
    const { color, backgroundColor, borderColor, borderWidth, fontSize, fontWeight, opacity, boxShadow, outlineStyle } =
      getComputedStyle(button);
    return JSON.stringify([Math.round(width), Math.round(height), color, backgroundColor, borderColor, borderWidth,
      fontSize, fontWeight, opacity, boxShadow, outlineStyle, button.childElementCount, button.className]);
  })`);
}

test('while nobody is signed in at the window its page says that it is not open', async () => {
  await says('本窗口未开放').waitFor();
  await citizen.getByText('7 号窗口').waitFor();
  await expectReadable('closed');
});

test('the open window, a number that is called and one that is served, without any name', async () => {
  await hall.clerk.signIn('1001', 'Yichuang-1001');
  await says('请等候叫号').waitFor();
  await expectReadable('idle');
  await desk.ticket({ ...TAKE, queue: 'B' });
  const ticket = await call();
  await says(ticket.number).waitFor();
  await citizen.getByText('请到本窗口办理').waitFor();
  await expectReadable('called');
  await act('queue.arrive', ticket);
  await citizen.getByText('正在为您办理').waitFor();
  await expectReadable('serving');
  expect(await citizen.content()).not.toMatch(/王敏|\b1001\b/);
  await act('queue.finish', ticket);
});

test('after the service it asks: five grades in the central order, alike, and none of them chosen', async () => {
  await says('请您评价本次服务').waitFor();
  expect(await buttons().allTextContents()).toEqual(GRADES);
  for (const size of SIZES) {
    await citizen.setViewportSize(size);
    expect(new Set(await looks()).size).toBe(1);
  }
  expect(await citizen.evaluate('document.activeElement.tagName')).toBe('BODY');
  expect(await citizen.locator('[aria-pressed], [aria-checked], [aria-selected], [autofocus]').count()).toBe(0);
  await citizen
    .getByRole('timer')
    .getByText(/还有 \d+ 秒/)
    .waitFor();
  await expectReadable('rate');
});

test('a touch is kept before there are thanks, and the clerk learns nothing of it', async () => {
  await buttons().nth(3).click();
  await says('感谢您的评价').waitFor();
  expect(await buttons().count()).toBe(0);
  await expectReadable('thanks');
  await says('请等候叫号').waitFor();
  await vi.waitFor(
    async () => {
      const { rows } = await desk.pull('hall:main', 0, 500);
      const given = rows.filter(({ op }) => op.kind === 'rating.given').map(({ op }) => op.body);
      expect(given).toMatchObject([{ grade: 2, way: 'screen', clerk: '1001', terminal: 'W07' }]);
    },
    { timeout: 45_000, interval: 100 },
  );
  expect(await page.content()).not.toMatch(/非常满意|不满意/);
  expect(await callFromPage(page, 'queue.state', {})).toMatchObject({ rating: null });
});

test('a phone reads the code off the display and rates by it, at every size of the display', async () => {
  await serve();
  await says('请您评价本次服务').waitFor();
  const codes = new Set<string>();
  for (const size of SIZES) {
    await citizen.setViewportSize(size);
    codes.add(await scanCode(citizen, 'rating-code'));
    expect(await citizen.evaluate(COVERED)).toEqual([]);
    await shoot(citizen, `citizen-scan-${size.width}`);
  }
  expect(codes.size).toBe(1);
  const [url = ''] = codes;
  const phone = await openBrowser(url, hall.display);
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      await phone.page.emulateMedia({ colorScheme });
      for (const size of [PHONE, { width: 320, height: 480 }]) {
        await phone.page.setViewportSize(size);
        const { small, text } = await touch(phone.page);
        expect({ small, size: text.size >= 18 }).toEqual({ small: [], size: true });
        expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        await shoot(phone.page, `phone-rate-${colorScheme}-${size.width}`);
      }
      expect(await findBarriers(phone.page)).toEqual([]);
    }
    expect(await phone.page.getByRole('button').allTextContents()).toEqual(GRADES);
    await phone.page.getByRole('button', { name: '不满意', exact: true }).click();
    await phone.page.getByRole('heading', { name: '感谢您的评价' }).waitFor();
    await phone.page.setViewportSize(PHONE);
    await shoot(phone.page, 'phone-rate-thanks');
    expect(await findBarriers(phone.page)).toEqual([]);
    // The display asks no more, and does not say what was answered.
    await vi.waitUntil(async () => (await buttons().count()) === 0, { timeout: 45_000, interval: 100 });
    await phone.page.goto(url);
    await phone.page.getByRole('button', { name: '非常满意' }).click();
    await phone.page.getByRole('heading', { name: '本次服务已经评价过了' }).waitFor();
  } finally {
    await phone.stop();
    await citizen.setViewportSize({ width: 1366, height: 768 });
  }
});

test('the desk keeps the keys: what is touched in front of it takes the focus from nobody', async () => {
  await serve();
  await says('请您评价本次服务').waitFor();
  const focusable = await hall.launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((each) => each.isFocusable())
      .sort(),
  );
  expect(focusable).toEqual([false, true]);
});

test('the question outlives the death of the process that asks it, and one touch is still one grade', async () => {
  kill(servicePid(hall.launched.app.process().pid ?? 0));
  const before = await citizen.getByRole('heading', { level: 1 }).textContent();
  await vi.waitUntil(
    async () => {
      await buttons()
        .first()
        .click({ timeout: 1_000 })
        .catch(() => {});
      return (await says('感谢您的评价').count()) === 1;
    },
    { timeout: 45_000, interval: 200 },
  );
  expect(before).toContain('请您评价本次服务');
  const { rows } = await desk.pull('hall:main', 0, 500);
  const ids = rows.filter(({ op }) => op.kind === 'rating.given').map(({ op }) => op.stream);
  expect(new Set(ids).size).toBe(ids.length);
});

test('whoever collects is told so in the colour of the second call', async () => {
  const ticket = await vi.waitFor(() => serve(), { timeout: 45_000, interval: 500 });
  await raisePickup(hall.demo.folder.centreDir, ticket.id, 'W07');
  await vi.waitUntil(
    async () => (await callFromPage(page, 'queue.state', {})).pickups.some(({ id }) => id === ticket.id),
    { timeout: 45_000, interval: 100 },
  );
  await call('pickup');
  await act('queue.arrive', ticket);
  await citizen.getByText('正在为您办理取证').waitFor();
  // Who stands there now is not asked about the service before.
  expect(await buttons().count()).toBe(0);
  await expectReadable('pickup');
  await act('queue.finish', ticket);
  await buttons().first().click();
  await says('感谢您的评价').waitFor();
});

test('a pause is told without its reason', async () => {
  await callFromPage(page, 'queue.pause', { commandId: randomUUID(), reason: '张三来访' });
  await says('暂停服务').waitFor();
  expect(await citizen.content()).not.toContain('张三');
  await expectReadable('paused');
  await callFromPage(page, 'queue.pause', { commandId: randomUUID(), reason: null });
  await says('请等候叫号').waitFor();
});

test('when nothing answers for five seconds nothing old stands there, and the first answer is enough', async () => {
  const pid = servicePid(hall.launched.app.process().pid ?? 0);
  process.kill(pid, 'SIGSTOP');
  try {
    await says('暂时不能显示').waitFor();
    await expectReadable('lost');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await says('请等候叫号').waitFor({ timeout: 45_000 });
});

test('its page may ask for nothing of the desk', async () => {
  for (const method of ['devices.status', 'sync.status', 'catalogue.items'] as const)
    await expect(callFromPage(citizen, method, {} as never)).rejects.toThrow('forbidden');
  await expect(callFromPage(citizen, 'screen.state', { floor: 2 })).rejects.toThrow('forbidden');
  const login = callFromPage(citizen, 'session.login', { number: '1001', password: 'Yichuang-1001' });
  await expect(login).rejects.toThrow('forbidden');
});
