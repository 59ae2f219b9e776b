import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W01', 'W09', 'W10'] });
});
afterEach(() => hall.dispose());

const MINUTE = 60_000;

describe('a visit', () => {
  it('is a number, a call, an arrival and an end, each durable and pulled by every terminal', async () => {
    const kiosk = hall.at('K01');
    const window = hall.at('W09');
    const taken = await kiosk.ticket(TAKE);
    expect(taken).toMatchObject({ number: 'A001', state: 'WAITING', floor: 3, issuer: 'K01' });
    hall.pass(MINUTE);
    const called = await window.ticket({ kind: 'next' });
    expect(called).toMatchObject({
      id: taken.id,
      state: 'CALLED',
      calls: [{ terminal: 'W09', window: 9, clerk: '2009' }],
    });
    expect(called.calls[0]?.why).toMatchObject({ rule: 'first-come', waitedMs: MINUTE, eligible: 1 });
    expect(await window.ticket({ kind: 'arrive', ticketId: taken.id })).toMatchObject({ state: 'SERVING' });
    expect(await window.ticket({ kind: 'finish', ticketId: taken.id })).toMatchObject({ state: 'FINISHED' });
    expect((await hall.ops('ticket.')).map(({ kind }) => kind)).toEqual([
      'ticket.taken',
      'ticket.called',
      'ticket.arrived',
      'ticket.finished',
    ]);
  });

  it('is recalled after 15 s, and passed after three calls and a minute', async () => {
    const window = hall.at('W09');
    const { id: ticketId } = await hall.at('K01').ticket(TAKE);
    await window.ticket({ kind: 'next' });
    expect(await window.ask({ kind: 'recall', ticketId })).toBe('recall-too-early');
    for (const times of [2, 3]) {
      hall.pass(15_000);
      expect((await window.ticket({ kind: 'recall', ticketId })).calls[0]?.times).toBe(times);
    }
    expect(await window.ask({ kind: 'pass', ticketId })).toBe('pass-too-early');
    hall.pass(MINUTE);
    expect(await window.ticket({ kind: 'pass', ticketId })).toMatchObject({ state: 'WAITING', passes: 1 });
  });
});

describe('a command', () => {
  it('sent again is done once and answers the same ticket, also when both arrive together', async () => {
    await hall.at('K01').ticket(TAKE);
    await hall.at('K01').ticket(TAKE);
    const commandId = uuidv7();
    const [first, second] = await Promise.all([
      hall.at('W09').ticket({ kind: 'next' }, { commandId }),
      hall.at('W09').ticket({ kind: 'next' }, { commandId }),
    ]);
    const third = await hall.at('W09').ticket({ kind: 'next' }, { commandId });
    expect([first.number, second.number, third.number]).toEqual(['A001', 'A001', 'A001']);
    expect((await hall.ops('ticket.called')).map(({ op_id }) => op_id)).toEqual([commandId]);
  });

  it('that finds nobody answers no ticket and writes nothing', async () => {
    const before = await hall.ops();
    expect(await hall.at('W09').ask({ kind: 'next' })).toMatchObject({ ticket: null, changed: [] });
    expect(await hall.ops()).toEqual(before);
  });

  it('is for those whose work it is, from where they do it', async () => {
    const kiosk = hall.at('K01');
    const { id: ticketId } = await kiosk.ticket(TAKE);
    expect(await kiosk.ask({ kind: 'next' })).toBe('forbidden');
    expect(await kiosk.ask({ kind: 'raise', ticketId, reason: '等候过久' })).toBe('forbidden');
    expect(await hall.at('W09').ask({ kind: 'raise', ticketId, reason: '等候过久' })).toBe('forbidden');
    expect(await hall.at('W09').ask({ kind: 'next' }, { actor: '3PRE' })).toBe('forbidden');
    expect(await hall.at('W09').ask({ kind: 'next' }, { actor: '9999' })).toBe('forbidden');
    expect(await kiosk.ask({ kind: 'next' }, { actor: '2009' })).toBe('window-not-planned');
    expect(await kiosk.ask({ kind: 'raise', ticketId, reason: '等候过久' }, { actor: '3SUP' })).toMatchObject({
      ticket: { returned: { how: 'raised' } },
    });
  });

  it('with a body that is not one is refused before it is looked at', async () => {
    expect(await hall.at('W09').ask({ kind: 'recall', ticketId: 'A001' } as never)).toBe('bad-request');
    expect(await hall.at('W09').ask({ kind: 'lunch' } as never)).toBe('bad-request');
  });
});
