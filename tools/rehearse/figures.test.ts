import { describe, expect, test } from 'vitest';
import { stepTicket } from '../../domain/queue/reduceTicket.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { countFigures, type Visit } from './figures.ts';

const MINUTE = 60_000;
const OPENS = Date.parse('2026-11-27T01:00:00.000Z');
const at = (minute: number) => new Date(OPENS + minute * MINUTE).toISOString();

function ticket(id: string, number: string, minutes: { taken: number; called?: number }): TicketRecord {
  const body = { ...HALL_BODIES['ticket.taken'], number, takenAt: at(minutes.taken) };
  const taken = stepTicket(null, id, { kind: 'ticket.taken', body });
  if (!taken) throw new Error('not taken');
  if (minutes.called === undefined) return taken;
  const call = { ...HALL_BODIES['ticket.called'], at: at(minutes.called) };
  const called = stepTicket(taken, id, { kind: 'ticket.called', body: call });
  const done = called && stepTicket(called, id, { kind: 'ticket.finished', body: { at: at(60), terminal: 'W03' } });
  if (!done) throw new Error('not finished');
  return done;
}

function visit(ticketId: string, number: string, extra: Partial<Visit> = {}): Visit {
  return {
    visitor: 0,
    number,
    ticketId,
    cameAt: OPENS,
    tookAt: OPENS + MINUTE,
    calledAt: OPENS + 11 * MINUTE,
    arrivedAt: OPENS + 12 * MINUTE,
    leftAt: OPENS + 20 * MINUTE,
    servedAt: ['W03'],
    refused: null,
    ...extra,
  };
}

describe('the figures of a rehearsed day', () => {
  test('add up what a visitor went through', () => {
    const figures = countFigures([visit('a', 'A001')], [ticket('a', 'A001', { taken: 1, called: 11 })]);
    expect(figures).toMatchObject({ tickets: 1, served: 1, unserved: 0, doubles: 0, losses: 0, overtaken: 0 });
    expect(figures.waitMinutes.max).toBe(10);
    expect(figures.walkMinutes.max).toBe(1);
    expect(figures.serviceMinutes.max).toBe(8);
    expect(figures.doorToDoorMinutes.max).toBe(20);
  });

  test('a number printed for two people is a double', () => {
    const tickets = [ticket('a', 'A001', { taken: 1, called: 2 }), ticket('b', 'A001', { taken: 2, called: 3 })];
    expect(countFigures([visit('a', 'A001'), visit('b', 'A001')], tickets).doubles).toBe(1);
  });

  test('one person served at two windows is a double', () => {
    const figures = countFigures(
      [visit('a', 'A001', { servedAt: ['W03', 'W04'] })],
      [ticket('a', 'A001', { taken: 1, called: 2 })],
    );
    expect(figures.doubles).toBe(1);
  });

  test('a ticket that the centre does not know is lost, and so is a service it knows nothing of', () => {
    expect(countFigures([visit('a', 'A001')], []).losses).toBe(1);
    expect(countFigures([visit('a', 'A001')], [ticket('a', 'A001', { taken: 1 })]).losses).toBe(1);
    expect(countFigures([visit('a', 'A001', { leftAt: null })], [ticket('a', 'A001', { taken: 1 })]).losses).toBe(0);
  });

  test('who came later and was called first has overtaken, once', () => {
    const tickets = [ticket('a', 'A001', { taken: 1, called: 9 }), ticket('b', 'A002', { taken: 2, called: 5 })];
    expect(countFigures([], tickets).overtaken).toBe(1);
  });
});
