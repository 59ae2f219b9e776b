import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gapAnswer, PUSH_MAX_BYTES, pushAnswer, syncError, WRITES_IN_HEADER } from '../../contract/sync.ts';
import { call, jsonRequest, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';
import { holdWriteLock } from '../../tests/fixtures/centreDatabase.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';

describe('push over HTTP', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: TestTerminal;
  beforeEach(async () => {
    test = await startTestCentre();
    w07 = await test.enrol({ name: 'a', terminal: '07' });
  });
  afterEach(() => test.dispose());

  const push = (init: RequestInit) => call(test.centre.url, '/sync/v1/push', init);
  const request = (ops: unknown = w07.maker.ops) => jsonRequest({ device: w07.maker.device, epoch: 1, ops }, w07.token);

  it('takes plain and gzip bodies and answers in the words of the contract', async () => {
    w07.maker.acceptCase();
    const plain = await push(request());
    expect(plain.status).toBe(200);
    expect(pushAnswer.parse(plain.body)).toMatchObject({ acked: 1, head: w07.maker.ops[0]?.hash });

    w07.maker.acceptCase();
    const init = request();
    init.headers['content-encoding'] = 'gzip';
    const zipped = await push({ ...init, body: gzipSync(String(init.body)) });
    expect(zipped.status).toBe(200);
    expect(pushAnswer.parse(zipped.body).acked).toBe(2);
    expect(test.centre.listCases()).toHaveLength(2);
  });

  it('names only the ops that were not applied to whoever wants no more, and how long it worked on it', async () => {
    const w08 = await test.enrol({ name: 'b', terminal: '08' });
    const { number } = w07.maker.acceptCase().body as { number: string };
    await w07.push();
    w08.maker.openSession();
    w08.maker.acceptCase({ number });
    w08.maker.openSession();
    const { device, ops } = w08.maker;
    const init = jsonRequest({ device, epoch: 1, ops }, w08.token);
    const brief = await push({ ...init, headers: { ...init.headers, prefer: 'return=minimal' } });
    expect(pushAnswer.parse(brief.body)).toMatchObject({ acked: 3, results: [{ outcome: 'rejected' }] });
    expect(brief.headers.get('server-timing')).toMatch(/^work;dur=\d+\.\d$/);
    const full = await w08.push();
    expect(full.results.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'applied']);
    expect(pushAnswer.parse(brief.body).results).toEqual([full.results[1]]);
  });

  it('of an earlier epoch takes what was lost from whoever writes in the newest, and nothing from a copy left behind', async () => {
    const { device, ops } = w07.maker;
    w07.maker.openSession();
    await w07.push();
    const now = new OpMaker({ name: 'a', epoch: 2 });
    now.openSession();
    const newest = await push(jsonRequest({ device, epoch: 2, ops: now.ops }, w07.token));
    expect(newest.status).toBe(200);
    w07.maker.openSession();
    const init = request(ops.slice(1));
    const from = (writesIn: string) => push({ ...init, headers: { ...init.headers, [WRITES_IN_HEADER]: writesIn } });
    for (const answer of [await push(init), await from('1'), await from('two')])
      expect(syncError.parse(answer.body).code).toBe('forked');
    expect(pushAnswer.parse((await from('2')).body).acked).toBe(2);
  });

  it('answers gap and fork with 409', async () => {
    for (let count = 0; count < 3; count += 1) w07.maker.acceptCase();
    const gap = await w07.pushRaw(w07.maker.ops.slice(1));
    expect(gap.status).toBe(409);
    expect(gapAnswer.parse(gap.body).expected).toBe(1);

    await w07.push();
    const twin = new OpMaker({ name: 'a' });
    twin.openSession();
    const forked = await w07.pushRaw(twin.ops);
    expect(forked.status).toBe(409);
    expect(syncError.parse(forked.body).code).toBe('forked');
    expect(test.centre.stats()).toMatchObject({ ops: 6, cases: 3 });
  });

  it('takes 256 ops of one push and refuses 257', async () => {
    for (let count = 0; count < 257; count += 1) w07.maker.openSession();
    const tooMany = await w07.pushRaw(w07.maker.ops);
    expect(tooMany.status).toBe(413);
    expect(syncError.parse(tooMany.body).code).toBe('too-large');
    expect(test.centre.stats().ops).toBe(0);
    expect((await w07.push(w07.maker.ops.slice(0, 256))).acked).toBe(256);
  });

  it('refuses more than 1 MiB, as sent and as unpacked', async () => {
    const text = JSON.stringify({ padding: 'x'.repeat(PUSH_MAX_BYTES) });
    const init = request();
    const plain = await push({ ...init, body: text });
    expect(plain.status).toBe(413);
    expect(syncError.parse(plain.body).code).toBe('too-large');

    init.headers['content-encoding'] = 'gzip';
    const bomb = gzipSync(Buffer.alloc(512 * PUSH_MAX_BYTES));
    expect(bomb.length).toBeLessThan(PUSH_MAX_BYTES);
    const zipped = await push({ ...init, body: bomb });
    expect(zipped.status).toBe(413);
    expect(syncError.parse(zipped.body).code).toBe('too-large');
  });

  it('refuses what is malformed with a plain answer, changes nothing and repeats nothing', async () => {
    const op = w07.maker.acceptCase();
    const secret = '220402199003071231';
    const wrong: [string, RequestInit][] = [
      ['no JSON', { ...request(), body: `{"ops":[${secret}` }],
      ['an empty body', { ...request(), body: '' }],
      ['null', { ...request(), body: 'null' }],
      ['no ops', request([])],
      ['an op that is text', request([secret])],
      [
        'an unknown key in the request',
        jsonRequest({ device: op.device, epoch: 1, ops: [op], [secret]: 1 }, w07.token),
      ],
      ['an unknown key in an op', request([{ ...op, [secret]: secret }])],
      ['a hash that is none', request([{ ...op, hash: secret }])],
      ['a seq that is none', request([{ ...op, seq: 1.5 }])],
      ['a tampered body', request([{ ...op, body: { ...op.body, note: secret } }])],
      ['another media type', { ...request(), headers: { ...request().headers, 'content-type': 'text/plain' } }],
      ['another encoding', { ...request(), headers: { ...request().headers, 'content-encoding': 'br' } }],
      ['gzip that is none', { ...request(), headers: { ...request().headers, 'content-encoding': 'gzip' } }],
      ['__proto__', { ...request(), body: JSON.stringify({ ops: [op] }).replace('{', '{"__proto__":{"device":1},') }],
    ];
    for (const [what, init] of wrong) {
      const answer = await push(init);
      expect(answer.status, what).toBeGreaterThanOrEqual(400);
      expect(answer.status, what).toBeLessThan(500);
      expect(syncError.parse(answer.body).code, what).toBe('bad-request');
      expect(JSON.stringify(answer.body), what).not.toContain(secret);
    }
    expect(test.centre.stats()).toMatchObject({ ops: 0, cases: 0 });
    expect(test.logs()).not.toContain(secret);
    expect(await w07.push()).toMatchObject({ acked: 1 });
  });

  it('takes ops only from the device whose token it is, and only while it is in service', async () => {
    w07.maker.acceptCase();
    const w08 = await test.enrol({ name: 'b', terminal: '08' });
    const body = { device: w07.maker.device, epoch: 1, ops: w07.maker.ops };
    const refused: [string, RequestInit][] = [
      ['no token', jsonRequest(body)],
      ['an invented token', jsonRequest(body, 'A'.repeat(43))],
      ['a shortened token', jsonRequest(body, w07.token.slice(0, -1))],
      ['a lengthened token', jsonRequest(body, `${w07.token}A`)],
      ['the token of another device', jsonRequest(body, w08.token)],
      ['another scheme', { ...request(), headers: { ...request().headers, authorization: `Basic ${w07.token}` } }],
    ];
    for (const [what, init] of refused) {
      const answer = await push(init);
      expect(answer.status, what).toBe(401);
      expect(syncError.parse(answer.body).code, what).toBe('unauthorised');
    }

    expect(await test.centre.revokeDevice(w07.maker.device)).toBe(true);
    expect(await test.centre.revokeDevice(w07.maker.device)).toBe(false);
    const revoked = await push(request());
    expect(revoked.status).toBe(401);
    expect((await w07.pullRaw('hall:main')).status).toBe(401);
    expect(test.centre.stats()).toMatchObject({ ops: 0, devices: 1 });
  });

  it('logs no person, no number, no token, at any level', async () => {
    const op = w07.maker.acceptCase({ note: '备注不外传' });
    await w07.push();
    await w07.pushRaw([{ ...op, actor: '冒名者' }]);
    await w07.pull();
    await test.centre.upsertStaff({ number: '1001', name: '李示例', roles: ['WIN'], password: 'geheim' });
    const logs = test.logs();
    expect(logs).toContain('/sync/v1/push');
    for (const word of ['张三', '220402199003071231', '示例街', '备注', '冒名者', '李示例', 'geheim', w07.token]) {
      expect(logs).not.toContain(word);
    }
  });

  it('asks to come again when the store is locked, keeps nothing of the push, and takes it then', async () => {
    w07.maker.acceptCase();
    const letGo = await holdWriteLock(test.dir);
    const busy = await push(request());
    await letGo();
    expect(busy.status).toBe(429);
    const { code, after = 0 } = syncError.parse(busy.body);
    expect(code).toBe('busy');
    expect(after).toBeGreaterThan(0);
    expect(Number(busy.headers.get('retry-after'))).toBe(Math.ceil(after / 1000));
    expect(test.centre.stats().ops).toBe(0);
    expect((await w07.push()).acked).toBe(1);
  });

  it('answers any other address and method in the same form', async () => {
    for (const [pathname, init] of [
      ['/sync/v1/nothing', {}],
      ['/sync/v1/push', {}],
      ['/%zz', {}],
    ] as const) {
      const answer = await call(test.centre.url, pathname, init);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(syncError.parse(answer.body).code).toBe('bad-request');
    }
    expect((await call(test.centre.url, '/health')).body).toEqual({ ok: true });
  });
});
