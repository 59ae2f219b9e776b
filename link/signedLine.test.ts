import { describe, expect, it } from 'vitest';
import { parseRequestSignature, SIGNATURE_HEADER } from '../contract/signing.ts';
import { requestStatement } from '../domain/ledger/statements.ts';
import { isSignedSync } from '../signing/check.ts';
import { makeSigningKey, SigningKey } from '../signing/key.ts';
import { type Exchange, type Line, type LineAnswer, LineError } from './line.ts';
import { SignedLine } from './signedLine.ts';

const DEVICE = '00000000-0000-7000-8000-000000000007';
const HUB = '00000000-0000-7000-8000-0000000000ff';
const key = SigningKey.open(makeSigningKey());

const answer = (status: number, body: unknown = {}): LineAnswer => ({
  ...{ ok: status < 300, status, body, retryAfterMs: null },
});
const session = (id: string | null) => answer(200, { session: id, audience: HUB, publicKey: key.publicKey });
const over = answer(401, { code: 'session-over', message: '' });

/** A line whose other end answers from two lists: requests for a session, and all others. */
function openLine(sessions: LineAnswer[], others: LineAnswer[]) {
  const sent: Exchange[] = [];
  const inner: Line = {
    headers: new Map(),
    setToken: () => {},
    isGivenUp: false,
    async exchange(exchange) {
      sent.push(exchange);
      return (exchange.path === '/sync/v1/session' ? sessions : others).shift() ?? answer(200);
    },
    async *hints() {},
  };
  const line = new SignedLine(inner);
  line.setIdentity({ device: DEVICE, key, from: () => ({ epoch: 1, seq: 4 }) });
  const post = (path = '/office/v1/queue') => line.exchange({ method: 'POST', path, body: { a: 1 } });
  const signatures = () => sent.map(({ headers }) => parseRequestSignature(headers?.[SIGNATURE_HEADER]));
  return { line, post, sent, signatures };
}

const [A, B] = ['A'.repeat(22), 'B'.repeat(22)];

describe('a line on which requests are signed', () => {
  it('asks for a session before the first request that needs one, and numbers what it sends', async () => {
    const { post, sent, signatures } = openLine([session(A)], []);
    await post();
    await post();
    expect(sent.map(({ path }) => path)).toEqual(['/sync/v1/session', '/office/v1/queue', '/office/v1/queue']);
    expect(signatures().map((each) => [each?.session, each?.counter])).toEqual([
      ['-', 0],
      [A, 1],
      [A, 2],
    ]);
    const { digest = '', signature = '' } = signatures()[1] ?? {};
    const point = { device: DEVICE, audience: HUB, session: A, counter: 1, method: 'POST', path: '/office/v1/queue' };
    expect(isSignedSync(key.publicKey, requestStatement({ ...point, digest }), signature)).toBe(true);
  });

  it('reading, an enrolment and a push go without, and ask for none', async () => {
    const { line, post, sent } = openLine([], []);
    await line.exchange({ method: 'GET', path: '/sync/v1/pull' });
    await post('/sync/v1/enrol');
    await post('/sync/v1/push');
    expect(sent.map(({ headers }) => headers?.[SIGNATURE_HEADER])).toEqual([undefined, undefined, undefined]);
  });

  it('a session that is over is replaced, and the request sent once more; not a third time', async () => {
    const { post, signatures } = openLine([session(A), session(B), session(A)], [over, answer(200), over, over]);
    expect((await post()).status).toBe(200);
    expect(signatures().map((each) => each?.session)).toEqual(['-', A, '-', B]);
    expect((await post()).status).toBe(401);
  });

  it('who knows of no sessions, or cannot ask about a key now, is spoken to as before', async () => {
    for (const other of [answer(404), session(null)]) {
      const { line, post, signatures } = openLine([other], []);
      expect((await post()).status).toBe(200);
      expect([line.isSigning, signatures()[1]]).toEqual([false, null]);
    }
  });

  it('who is too busy for a session gets nothing unsigned, and is asked again', async () => {
    const { post, sent } = openLine([answer(503), answer(429), session(A)], []);
    for (let n = 0; n < 2; n += 1) {
      const failed = await post().catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(LineError);
      expect((failed as LineError).sent).toBe(false);
    }
    expect((await post()).status).toBe(200);
    expect(sent.map(({ path }) => path.split('/').at(-1))).toEqual(['session', 'session', 'session', 'queue']);
  });
});
