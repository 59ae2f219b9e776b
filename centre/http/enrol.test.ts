import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolAnswer, syncError } from '../../contract/sync.ts';
import { call, jsonRequest, startTestCentre } from '../../tests/fixtures/centre.ts';
import { uuidOf } from '../../tests/fixtures/opMaker.ts';

describe('enrolment', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let now = Date.UTC(2026, 10, 23);
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 23);
    test = await startTestCentre({ now: () => now });
  });
  afterEach(() => test.dispose());

  const enrol = (code: string, terminal = 'W07', device = uuidOf(0, 'a')) =>
    call(test.centre.url, '/sync/v1/enrol', jsonRequest({ code, device, terminal }));

  it('gives a token for a code, once', async () => {
    const code = await test.centre.createEnrolmentCode({ terminal: 'W07' });
    expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}$/);
    const answer = await enrol(` ${code.toLowerCase()} `);
    expect(answer.status).toBe(200);
    expect(enrolAnswer.parse(answer.body)).toMatchObject({ hall: 'main', centreTime: '2026-11-23T00:00:00.000Z' });

    for (const device of [uuidOf(0, 'a'), uuidOf(0, 'b')]) {
      const again = await enrol(code, 'W07', device);
      expect(again.status).toBe(403);
      expect(syncError.parse(again.body).code).toBe('enrolment-refused');
    }
    expect(test.centre.stats().devices).toBe(1);
    expect(test.logs()).not.toContain(code);
  });

  it('refuses an expired code, an unknown one, and one for another terminal, all alike', async () => {
    const expired = await test.centre.createEnrolmentCode({ terminal: 'W07', ttlMinutes: 10 });
    const other = await test.centre.createEnrolmentCode({ terminal: 'W08', ttlMinutes: 60 });
    now += 10 * 60_000;
    const answers = [await enrol(expired), await enrol(other), await enrol('AAAA-BBBB-CCCC-DDDD')];
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual(answers[0]?.body);
    }
    expect(test.centre.stats().devices).toBe(0);
    // A mistake at the wrong machine spends nothing.
    expect((await enrol(other, 'W08')).status).toBe(200);
  });

  it('lets a code work to its last moment', async () => {
    const code = await test.centre.createEnrolmentCode({ terminal: 'W07', ttlMinutes: 10 });
    now += 10 * 60_000 - 1;
    expect((await enrol(code)).status).toBe(200);
  });

  it('brings a revoked device back with a new code, and its old token stays worthless', async () => {
    const device = uuidOf(0, 'a');
    const enrolAgain = async () =>
      enrolAnswer.parse((await enrol(await test.centre.createEnrolmentCode({ terminal: 'W07' }))).body).token;
    const old = await enrolAgain();
    await test.centre.revokeDevice(device);
    const token = await enrolAgain();
    const pull = (bearer: string) =>
      call(test.centre.url, '/sync/v1/pull?scope=catalog&after=0', { headers: { authorization: `Bearer ${bearer}` } });
    expect((await pull(token)).status).toBe(200);
    expect((await pull(old)).status).toBe(401);
    expect(test.centre.stats().devices).toBe(1);
  });

  it('refuses a malformed request', async () => {
    for (const body of [{}, { code: 'x', device: 'y', terminal: 'W07' }, [], 'text', 7]) {
      const answer = await call(test.centre.url, '/sync/v1/enrol', jsonRequest(body));
      expect(answer.status).toBe(400);
      expect(syncError.parse(answer.body).code).toBe('bad-request');
    }
  });

  it.each([
    { terminal: 'window 7' },
    { terminal: 'W07', hall: 'Main Hall' },
    { terminal: 'W07', ttlMinutes: 0 },
    { terminal: 'W07', ttlMinutes: Number.NaN },
    { terminal: 'W07', ttlMinutes: 1e9 },
  ])('makes no code for %o', async (order) => {
    await expect(test.centre.createEnrolmentCode(order)).rejects.toThrow(RangeError);
  });
});
