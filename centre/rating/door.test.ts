import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RatingLinkRequest } from '../../contract/rating.ts';
import { type Grade, RATING_LINK_MINUTES } from '../../domain/rating/types.ts';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { clerkOf, startQueueHall } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W03'], ratesByPhone: true });
});
afterEach(() => hall.dispose());

const CASE_NUMBER = '20261127030012';
const service = (): RatingLinkRequest => ({
  ...{ id: uuidv7(), ticketId: uuidv7(), caseId: uuidv7() },
  ...{ number: 'A015', about: CASE_NUMBER, clerk: clerkOf('W03') },
});

async function invite(request: RatingLinkRequest = service(), token = hall.at('W03').token): Promise<string> {
  const answer = await call(hall.centre.url, '/office/v1/queue/rating-link', jsonRequest(request, token));
  expect(answer.status).toBe(200);
  return String((answer.body as { url: string }).url);
}

async function open(url: string) {
  const response = await fetch(url);
  return { status: response.status, html: await response.text(), headers: response.headers };
}

/** As the form of the page sends it. */
async function press(url: string, grade: string | number): Promise<{ status: number; html: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ grade: String(grade) }) });
  return { status: response.status, html: await response.text() };
}

const answered = async () => (await hall.ops('rating.')).map(({ kind, actor, body }) => [kind, actor, body.grade]);

test('the address says nothing of person, case or clerk, and the page keeps and loads nothing', async () => {
  const request = service();
  const url = await invite(request);
  const sealed = Buffer.from(url.slice(url.lastIndexOf('/') + 1), 'base64url');
  const ids = [request.id, request.ticketId, request.caseId ?? ''].map((id) =>
    Buffer.from(id.replaceAll('-', ''), 'hex'),
  );
  for (const told of [CASE_NUMBER, ...ids]) expect(sealed.includes(told)).toBe(false);
  // The same service sealed twice looks like two.
  expect(await invite(request)).not.toBe(url);
  const { status, html, headers } = await open(url);
  expect(status).toBe(200);
  expect(html).toContain('A015 号，请您评价本次服务');
  expect(html).not.toMatch(new RegExp(`${CASE_NUMBER}|${request.clerk}|W03|<script|src=|href=`));
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('set-cookie')).toBeNull();
});

test('one press is kept, by nobody, for the service of the code; a bad one is work; a second one is not counted', async () => {
  const request = service();
  const url = await invite(request);
  expect(await press(url, 1)).toMatchObject({ status: 200, html: expect.stringContaining('感谢您的评价') });
  const { id: _id, number: _number, ...of } = request;
  expect((await hall.ops('rating.')).map(({ stream, body }) => [stream, body])).toEqual([
    [
      `rating:${request.id}`,
      { ...of, terminal: 'W03', grade: 1, way: 'qr', at: new Date(hall.clock.now).toISOString() },
    ],
  ]);
  expect((await hall.ops('workorder.')).map(({ body }) => body.about)).toEqual([CASE_NUMBER]);
  expect(await press(url, 5)).toMatchObject({ status: 409, html: expect.stringContaining('已经评价过了') });
  // Nor with another code of the same service.
  expect((await press(await invite(request), 5)).status).toBe(409);
  expect(await answered()).toEqual([['rating.answered', 'system', 1]]);
});

test('who pressed at the window has rated; who only left may still', async () => {
  const { maker } = hall.at('W03');
  const says = async (grade: Grade | null): Promise<RatingLinkRequest> => {
    const request = service();
    const { id, ticketId, caseId, about, clerk } = request;
    const way = grade === null ? null : ('box' as const);
    const body = { ...HALL_BODIES['rating.given'], ticketId, caseId, about, clerk, grade, way };
    await hall.at('W03').push([maker.make('rating.given', `rating:${id}`, body, { actor: 'system' })]);
    return request;
  };
  expect((await press(await invite(await says(3)), 1)).status).toBe(409);
  expect((await press(await invite(await says(null)), 4)).status).toBe(200);
  expect((await answered()).map(([, , grade]) => grade)).toEqual([3, null, 4]);
});

test('a window cannot answer in the name of a phone', async () => {
  const op = hall.at('W03').maker.make('rating.answered', `rating:${uuidv7()}`, HALL_BODIES['rating.answered']);
  expect((await hall.at('W03').push([op])).results).toMatchObject([{ outcome: 'rejected', code: 'forbidden' }]);
});

test('a code ends after its time, and one that was changed or comes from elsewhere never was one', async () => {
  const url = await invite();
  const end = url.slice(-6);
  const changed = url.slice(0, -6) + (end === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA');
  const other = await startQueueHall({ windows: ['W03'], ratesByPhone: true });
  const foreign = new URL(url).origin + new URL(await inviteAt(other)).pathname;
  await other.dispose();
  for (const wrong of [changed, foreign, `${new URL(url).origin}/r/abc`, `${new URL(url).origin}/`]) {
    expect((await open(wrong)).status).toBe(404);
    expect((await press(wrong, 5)).status).toBe(404);
  }
  hall.clock.now += RATING_LINK_MINUTES * 60_000 - 1;
  expect((await open(url)).status).toBe(200);
  hall.clock.now += 1;
  expect(await open(url)).toMatchObject({ status: 410, html: expect.stringContaining('二维码已经过期') });
  expect((await press(url, 5)).status).toBe(410);
  expect(await answered()).toEqual([]);
});

async function inviteAt(other: typeof hall): Promise<string> {
  const answer = await call(
    other.centre.url,
    '/office/v1/queue/rating-link',
    jsonRequest(service(), other.at('W03').token),
  );
  return String((answer.body as { url: string }).url);
}

test('what is no grade is asked again, and nothing of it is in any log', async () => {
  const url = await invite();
  for (const grade of ['0', '6', '', '5&grade=1', '5'.repeat(500)]) {
    expect((await press(url, grade)).status).toBe(400);
  }
  expect((await fetch(url, { method: 'PUT' })).status).toBe(404);
  expect(await answered()).toEqual([]);
  expect((await press(url, 5)).status).toBe(200);
  expect(hall.logs()).not.toContain(new URL(url).pathname.slice(3, 30));
});

test('only a machine of the hall gets a code', async () => {
  const refused = await call(hall.centre.url, '/office/v1/queue/rating-link', jsonRequest(service(), 'A'.repeat(43)));
  expect(refused.status).toBe(401);
});
