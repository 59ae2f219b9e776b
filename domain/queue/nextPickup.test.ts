import { describe, expect, test } from 'vitest';
import { QueueHall, SECOND, served, takeMany } from '../../tests/fixtures/queueHall.ts';

/** Rows of domain.md §6.5: the second call. */

describe('pickup calls', () => {
  function hallWithReady(terminal = 'W03') {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.serve(terminal);
    hall.ready(ticket.id, terminal);
    return { hall, ticket };
  }

  test('go before new acceptances at the window of acceptance', () => {
    const { hall, ticket } = hallWithReady();
    hall.now += SECOND;
    hall.take();
    expect(hall.next('W02')?.number).toBe('B002');
    hall.take();
    const called = hall.next('W03');
    expect(called?.id).toBe(ticket.id);
    expect(called?.calls.at(-1)).toMatchObject({ purpose: 'pickup', why: { rule: 'own-pickup' } });
  });

  test('not more than every second call while somebody waits', () => {
    const hall = new QueueHall();
    const ready = takeMany(hall, {}, {}, {});
    for (const _ of ready) hall.serve('W03');
    for (const { id } of ready) {
      hall.now += SECOND;
      hall.ready(id, 'W03');
    }
    takeMany(hall, {}, {});
    expect(served(hall, 'W03')).toEqual(['B001', 'B004', 'B002', 'B005', 'B003']);
  });

  test.each(['paused', 'closed'] as const)('go to the nearest open neighbour while the window is %s', (state) => {
    const { hall, ticket } = hallWithReady('W03');
    hall.setWindow('W03', state);
    hall.setWindow('W02', 'closed');
    expect(hall.next('W05')).toBeNull();
    expect(hall.next('W04')?.id).toBe(ticket.id);
  });

  test('of two neighbours equally near, the lower number', () => {
    const { hall, ticket } = hallWithReady('W03');
    hall.setWindow('W03', 'paused');
    expect(hall.next('W04')).toBeNull();
    expect(hall.next('W02')?.id).toBe(ticket.id);
  });

  test('never go to another floor', () => {
    const { hall } = hallWithReady('W08');
    for (const each of ['W01', 'W02', 'W03', 'W04', 'W05', 'W06', 'W07', 'W08']) hall.setWindow(each, 'closed');
    expect(hall.next('W09')).toBeNull();
  });

  test('one that nobody answered is not called again by itself, but when only pickups are asked for', () => {
    const { hall, ticket } = hallWithReady();
    hall.next('W03');
    hall.passOver('W03', ticket.id);
    expect(hall.next('W03')).toBeNull();
    const again = hall.must('W03', { kind: 'next', purpose: 'pickup' });
    expect(again.ticketId).toBe(ticket.id);
    hall.passOver('W03', ticket.id);
    hall.must('W03', { kind: 'call', ticketId: ticket.id, purpose: 'pickup' });
    hall.passOver('W03', ticket.id);
    expect(hall.ticket(ticket.id).pickup).toMatchObject({ missed: 3, state: 'missed' });
    expect(hall.must('W03', { kind: 'next', purpose: 'pickup' }).ticketId).toBeNull();
    expect(hall.ask('W03', { kind: 'call', ticketId: ticket.id, purpose: 'pickup' })).toMatchObject({
      refused: 'pickup-called-enough',
    });
  });

  test('whoever comes back on another day waits for the window of acceptance', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, { class: 'pickup', pinned: 'W05' });
    expect(hall.serve('W04')).toBe('B001');
    expect(hall.next('W04')).toBeNull();
    expect(hall.next('W05')?.number).toBe('L001');
  });
});
