import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snapshotAnswer, syncError } from '../contract/sync.ts';
import { emptyScopeDigest, readOn } from '../domain/ledger/scopeDigest.ts';
import { call, startTestCentre, type TestTerminal } from '../tests/fixtures/centre.ts';
import { compactHallOffline } from './command.ts';
import { sha256Hex } from './digest.ts';
import { verifyCentre } from './verify/verify.ts';

const SCOPE = 'hall:main';
const EMPTY = { pos: 0, digest: emptyScopeDigest(SCOPE, sha256Hex) };

describe('a hall whose past is compacted', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: TestTerminal;
  let w08: TestTerminal;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-08-03T01:00:00Z');
    test = await startTestCentre({ now: () => now });
    w07 = await test.enrol({ name: 'a', terminal: '07' });
    w08 = await test.enrol({ name: 'b', terminal: '08' });
  });
  afterEach(() => test.dispose());

  const get = (pathname: string, query: Record<string, string | number>) =>
    call(test.centre.url, `/sync/v1/${pathname}?${new URLSearchParams(query as Record<string, string>)}`, {
      headers: { authorization: `Bearer ${w08.token}` },
    });
  const snapshotPage = async (after: number, more: Record<string, number> = {}) =>
    snapshotAnswer.parse((await get('snapshot', { scope: SCOPE, after, limit: 3, ...more })).body);

  /** Two cases and two sessions long ago, one of which was never closed; a case and a session today. */
  async function fill() {
    w07.maker.acceptCase();
    const closed = w07.maker.openSession();
    const reason = 'logout' as const;
    w07.maker.make('session.closed', closed.stream, { staff: '1001', terminal: 'W07', reason });
    const open = w07.maker.openSession();
    w07.maker.acceptCase();
    await w07.push();
    const then = (await w08.pull()).head;
    now = Date.parse('2026-11-27T01:00:00Z');
    w07.maker.acceptCase();
    const today = w07.maker.openSession();
    await w07.push(w07.maker.ops.slice(-2));
    return { then, closed: closed.stream, open: open.stream, today: today.stream };
  }

  it('is given out to newcomers as a snapshot, page by page, without what was over; its digests tell when it is whole', async () => {
    const { then, closed, open, today } = await fill();
    const whole = (await w08.pull()).rows;
    expect(await compactHallOffline(test.dir, 'main', '2026-11-27')).toEqual({ floor: then, leftOut: 2 });

    const refused = await w08.pullRaw(SCOPE, then - 1);
    expect(refused.status).toBe(410);
    expect(syncError.parse(refused.body).code).toBe('snapshot-needed');
    expect((await w08.pull(SCOPE, then)).rows).toEqual(whole.slice(then));

    const rows: typeof whole = [];
    let page = await snapshotPage(0);
    const { head, floor } = page;
    expect([head, floor]).toEqual([whole.length, then]);
    while (page.digests === null) {
      rows.push(...page.rows);
      page = await snapshotPage(rows.at(-1)?.pos ?? 0, { head, floor });
    }
    rows.push(...page.rows);
    expect(rows).toEqual(whole.filter(({ op }) => op.stream !== closed));
    const streams = rows.map(({ op }) => op.stream);
    expect(streams).toContain(open);
    expect(streams).toContain(today);
    expect(page.digests).toEqual({
      rows: (readOn(EMPTY, rows, sha256Hex, true) as typeof EMPTY).digest,
      scope: (readOn(EMPTY, whole, sha256Hex) as typeof EMPTY).digest,
    });
    // The log has everything as before.
    expect(verifyCentre(test.dir)).toEqual([]);
    expect(test.centre.stats().ops).toBe(w07.maker.ops.length + 3);
  });

  it('ends a snapshot that was begun before, and stays where it is for an earlier day', async () => {
    const { then } = await fill();
    const { head, floor } = await snapshotPage(0);
    await compactHallOffline(test.dir, 'main', '2026-11-27');
    const ended = await get('snapshot', { scope: SCOPE, after: 3, head, floor });
    expect(ended.status).toBe(410);
    await compactHallOffline(test.dir, 'main', '2026-08-01');
    expect((await snapshotPage(0)).floor).toBe(then);
  });

  it('is compared by digest at any position; who has other rows or more is told so', async () => {
    await fill();
    const { rows, head } = await w08.pull();
    for (const after of [0, 1, 4, head]) {
      const at = readOn(EMPTY, rows.slice(0, after), sha256Hex) as typeof EMPTY;
      expect((await get('pull', { scope: SCOPE, after, digest: at.digest })).status).toBe(200);
      const other = await get('pull', { scope: SCOPE, after, digest: sha256Hex(at.digest) });
      expect(other.status).toBe(409);
      expect(syncError.parse(other.body).code).toBe('scope-differs');
    }
    const beyond = await get('pull', { scope: SCOPE, after: head + 1, digest: EMPTY.digest });
    expect(syncError.parse(beyond.body).code).toBe('scope-differs');
  });
});
