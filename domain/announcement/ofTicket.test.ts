import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { stepTicket, type TicketOp } from '../queue/reduceTicket.ts';
import type { TicketBodies, TicketRecord } from '../queue/ticketTypes.ts';
import { toSayOfTicket } from './ofTicket.ts';
import { windowDisplay } from './windowDisplay.ts';

const ID = '0198a000-0000-7000-8000-0000000000e1';

/** A ticket after these steps, with the bodies of the fixture. */
function ticketOf(...steps: (keyof TicketBodies | TicketOp)[]): TicketRecord {
  let ticket: TicketRecord | null = null;
  for (const step of steps) {
    const op = (typeof step === 'string' ? { kind: step, body: HALL_BODIES[step] } : step) as TicketOp;
    ticket = stepTicket(ticket, ID, op);
  }
  if (!ticket) throw new Error('not legal');
  return ticket;
}

const CALLED = ['ticket.taken', 'ticket.called'] as const;
const PICKUP: TicketOp = { kind: 'ticket.called', body: { ...HALL_BODIES['ticket.called'], purpose: 'pickup' } };
const COLLECTS = ['ticket.taken', 'ticket.called', 'ticket.finished', 'ticket.pickup-raised', PICKUP] as const;

describe('what a ticket gives to say', () => {
  test('nothing before it is called, and nothing once somebody stands at the window', () => {
    expect(toSayOfTicket(ticketOf('ticket.taken'))).toBeNull();
    expect(toSayOfTicket(ticketOf(...CALLED, 'ticket.arrived'))).toBeNull();
    expect(toSayOfTicket(ticketOf(...CALLED, 'ticket.finished'))).toBeNull();
  });

  test('a call, then its second and third time, each once', () => {
    const said = [0, 1, 2].map((recalls) =>
      toSayOfTicket(ticketOf(...CALLED, ...Array<'ticket.recalled'>(recalls).fill('ticket.recalled'))),
    );
    expect(said.map((each) => each?.announcement)).toEqual([
      { event: 'call', ticket: 'A015', window: 3 },
      { event: 'recall', ticket: 'A015', window: 3, time: 2 },
      { event: 'recall', ticket: 'A015', window: 3, time: 3 },
    ]);
    expect(new Set(said.map((each) => each?.key)).size).toBe(3);
    expect(said[0]).toMatchObject({ terminal: 'W03', at: HALL_BODIES['ticket.called'].at });
  });

  test('a pickup is called with its own words, and is not the call before', () => {
    const pickup = toSayOfTicket(ticketOf(...COLLECTS));
    expect(pickup?.announcement).toEqual({ event: 'pickup', ticket: 'A015', window: 3 });
    expect(toSayOfTicket(ticketOf(...COLLECTS, 'ticket.recalled'))?.announcement.event).toBe('pickup');
    expect(pickup?.key).not.toBe(toSayOfTicket(ticketOf(...CALLED))?.key);
  });

  test('who was passed is told so, who only did not collect is not', () => {
    expect(toSayOfTicket(ticketOf(...CALLED, 'ticket.passed'))?.announcement).toEqual({
      event: 'pass',
      ticket: 'A015',
    });
    expect(toSayOfTicket(ticketOf(...COLLECTS, 'ticket.passed'))).toBeNull();
  });

  test('the elder are spoken to slowly, whatever it is about', () => {
    const taken: TicketOp = { kind: 'ticket.taken', body: { ...HALL_BODIES['ticket.taken'], elder: true } };
    for (const steps of [
      ['ticket.called'],
      ['ticket.called', 'ticket.recalled'],
      ['ticket.called', 'ticket.passed'],
    ] as const)
      expect(toSayOfTicket(ticketOf(taken, ...steps))).toMatchObject({ slow: true });
    expect(toSayOfTicket(ticketOf(...CALLED))).toMatchObject({ slow: false });
  });

  test('who is sent back hears where to', () => {
    const body = { ...HALL_BODIES['ticket.voided'], reason: 'sent-back' as const };
    const sent = ticketOf(...CALLED, 'ticket.arrived', { kind: 'ticket.voided', body });
    expect(toSayOfTicket(sent)?.announcement).toEqual({ event: 'pre-review', ticket: 'A015', floor: 3 });
  });
});

describe('the display over a window', () => {
  test('shows whom it calls, calmly once they are there, and nothing afterwards', () => {
    const text = '请A015号到3号窗口';
    expect(windowDisplay(ticketOf(...CALLED), 'open', 3)).toEqual({ text, number: 15, attention: true });
    expect(windowDisplay(ticketOf(...CALLED, 'ticket.arrived'), 'open', 3)).toEqual({
      text,
      number: 15,
      attention: false,
    });
    expect(windowDisplay(ticketOf(...CALLED, 'ticket.finished'), 'open', 3)).toMatchObject({ text: '', number: null });
  });

  test('shows 暂停服务 while it pauses with nobody in hand', () => {
    expect(windowDisplay(null, 'paused', 3)).toEqual({ text: '暂停服务', number: null, attention: false });
    expect(windowDisplay(ticketOf(...CALLED), 'paused', 3).text).toBe('请A015号到3号窗口');
    expect(windowDisplay(null, 'closed', 3).text).toBe('');
  });
});
