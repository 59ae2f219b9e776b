import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { dataIn } from '../../tests/fixtures/centreDatabase.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { visitBooked } from '../../tests/fixtures/homeVisits.ts';
import { enrolTerminal, MORNING, type QueueTerminal, startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';
import { createBookingKeyOffline } from '../command.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W09', 'W10'], kiosks: ['K01', 'K02'] });
});
afterEach(() => hall.dispose());

const at = new Date(MORNING).toISOString();
const DAY = '2026-11-27';

interface Written {
  stream?: string;
  actor?: string;
  baseVersion?: number;
}

/** What a terminal writes itself and pushes. @returns `applied`, or the code with which it was rejected */
async function write<K extends OpKind>(
  terminal: QueueTerminal,
  kind: K,
  body: OpBodies[K],
  { stream = `${kind.slice(0, kind.indexOf('.'))}:${uuidv7()}`, actor = 'kiosk', baseVersion }: Written = {},
): Promise<string> {
  const op = terminal.maker.make(kind, stream, body, { actor, ...(baseVersion !== undefined && { baseVersion }) });
  const [result] = (await terminal.push([op])).results;
  return result?.code ?? String(result?.outcome);
}

const taken = (more: Partial<OpBodies['ticket.taken']> = {}) =>
  ({ ...HALL_BODIES['ticket.taken'], issuer: 'K01', number: 'A500', ...more }) as OpBodies['ticket.taken'];

/** A waiting ticket whose window without the hub is this one. */
async function ticketFor(fallback: string) {
  for (;;) {
    const ticket = await hall.at('K01').ticket(TAKE);
    if (ticket.fallback === fallback) return { ...ticket, stream: `ticket:${ticket.id}` };
  }
}

const calledBy = (terminal: string, clerk = `20${terminal.slice(1)}`): OpBodies['ticket.called'] => ({
  ...HALL_BODIES['ticket.called'],
  terminal,
  window: Number(terminal.slice(1)),
  clerk,
});

it('a terminal never writes what the hub or a supervisor decides', async () => {
  const kinds = [
    ...['plan.changed', 'issue.changed', 'lease.granted', 'release.given', 'alarm.acknowledged'],
    ...['workorder.opened', 'workorder.contacted', 'workorder.settled'],
    ...['appointment.booked', 'appointment.cancelled', 'appointment.missed', 'appointment.done'],
    ...['ticket.raised', 'ticket.bound', 'ticket.pickup-raised', 'ticket.doubted'],
  ];
  for (const kind of kinds) {
    const body = HALL_BODIES[kind as 'plan.changed'];
    expect(await write(hall.at('W09'), kind as 'plan.changed', body), kind).toBe('forbidden');
  }
});

it('the laptop of a home visit does not write that it is done: the case it took in there says so', async () => {
  const slot = { from: '2026-11-27T01:00:00.000Z', to: '2026-11-27T02:00:00.000Z' };
  const visit = { terminal: 'W09', staff: ['2009', '2010'] as [string, string] };
  const row = visitBooked(visit, { day: DAY, slot });
  const key = await createBookingKeyOffline(dataIn(hall.dir), 'main');
  const booked = await call(hall.centre.url, '/office/v1/appointments', jsonRequest({ appointments: [row] }, key));
  expect(booked.status).toBe(200);
  const [stream = ''] = (await hall.ops('appointment.')).map((op) => op.stream);
  const clerk = { actor: '2009', baseVersion: 1 };
  expect(await write(hall.at('W09'), 'appointment.done', { at }, { ...clerk, stream })).toBe('forbidden');

  const atHome = { source: 'home-visit', window: 'W09', clerk: { id: '2009', name: '示例' } } as const;
  const number = '20261127090001';
  const body = acceptance(1, { ...atHome, number, appointment: stream.slice('appointment:'.length) });
  expect(await write(hall.at('W09'), 'case.accepted', body, { actor: '2009' })).toBe('applied');
  expect((await hall.ops('appointment.')).map(({ kind, actor }) => [kind, actor]).at(-1)).toEqual([
    'appointment.done',
    'system',
  ]);
});

