import { describe, expect, it, vi } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import type { IdentityCard } from '../../contract/identity.ts';
import type { CardReading } from '../driver/sam-ga450/transaction.ts';
import { CardPoller } from './cardPoller.ts';

function card(number: string): IdentityCard {
  return {
    kind: 'resident',
    name: '测试甲',
    latinName: null,
    sex: 'male',
    birth: '1900-01-01',
    number,
    address: null,
    validFrom: null,
    validTo: null,
    passNumber: null,
    nationality: null,
    warnings: [],
  };
}

const PERIOD_MS = 400;

/** A reader that gives what it is told, look by look; a look costs no time, a pause its length. */
function makePoller() {
  let now = 0;
  const events: string[] = [];
  const looks: PromiseWithResolvers<CardReading | null>[] = [];
  const poller = new CardPoller({
    readCard: () => {
      const look = Promise.withResolvers<CardReading | null>();
      looks.push(look);
      return look.promise;
    },
    onCard: (reading) => events.push(reading.card.number),
    onFailed: (error) => events.push(error.code),
    environment: {
      now: () => now,
      delay: async (ms) => {
        now += ms;
      },
    },
    periodMs: PERIOD_MS,
  });
  const nextLook = async () => {
    await vi.waitFor(() => expect(looks.length).toBeGreaterThan(0), { interval: 1 });
    const look = looks.shift();
    if (!look) throw new Error('no look');
    return look;
  };
  /** One look each: a number is a card, null none, a code a failure. */
  const give = async (...outcomes: (string | null)[]) => {
    for (const outcome of outcomes) {
      const look = await nextLook();
      if (outcome === null) look.resolve(null);
      else if (/^\d/.test(outcome)) look.resolve({ card: card(outcome), photo: null, readMs: 1 });
      else look.reject(new YichuangError(outcome as 'card-moved'));
    }
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { poller, events, nextLook, give, looks, settled, pass: (ms: number) => (now += ms) };
}

describe('watching', () => {
  it('reports each laying once on a reader that shows a read card no more', async () => {
    const { poller, events, give } = makePoller();
    poller.watch(true);
    await give(null, '1', null, null, null, '1', null, null, '2', null);
    expect(events).toEqual(['1', '1', '2']);
  });

  it('reports each laying once on a reader that shows a read card again and again', async () => {
    const { poller, events, give } = makePoller();
    poller.watch(true);
    await give('1', '1', null, '1', '2', '2', null, null, '2', null);
    expect(events).toEqual(['1', '2', '2']);
  });

  it('reports a failure once for every laying, and the card when it comes after all', async () => {
    const { poller, events, give } = makePoller();
    poller.watch(true);
    await give('card-moved', 'card-moved', '1', null, null, 'card-moved', null);
    expect(events).toEqual(['card-moved', '1', 'card-moved']);
  });

  it('says nothing about a reader that is away: its status does', async () => {
    const { poller, events, give } = makePoller();
    poller.watch(true);
    await give('device-offline', 'reader-fault', 'device-offline', '1', null);
    expect(events).toEqual(['1']);
  });

  it('looks no more when it is switched off', async () => {
    const { poller, events, nextLook, looks, settled } = makePoller();
    poller.watch(true);
    const look = await nextLook();
    poller.watch(false);
    look.resolve({ card: card('1'), photo: null, readMs: 1 });
    await settled();
    expect(events).toEqual([]);
    expect(looks).toEqual([]);
  });
});

describe('one reading', () => {
  it('gives the card without an event when nobody watches, and with one when somebody does', async () => {
    const { poller, events, give } = makePoller();
    const first = poller.read(60_000);
    await give(null, '1');
    expect((await first).number).toBe('1');
    expect(events).toEqual([]);
    poller.watch(true);
    const second = poller.read(60_000);
    await give('2');
    expect((await second).number).toBe('2');
    expect(events).toEqual(['2']);
  });

  it('looks once when it may not wait', async () => {
    const { poller, give } = makePoller();
    const reading = expect(poller.read(0)).rejects.toMatchObject({ code: 'card-not-present' });
    await give(null);
    await reading;
  });

  it('looks until its deadline', async () => {
    const { poller, give } = makePoller();
    const reading = expect(poller.read(2 * PERIOD_MS)).rejects.toMatchObject({ code: 'card-not-present' });
    await give(null, null, null);
    await reading;
  });

  it('takes the card whose reading ends after the deadline', async () => {
    const { poller, give, pass } = makePoller();
    const reading = poller.read(100);
    pass(5000);
    await give('1');
    expect((await reading).number).toBe('1');
  });

  it.each(['card-moved', 'device-offline', 'reader-fault'])('ends with %s at once', async (code) => {
    const { poller, give } = makePoller();
    const reading = expect(poller.read(60_000)).rejects.toMatchObject({ code });
    await give(code);
    await reading;
  });

  it('ends when the device is closed', async () => {
    const { poller, give } = makePoller();
    const reading = expect(poller.read(60_000)).rejects.toMatchObject({ code: 'service-restarting' });
    await give(null);
    poller.close();
    await reading;
  });
});
