import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LiveHint, liveHint, minimalPullAnswer, pullAnswer, syncError } from '../../contract/sync.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { call, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';

describe('pull and live over HTTP', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: TestTerminal;
  let w08: TestTerminal;
  let abroad: TestTerminal;
  beforeEach(async () => {
    test = await startTestCentre();
    w07 = await test.enrol({ name: 'a', terminal: '07' });
    w08 = await test.enrol({ name: 'b', terminal: '08' });
    abroad = await test.enrol({ name: 'c', terminal: '41', hall: 'branch' });
  });
  afterEach(() => test.dispose());

  it('shows two terminals of a hall each other’s cases, as they were made', async () => {
    w07.maker.printSlip(w07.maker.acceptCase().stream);
    w08.maker.acceptCase();
    await w07.push();
    await w08.push();
    const seen = await w07.pull();
    expect(seen.rows.map(({ op }) => op).filter(({ actor }) => actor !== 'system')).toEqual([
      ...w07.maker.ops,
      ...w08.maker.ops,
    ]);
    // With them the centre's own dispatch of each case.
    expect(seen).toMatchObject({ scope: 'hall:main', head: 5 });
    expect((await w08.pull()).rows).toEqual(seen.rows);
    expect((await abroad.pull('hall:branch')).rows).toEqual([]);
  });

  it('gives whoever wants no more its own ops as their places in the chain, and others’ whole', async () => {
    w07.maker.acceptCase();
    w08.maker.acceptCase();
    await w07.push();
    await w08.push();
    const { rows } = await w07.pull();
    const headers = { authorization: `Bearer ${w07.token}`, prefer: 'return=minimal' };
    const answer = await call(test.centre.url, '/sync/v1/pull?scope=hall:main&after=0', { headers });
    const minimal = minimalPullAnswer.parse(answer.body);
    const isOwn = ({ op }: (typeof rows)[number]) => op.device === w07.maker.device;
    expect(minimal.rows).toEqual(
      rows.map((row) => {
        const { epoch, seq, hash } = row.op;
        return isOwn(row) ? { pos: row.pos, own: { epoch, seq, hash } } : row;
      }),
    );
    expect(rows.filter(isOwn)).toHaveLength(w07.maker.ops.length);
    expect(minimal.head).toBe(rows.length);
  });

  it('pulls page by page without gap or repetition', async () => {
    for (let count = 0; count < 23; count += 1) w07.maker.acceptCase();
    await w07.push();
    const positions: number[] = [];
    for (let after = 0; ; ) {
      const page = await w08.pull('hall:main', after, 5);
      expect(page.head).toBe(46);
      if (page.rows.length === 0) break;
      positions.push(...page.rows.map(({ pos }) => pos));
      after = positions.at(-1) ?? after;
    }
    expect(positions).toEqual(Array.from({ length: 46 }, (_, index) => index + 1));
    expect((await w08.pull('hall:main', 1000)).rows).toEqual([]);
  });

  it('sends a long answer as gzip to whoever takes it, and as it is to whoever does not', async () => {
    for (let count = 0; count < 20; count += 1) w07.maker.acceptCase();
    await w07.push();
    const ask = (encoding: string) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${w08.token}`, 'accept-encoding': encoding };
        get(`${test.centre.url}/sync/v1/pull?scope=hall:main&after=0`, { headers }, async (answer) => {
          const body = Buffer.concat(await answer.toArray());
          resolve({ encoding: answer.headers['content-encoding'], body });
        }).on('error', reject);
      });
    const plain = await ask('identity');
    expect(plain.encoding).toBeUndefined();
    const packed = await ask('deflate, gzip;q=0.5');
    expect(packed.encoding).toBe('gzip');
    expect(packed.body.length).toBeLessThan(plain.body.length / 4);
    const rows = (body: Buffer) => pullAnswer.parse(JSON.parse(body.toString())).rows;
    expect(rows(gunzipSync(packed.body))).toEqual(rows(plain.body));
    expect((await ask('gzip;q=0')).encoding).toBeUndefined();
  });

  it('ends a page early rather than let it grow without bounds', async () => {
    // Each is followed by its dispatch; together they are more than 4 MiB.
    const parties = Array.from({ length: 50 }, () => acceptance(1).parties)
      .flat()
      .slice(0, 50);
    for (let count = 0; count < 12; count += 1) {
      for (let each = 0; each < 40; each += 1) w07.maker.acceptCase({ note: 'x'.repeat(4000), parties });
      await w07.push(w07.maker.ops.slice(-40));
    }
    const page = await w08.pull('hall:main', 0, 1000);
    expect(page.head).toBe(960);
    expect(page.rows.length).toBeGreaterThan(0);
    expect(page.rows.length).toBeLessThan(960);
    const rest = await w08.pull('hall:main', page.rows.at(-1)?.pos, 1000);
    expect(rest.rows[0]?.pos).toBe(page.rows.length + 1);
  });

  it('opens own scopes and those of the own hall’s cases, and no others', async () => {
    const mine = w07.maker.acceptCase();
    const foreign = abroad.maker.acceptCase();
    await w07.push();
    await abroad.push();
    const device = w07.maker.device;
    for (const scope of ['catalog', 'hall:main', 'window:W07', `device:${device}`, mine.stream]) {
      const answer = await w07.pullRaw(scope);
      expect(answer.status, scope).toBe(200);
      expect(pullAnswer.parse(answer.body).scope).toBe(scope);
    }
    expect((await w08.pullRaw(mine.stream)).status).toBe(200);
    const unknown = 'case:00000000-0000-7000-8000-000000000000';
    const closed = ['hall:branch', 'window:W08', `device:${w08.maker.device}`, foreign.stream, unknown];
    const answers = await Promise.all(closed.map((scope) => w07.pullRaw(scope)));
    for (const [index, answer] of answers.entries()) {
      expect(answer.status, closed[index]).toBe(403);
      expect(syncError.parse(answer.body)).toEqual(answers[0]?.body);
    }
  });

  it('refuses a malformed question', async () => {
    const refused = [
      await w07.pullRaw('nonsense'),
      await w07.pullRaw('hall:main', -1),
      await w07.pullRaw('hall:main', 0, 1001),
      await w07.pullRaw('hall:main', 0.5),
      await w07.pullRaw("case:x' OR 1=1"),
    ];
    for (const answer of refused) expect(answer.status).toBe(400);
  });

  /** Hints as they arrive; the first is the state at the start. */
  async function listen(terminal: TestTerminal) {
    const stop = new AbortController();
    const response = await fetch(`${terminal.url}/sync/v1/live`, {
      headers: { authorization: `Bearer ${terminal.token}` },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    return {
      stop: () => stop.abort(),
      async next(): Promise<LiveHint | 'ended'> {
        const { value, done } = await events.read();
        return done ? 'ended' : liveHint.parse(JSON.parse(value.data));
      },
    };
  }

  it('hints at new rows of the hall, also at staff, and at what came while nobody listened', async () => {
    w07.maker.acceptCase();
    await w07.push();
    const line = await listen(w08);
    expect(await line.next()).toEqual({ scope: 'hall:main', head: 2 });
    w07.maker.acceptCase();
    await w07.push();
    expect(await line.next()).toEqual({ scope: 'hall:main', head: 4 });
    abroad.maker.acceptCase();
    await abroad.push();
    await test.centre.upsertStaff({ number: '1001', name: '李示例', roles: ['WIN'], password: 'geheim' });
    expect(await line.next()).toEqual({ scope: 'hall:main', head: 5 });
    expect((await w08.pull('hall:main', 4)).rows[0]?.op.kind).toBe('staff.upserted');
    line.stop();
  });

  it('refuses to listen without a token, and ends the lines when it closes', async () => {
    const refused = await fetch(`${test.centre.url}/sync/v1/live`);
    expect(refused.status).toBe(401);
    expect(syncError.parse(await refused.json()).code).toBe('unauthorised');
    const line = await listen(w08);
    await test.centre.close();
    expect(await line.next()).toBe('ended');
  });
});