describe('a number', () => {
  const lease = (terminal: QueueTerminal, epoch = 1, day = DAY) =>
    terminal.ask({ kind: 'lease', prefixes: ['A'], day, epoch });

  it('is taken from the own lease: not before it, beyond it, on another day or with another letter', async () => {
    const kiosk = hall.at('K01');
    expect(await write(kiosk, 'ticket.taken', taken())).toBe('number-not-leased');
    await lease(kiosk);
    expect(await write(kiosk, 'ticket.taken', taken())).toBe('applied');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'A999' }))).toBe('applied');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'A1000' }))).toBe('number-not-leased');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'A499' }))).toBe('number-not-leased');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'A501', day: '2026-11-30' }))).toBe('number-not-leased');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'B500', prefix: 'B' }))).toBe('number-not-leased');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'A0501' }))).toBe('forbidden');
    expect(await write(kiosk, 'ticket.taken', taken({ number: 'B501' }))).toBe('forbidden');
  });

  it('is taken once, and by nobody from the lease of another', async () => {
    await lease(hall.at('K01'));
    expect(await write(hall.at('K01'), 'ticket.taken', taken())).toBe('applied');
    expect(await write(hall.at('K01'), 'ticket.taken', taken())).toBe('duplicate-number');
    expect(await write(hall.at('K02'), 'ticket.taken', taken({ issuer: 'K02', number: 'A502' }))).toBe(
      'number-not-leased',
    );
    expect(await write(hall.at('K02'), 'ticket.taken', taken({ number: 'A502' }))).toBe('forbidden');
  });

  it('of the lease of an earlier epoch is nobody’s any more', async () => {
    await lease(hall.at('K01'));
    const restored = await enrolTerminal(hall.centre, 'K01', { epoch: 2 });
    expect(await write(restored, 'ticket.taken', taken())).toBe('number-not-leased');
    expect(await lease(restored, 1)).toBe('forbidden');
    await lease(restored, 2);
    expect(await write(restored, 'ticket.taken', taken({ number: 'A500' }))).toBe('number-not-leased');
    expect(await write(restored, 'ticket.taken', taken({ number: 'A1000' }))).toBe('applied');
  });

  it('of an emergency letter is that of its machine alone', async () => {
    const emergency = (number: string, issuer: string) => taken({ number, prefix: number.slice(0, 2), issuer });
    expect(await write(hall.at('K01'), 'ticket.taken', emergency('ZA001', 'K01'))).toBe('applied');
    expect(await write(hall.at('K01'), 'ticket.taken', emergency('ZB001', 'K01'))).toBe('number-not-leased');
    expect(await write(hall.at('W09'), 'ticket.taken', emergency('ZA002', 'W09'))).toBe('number-not-leased');
  });
});

