import { describe, expect, test } from 'vitest';
import { pageHeaders } from './pageSecurity.ts';
import type { Method } from './rpc/method.ts';
import { events, isMethodName, methods } from './rpc.ts';

const TABLE = Object.entries(methods as Record<string, Method>);

describe('every method', () => {
  test.each(TABLE)('%s has a name of two words, a sentence, a role and a deadline', (name, method) => {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect(method.doc).toMatch(/^[A-Z].*\.$/);
    expect(method.roles.length).toBeGreaterThan(0);
    expect(method.deadlineMs).toBeGreaterThanOrEqual(1000);
    // A person may stand before the print dialog of the system; nobody else is waited for so long.
    expect(method.deadlineMs).toBeLessThanOrEqual(name === 'papers.print' ? 300_000 : 65_000);
  });

  test.each(TABLE)('%s refuses an unknown key and anything that is no object', (_name, method) => {
    for (const input of [null, [], 'text', 7, undefined]) expect(method.input.safeParse(input).success).toBe(false);
    const result = method.input.safeParse({ unheardOf: 1 });
    expect(result.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });
});

test('a card read answers only after its reader could have waited', () => {
  const { waitMs } = methods['identity.read'].input.parse({});
  expect(waitMs).toBe(10_000);
  expect(methods['identity.read'].input.safeParse({ waitMs: 60_001 }).success).toBe(false);
  expect(methods['identity.read'].deadlineMs).toBeGreaterThan(60_000);
});

test('only greeting, signing in, looking and the device doctor need no clerk', () => {
  const open = TABLE.filter(([, method]) => !method.signedIn).map(([name]) => name);
  expect(open.sort()).toEqual([
    'calendar.get',
    'catalogue.item',
    'catalogue.items',
    'citizen.state',
    'devices.ports',
    'devices.status',
    'devices.test',
    'doctor.report',
    'doctor.run',
    'doctor.save',
    'doctor.skip',
    'events.subscribe',
    'health.state',
    'prereview.cancel',
    'prereview.finish',
    'prereview.help',
    'prereview.identify',
    'prereview.say',
    'prereview.setMaterial',
    'prereview.start',
    'queue.state',
    'rating.submit',
    'screen.state',
    'session.hello',
    'session.login',
    'sync.status',
  ]);
});

test('every event has a topic that can be subscribed to', () => {
  const { topics } = methods['events.subscribe'].input.parse({
    topics: [...new Set(Object.values(events).map((event) => event.topic))],
  });
  expect(topics).toHaveLength(8);
  expect(methods['events.subscribe'].input.safeParse({ topics: [] }).success).toBe(false);
});

test('names inherited from Object are no methods', () => {
  expect(isMethodName('case.accept')).toBe(true);
  for (const name of ['toString', 'constructor', '__proto__', 'case.delete', 7]) expect(isMethodName(name)).toBe(false);
});

test('pages load nothing from elsewhere, and reach one socket only when there is one', () => {
  const policy = (options?: { webSocketOrigin?: string }) => pageHeaders(options)['Content-Security-Policy'] ?? '';
  expect(policy()).toContain("default-src 'none'");
  expect(policy()).toContain("connect-src 'self';");
  expect(policy({ webSocketOrigin: 'ws://127.0.0.1:7401' })).toContain("connect-src 'self' ws://127.0.0.1:7401;");
  expect(policy()).not.toMatch(/unsafe|https?:|\*/);
});
