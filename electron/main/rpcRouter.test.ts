import { describe, expect, it } from 'vitest';
import type { TerminalRole } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { ServiceRpc } from '../../contract/serviceProtocol.ts';
import { createRpcRouter } from './rpcRouter.ts';

const OURS = 7;

function setUp(role: TerminalRole = 'window', service: () => Promise<unknown> = async () => 'answer') {
  const forwarded: { request: ServiceRpc; deadlineMs: number }[] = [];
  const route = createRpcRouter({
    roleOf: (contentsId) => (contentsId === OURS ? role : null),
    connectionOf: (contentsId) => `page-${contentsId}`,
    callService: (request, deadlineMs) => {
      forwarded.push({ request, deadlineMs });
      return service();
    },
  });
  return { route, forwarded };
}

function from(origin: string, { id = OURS, inner = false } = {}) {
  const mainFrame = { origin };
  return { sender: { id, mainFrame }, senderFrame: inner ? { origin } : mainFrame };
}

const PAGE = from('app://yichuang');

describe('a call of a page', () => {
  it('is forwarded with the role of its window, defaults filled in and the deadline of the method', async () => {
    const { route, forwarded } = setUp();
    expect(await route(PAGE, 'case.search', { text: '张' })).toEqual({ ok: true, value: 'answer' });
    expect(forwarded).toEqual([
      {
        request: { connection: 'page-7', role: 'window', method: 'case.search', input: { text: '张', limit: 50 } },
        deadlineMs: 5_000,
      },
    ]);
  });

  it.each([
    ['another origin', from('app://other')],
    ['an origin that begins like ours', from('app://yichuang.evil')],
    ['an opaque origin', from('null')],
    ['a frame inside our page', from('app://yichuang', { inner: true })],
    ['a frame that is gone', { ...PAGE, senderFrame: null }],
    ['contents that are no window of ours', from('app://yichuang', { id: 8 })],
  ])('is forbidden to %s', async (_who, event) => {
    const { route, forwarded } = setUp();
    expect(await route(event, 'session.hello', {})).toMatchObject({ ok: false, code: 'forbidden' });
    expect(forwarded).toEqual([]);
  });

  it('is forbidden to a window whose role has no such method', async () => {
    const { route, forwarded } = setUp('screen');
    expect(await route(PAGE, 'case.search', { text: '' })).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await route(PAGE, 'session.hello', {})).toMatchObject({ ok: true });
    expect(forwarded).toHaveLength(1);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'nothing', undefined, ['session.hello']])(
    'knows no method %j',
    async (method) => {
      const { route, forwarded } = setUp();
      expect(await route(PAGE, method, {})).toMatchObject({ ok: false, code: 'unknown-method' });
      expect(forwarded).toEqual([]);
    },
  );

  it('names the wrong paths of an input and never its values', async () => {
    const { route, forwarded } = setUp();
    const answer = await route(PAGE, 'session.login', { number: '1', password: { secret: 1 }, extra: 'secret' });
    expect(answer).toMatchObject({ ok: false, code: 'bad-input', details: { paths: ['password', ''] } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(forwarded).toEqual([]);
  });

  it('hears the code of a known error and nothing of an unknown one', async () => {
    const known = setUp('window', () => Promise.reject(new YichuangError('service-restarting')));
    expect(await known.route(PAGE, 'session.hello', {})).toMatchObject({ ok: false, code: 'service-restarting' });
    const unknown = setUp('window', () => Promise.reject(new Error('/home/clerk/secret')));
    const answer = await unknown.route(PAGE, 'session.hello', {});
    expect(answer).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