describe('a ticket in an emergency', () => {
  it('is called by the window it was assigned to, and by no other', async () => {
    const ticket = await ticketFor('W09');
    const asked = { stream: ticket.stream, baseVersion: ticket.version };
    expect(await write(hall.at('W10'), 'ticket.called', calledBy('W10'), { ...asked, actor: '2010' })).toBe(
      'forbidden',
    );
    expect(await write(hall.at('W10'), 'ticket.called', calledBy('W09'), { ...asked, actor: '2009' })).toBe(
      'forbidden',
    );
    expect(await write(hall.at('W09'), 'ticket.called', calledBy('W09', '2010'), { ...asked, actor: '2009' })).toBe(
      'forbidden',
    );
    expect(await write(hall.at('W09'), 'ticket.called', calledBy('W09'), { ...asked, actor: '3PRE' })).toBe(
      'forbidden',
    );
  });

  it('goes through every step at its window', async () => {
    const ticket = await ticketFor('W09');
    const window = hall.at('W09');
    const here = { at, terminal: 'W09' };
    let baseVersion = ticket.version;
    const step = <K extends OpKind>(kind: K, body: OpBodies[K]) =>
      write(window, kind, body, { stream: ticket.stream, actor: '2009', baseVersion: baseVersion++ });
    expect(await step('ticket.called', calledBy('W09'))).toBe('applied');
    expect(await step('ticket.recalled', here)).toBe('applied');
    expect(await step('ticket.arrived', here)).toBe('applied');
    expect(await step('ticket.held', { ...here, until: at, reason: '去复印' })).toBe('applied');
    expect(await step('ticket.called', calledBy('W09'))).toBe('applied');
    expect(await step('ticket.finished', here)).toBe('applied');
  });

  it('that another window holds is not touched by this one', async () => {
    const ticket = await ticketFor('W10');
    const called = await hall.at('W10').ticket({ kind: 'call', ticketId: ticket.id, purpose: 'intake' });
    const here = { at, terminal: 'W09' };
    const asked = { stream: ticket.stream, actor: '2009', baseVersion: called.version };
    for (const kind of ['ticket.arrived', 'ticket.finished', 'ticket.recalled'] as const) {
      expect(await write(hall.at('W09'), kind, here, asked), kind).toBe('forbidden');
    }
    expect(await write(hall.at('W09'), 'ticket.arrived', { at, terminal: 'W10' }, asked)).toBe('forbidden');
  });

  it('called here too late is rejected and doubted, once, and pulled like any other op', async () => {
    const ticket = await ticketFor('W09');
    await hall.at('W10').ticket({ kind: 'call', ticketId: ticket.id, purpose: 'intake' });
    const asked = { stream: ticket.stream, actor: '2009' };
    const stale = { ...asked, baseVersion: ticket.version };
    expect(await write(hall.at('W09'), 'ticket.called', calledBy('W09'), stale)).toBe('stale-version');
    // Sent again, as after an answer that was lost.
    await hall.at('W09').push(hall.at('W09').maker.ops.slice(-1));
    expect(await write(hall.at('W09'), 'ticket.arrived', { at, terminal: 'W09' }, { ...asked, baseVersion: 2 })).toBe(
      'stale-version',
    );
    const doubts = (await hall.ops('ticket.doubted')).map(({ stream, actor, body }) => [stream, actor, body.doubt]);
    expect(doubts).toEqual([
      [ticket.stream, 'system', 'called-twice:W09'],
      [ticket.stream, 'system', 'arrived-refused:W09:stale-version'],
    ]);
    const answer = await hall.at('W10').ticket({ kind: 'finish', ticketId: ticket.id });
    expect(answer.doubts).toEqual(['called-twice:W09', 'arrived-refused:W09:stale-version']);
  });
});

describe('what a terminal says of itself', () => {
  it('is the state of its own window in its own stream', async () => {
    const window = hall.at('W09');
    const body = { ...HALL_BODIES['window.changed'], terminal: 'W09' };
    const { device } = window.maker;
    expect(await write(window, 'window.changed', body, { stream: `window:${device}` })).toBe('applied');
    expect(await write(window, 'window.changed', body)).toBe('forbidden');
    const ofOther = { stream: `window:${hall.at('W10').maker.device}`, baseVersion: 1 };
    expect(await write(window, 'window.changed', { ...body, terminal: 'W10' }, ofOther)).toBe('forbidden');
  });

  it('is its own key, what a citizen rated there, and pre-reviews', async () => {
    const kiosk = hall.at('K01');
    const key = { ...HALL_BODIES['signer.announced'], terminal: 'K01' };
    expect(await write(kiosk, 'signer.announced', key, { stream: `signer:${kiosk.maker.device}` })).toBe('applied');
    expect(await write(kiosk, 'signer.announced', key)).toBe('forbidden');
    const rating = HALL_BODIES['rating.given'];
    expect(await write(hall.at('W09'), 'rating.given', { ...rating, terminal: 'W09' })).toBe('applied');
    expect(await write(hall.at('W09'), 'rating.given', { ...rating, terminal: 'W10' })).toBe('forbidden');
    const stream = `prereview:${uuidv7()}`;
    const saved = HALL_BODIES['prereview.saved'];
    expect(await write(kiosk, 'prereview.saved', { ...saved, terminal: 'K02' }, { stream })).toBe('forbidden');
    expect(await write(kiosk, 'prereview.saved', saved, { stream, baseVersion: 0 })).toBe('applied');
    expect(await write(kiosk, 'prereview.judged', { at, missing: [] }, { stream, baseVersion: 1 })).toBe('applied');
    // Its terminal ends it when nobody comes any more, once.
    const end = (baseVersion: number) =>
      write(kiosk, 'prereview.ended', { at, how: 'expired' }, { stream, actor: 'system', baseVersion });
    expect(await end(2)).toBe('applied');
    expect(await end(3)).not.toBe('applied');
  });
});
