import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceList } from '../../contract/queuePresence.ts';
import { presenceList } from '../../contract/queuePresence.ts';
import { call } from '../../tests/fixtures/centre.ts';
import { startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W09', 'W10'] });
});
afterEach(() => hall.dispose());

/** One ticket for each window, in whichever order. */
async function oneForEach() {
  const tickets = [await hall.at('K01').ticket(TAKE), await hall.at('K01').ticket(TAKE)];
  const of = (terminal: string) => tickets.find(({ fallback }) => fallback === terminal);
  const [own, other] = [of('W10'), of('W09')];
  if (!own || !other) throw new Error('both went to one window');
  return { own, other };
}

async function list(): Promise<PresenceList> {
  const { url, token } = hall.at('W10');
  const headers = { authorization: `Bearer ${token}` };
  return presenceList.parse((await call(url, '/office/v1/queue/presence', { headers })).body);
}

/** W09 says nothing any more; the other window does. */
async function loseW09(): Promise<void> {
  hall.pass(7000);
  await hall.at('W10').hear();
}

const nextAtW10 = async () => {
  const answer = await hall.at('W10').ask({ kind: 'next' });
  return typeof answer === 'string' ? answer : (answer.ticket?.number ?? null);
};

describe('tickets of a window that fell silent', () => {
  it('are kept for it: nobody else calls them, until it is heard and has told everything', async () => {
    const { own, other } = await oneForEach();
    await loseW09();
    expect(await nextAtW10()).toBe(own.number);
    await hall.at('W10').ask({ kind: 'finish', ticketId: own.id });
    expect(await nextAtW10()).toBeNull();
    expect(await hall.at('W10').ask({ kind: 'call', ticketId: other.id, purpose: 'intake' })).toBe('ticket-reserved');
    await hall.at('W09').hear(2);
    expect(await nextAtW10()).toBeNull();
    await hall.at('W09').hear(0);
    expect(await nextAtW10()).toBe(other.number);
  });

  it('go to others when a supervisor releases them, with a reason that is kept', async () => {
    const { own } = await oneForEach();
    await hall.at('W10').ask({ kind: 'call', ticketId: own.id, purpose: 'intake' });
    await hall.at('W10').ask({ kind: 'finish', ticketId: own.id });
    await loseW09();
    expect(await nextAtW10()).toBeNull();
    const release = { kind: 'release', terminal: 'W09', reason: '机器已关' } as const;
    expect(await hall.at('W10').ask(release)).toBe('forbidden');
    expect(await hall.at('W10').ask(release, { actor: '3SUP' })).toMatchObject({ ticket: null });
    expect(await nextAtW10()).not.toBeNull();
    expect(await hall.ops('release.')).toMatchObject([
      { actor: '3SUP', body: { terminal: 'W09', reason: '机器已关' } },
    ]);
    expect(await hall.at('W10').ask({ ...release, terminal: 'W77' }, { actor: '3SUP' })).toBe('window-not-planned');
  });

  it('are not kept when it had closed', async () => {
    await oneForEach();
    await hall.at('W09').open('closed');
    await loseW09();
    expect(await nextAtW10()).not.toBeNull();
    expect((await list()).windows.find(({ terminal }) => terminal === 'W09')).toMatchObject({ reserved: 0 });
  });

  it('are kept from the moment a hub starts anew, since it may have been away for long', async () => {
    const { own, other } = await oneForEach();
    await hall.restart();
    expect(await nextAtW10()).toBe(own.number);
    await hall.at('W10').ask({ kind: 'finish', ticketId: own.id });
    expect(await nextAtW10()).toBeNull();
    await hall.at('W09').hear(0);
    expect(await nextAtW10()).toBe(other.number);
  });

  it('are counted for whoever watches the hall', async () => {
    await oneForEach();
    await loseW09();
    expect((await list()).windows).toEqual([
      { terminal: 'W09', heardMsAgo: 7000, unsent: 0, silent: true, reserved: 1 },
      { terminal: 'W10', heardMsAgo: 0, unsent: 0, silent: false, reserved: 0 },
    ]);
  });
});

it('a wall clock that jumps makes no window silent', async () => {
  await oneForEach();
  hall.clock.now += 60_000;
  expect(await nextAtW10()).not.toBeNull();
  expect((await list()).windows.every(({ silent }) => !silent)).toBe(true);
});

it('who listens is named by terminal', async () => {
  const { url, token } = hall.at('W10');
  const stop = new AbortController();
  await fetch(`${url}/sync/v1/live`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  expect((await list()).listening).toEqual(['W10']);
  stop.abort();
});
