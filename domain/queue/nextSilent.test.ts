import { describe, expect, test } from 'vitest';
import { QueueHall, SECOND, takeMany } from '../../tests/fixtures/queueHall.ts';

/** Who is called while a window and the hub do not hear each other. */

describe('with a window the hub does not hear', () => {
  function twoTickets() {
    const hall = new QueueHall();
    const tickets = takeMany(hall, {}, {});
    expect(tickets.map(({ fallback }) => fallback)).toEqual(['W01', 'W02']);
    hall.silentSince.set('W01', hall.now);
    return hall;
  }

  test('its tickets are kept for it', () => {
    const hall = twoTickets();
    expect(hall.next('W03')?.number).toBe('B002');
    expect(hall.next('W04')).toBeNull();
    expect(
      hall.ask('W04', { kind: 'call', ticketId: [...hall.tickets.keys()][0] ?? '', purpose: 'intake' }),
    ).toMatchObject({
      refused: 'ticket-reserved',
    });
  });

  test('it calls them itself when it is there again', () => {
    const hall = twoTickets();
    expect(hall.next('W01')?.number).toBe('B001');
  });

  test('a supervisor gives them to the others', () => {
    const hall = twoTickets();
    hall.released.set('W01', hall.now + SECOND);
    expect(hall.next('W03')?.number).toBe('B001');
  });

  test('one that was sent to it, and a pickup, are not called by hand elsewhere either', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, {});
    const [ready, pinned] = takeMany(hall, {}, {});
    for (const _ of [1, 2, 3]) hall.serve('W05');
    hall.ready(ready?.id ?? '', 'W01');
    hall.must('S01', { kind: 'transfer', ticketId: pinned?.id ?? '', queue: 'B', to: 'W01', reason: '专窗' });
    hall.silentSince.set('W01', hall.now);
    const byHand = (ticketId: string, purpose: 'intake' | 'pickup') =>
      hall.ask('W04', { kind: 'call', ticketId, purpose });
    expect(byHand(pinned?.id ?? '', 'intake')).toMatchObject({ refused: 'ticket-reserved' });
    expect(byHand(ready?.id ?? '', 'pickup')).toMatchObject({ refused: 'ticket-reserved' });
  });

  test('an earlier release does not count', () => {
    const hall = twoTickets();
    hall.released.set('W01', hall.now - SECOND);
    expect(hall.next('W03')?.number).toBe('B002');
  });

  test('a closed window keeps nothing', () => {
    const hall = twoTickets();
    hall.setWindow('W01', 'closed');
    expect(hall.next('W03')?.number).toBe('B001');
  });

  test('a number taken now is assigned to a window that is heard', () => {
    const hall = twoTickets();
    for (let index = 0; index < 16; index += 1) expect(hall.take().fallback).not.toBe('W01');
  });

  test('its pickups are kept too, and go to the neighbour when a supervisor says so', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.serve('W03');
    hall.ready(ticket.id, 'W03');
    hall.silentSince.set('W03', hall.now);
    expect(hall.next('W02')).toBeNull();
    hall.released.set('W03', hall.now);
    expect(hall.next('W02')?.id).toBe(ticket.id);
  });
});

describe('without the hub', () => {
  test('only tickets assigned to this window, and it says so', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, {}, {});
    const found = hall.must('W02', { kind: 'next' }, { mode: 'emergency' });
    expect(hall.ticket(found.ticketId)).toMatchObject({
      number: 'B002',
      calls: [{ why: { rule: 'emergency', lane: 'first-come', eligible: 1 } }],
    });
  });

  test('not one that was sent to another window', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.must('S01', { kind: 'transfer', ticketId: ticket.id, queue: 'B', to: 'W05', reason: '专窗' });
    expect(hall.must('W01', { kind: 'next' }, { mode: 'emergency' }).ticketId).toBeNull();
    expect(hall.must('W05', { kind: 'next' }, { mode: 'emergency' }).ticketId).toBeNull();
  });

  test('nobody at all at a window that the hub has as closed', () => {
    const hall = new QueueHall();
    hall.take();
    expect(hall.ask('W01', { kind: 'next' }, { mode: 'emergency', isKeptForUs: false })).toMatchObject({
      refused: 'not-assigned-here',
    });
  });

  test('another one by hand is refused', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    expect(
      hall.ask('W02', { kind: 'call', ticketId: ticket.id, purpose: 'intake' }, { mode: 'emergency' }),
    ).toMatchObject({ refused: 'not-assigned-here' });
  });
});
