import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Acceptance } from '../../domain/case/types.ts';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import { reduce } from '../../domain/ledger/reduce.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { dataFor, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { HOME_VISIT, visitBooked } from '../../tests/fixtures/homeVisits.ts';
import { putPrintedCase } from '../../tests/fixtures/printedCase.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { followAutomatically } from '../office/automatic.ts';
import { takeOwnOp } from '../office/ownOp.ts';

let hall: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  hall = await openDesk();
});
afterEach(() => {
  // The numbers of these certificates come from no series of the centre.
  expect(findingsIn(hall.dir).filter(({ code }) => code !== 'sequence-behind')).toEqual([]);
  hall.dispose();
});

type Put = <K extends OpKind>(stream: string, kind: K, actor: string, body: OpBodies[K]) => void;

/** Ops of one transaction, as of acts and pushes, with what the centre does about them by itself. */
function transact<T>(use: (put: Put) => T): Promise<T> {
  const { store, clock } = hall;
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const value = use((stream, kind, actor, body) => {
      expect(takeOwnOp(ledger, store.self, { hall: 'main', kind, stream, actor, body }, clock.now)).toBeNull();
    });
    followAutomatically(ledger, store.self, ledger.changedStreams(), clock.now);
    return { decision: ledger.decision(), value };
  });
}

function read(stream: string) {
  return hall.store.write([], (known) => ({
    decision: new WorkingLedger(known).decision(),
    value: known.findEntity(stream)?.entity ?? null,
  }));
}

async function ticketOf({ id }: { id: string }): Promise<TicketRecord> {
  const entity = await read(`ticket:${id}`);
  if (entity?.type !== 'ticket') throw new Error('no ticket');
  return entity.record;
}

let count = 0;

/** A case that was accepted with this ticket and lies printed before the quality check. */
function printed(ticket: { id: string; number: string }, more: Partial<Acceptance> = {}): Promise<string> {
  const digits = String(++count).padStart(4, '0');
  const certificate = `吉(2026)辽源市不动产证明第000${digits}号`;
  const numbers = { number: `2026112707${digits}`, certificate, blank: `Z2200000${digits}` };
  const at = { ticket: { id: ticket.id, number: ticket.number }, window: 'W03', ...more };
  return transact((put) => {
    const caseId = putPrintedCase(put, numbers, true, at);
    put(`case:${caseId}`, 'case.advanced', WALKER_STAFF.PRT, { transition: 'T29', data: {} });
    return caseId;
  });
}

const advance = (caseId: string, actor: string, transition: 'T31' | 'T33' | 'T34' | 'T35' | 'T36') =>
  transact((put) => {
    const data = dataFor(transition, { acceptance: { parties: [] }, certificates: [], id: caseId } as never);
    put(`case:${caseId}`, 'case.advanced', actor, { transition, data } as OpBodies['case.advanced']);
  });

const take = async () => {
  const ticket = await hall.ask('K01', TAKE);
  if (!ticket) throw new Error('no ticket');
  return ticket;
};

describe('a case accepted with a ticket', () => {
  it('is bound to it, calls it again when it is ready, to the window of acceptance, and lets it go when it is issued', async () => {
    const ticket = await take();
    const caseId = await printed(ticket);
    expect(await ticketOf(ticket)).toMatchObject({ cases: [caseId], pickup: null });
    await advance(caseId, WALKER_STAFF.QC, 'T31');
    expect((await ticketOf(ticket)).pickup).toMatchObject({ state: 'waiting', terminal: 'W03', cases: [caseId] });
    await advance(caseId, WALKER_STAFF.WIN, 'T33');
    expect((await ticketOf(ticket)).pickup).toMatchObject({ state: 'waiting', cases: [caseId] });
    await advance(caseId, WALKER_STAFF.WIN, 'T34');
    expect((await ticketOf(ticket)).pickup).toMatchObject({ state: 'cancelled', cases: [] });
  });

  it('that goes by courier waits at no window any more', async () => {
    const ticket = await take();
    const caseId = await printed(ticket);
    await advance(caseId, WALKER_STAFF.QC, 'T31');
    await advance(caseId, WALKER_STAFF.WIN, 'T36');
    expect((await ticketOf(ticket)).pickup).toMatchObject({ state: 'cancelled', cases: [] });
  });

  it('whose result goes by post is not called to any window', async () => {
    const ticket = await take();
    const caseId = await printed(ticket, { delivery: { method: 'mail', receiver: '测试甲', phone: '13800000000' } });
    await advance(caseId, WALKER_STAFF.QC, 'T31');
    expect(await ticketOf(ticket)).toMatchObject({ cases: [caseId], pickup: null });
  });

  it('is called once more for each of two cases, not twice for one', async () => {
    const ticket = await take();
    const cases = [await printed(ticket), await printed(ticket)];
    for (const caseId of cases) await advance(caseId, WALKER_STAFF.QC, 'T31');
    expect((await ticketOf(ticket)).pickup?.cases).toEqual(cases);
  });

  it('that was dropped by hand is not raised again by what happens to the case next', async () => {
    const ticket = await take();
    const [caseId = ''] = [await printed(ticket)];
    await advance(caseId, WALKER_STAFF.QC, 'T31');
    await hall.ask('W03', { kind: 'drop-pickup', ticketId: ticket.id, caseId });
    await advance(caseId, WALKER_STAFF.WIN, 'T33');
    await advance(caseId, WALKER_STAFF.WIN, 'T35');
    expect((await ticketOf(ticket)).pickup).toMatchObject({ state: 'cancelled', cases: [] });
  });

  it('of yesterday is ready without a call: nobody waits in the hall', async () => {
    const ticket = await take();
    const caseId = await printed(ticket);
    await hall.nextDay();
    await advance(caseId, WALKER_STAFF.QC, 'T31');
    expect(await ticketOf(ticket)).toMatchObject({ cases: [caseId], pickup: null });
  });

  it('with a ticket nobody knows is taken all the same', async () => {
    const caseId = await printed({ id: uuidv7(), number: 'A999' });
    expect(await read(`case:${caseId}`)).toMatchObject({ record: { state: 'PRINTED' } });
  });
});

it('an acceptance ends the pre-review it was made from, once', async () => {
  const preReview = uuidv7();
  await hall.write('prereview.saved', `prereview:${preReview}`, HALL_BODIES['prereview.saved']);
  const caseId = await printed(await take(), { preReview });
  expect(await read(`prereview:${preReview}`)).toMatchObject({ record: { ended: { how: 'accepted' } } });
  const ended = await read(`prereview:${preReview}`);
  await advance(caseId, WALKER_STAFF.QC, 'T31');
  expect(await read(`prereview:${preReview}`)).toEqual(ended);
});

describe('a mark', () => {
  const workOrders = async () => {
    const { rows } = await hall.store.readScope('hall:main', 0, { rows: 10_000, bytes: 10_000_000 });
    return rows.map(({ envelope }) => JSON.parse(envelope)).filter(({ kind }) => kind === 'workorder.opened');
  };
  const rate = (grade: 5 | 4 | 3 | 2 | 1 | null) =>
    transact((put) => put(`rating:${uuidv7()}`, 'rating.given', 'system', { ...HALL_BODIES['rating.given'], grade }));

  it.each([5, 4, 3, null] as const)('of %s is no work for anybody', async (grade) => {
    await rate(grade);
    expect(await workOrders()).toEqual([]);
  });

  it.each([2, 1] as const)('of %s becomes one work order, about the rated clerk', async (grade) => {
    await rate(grade);
    const orders = await workOrders();
    expect(orders).toMatchObject([{ actor: 'system', body: { clerk: '1001', about: 'A015' } }]);
    expect(reduce(null, orders[0])).toMatchObject({ type: 'workorder', record: { state: 'open' } });
  });

  it('is worked on by a supervisor, but not by the one it is about', async () => {
    for (const number of ['1001', '9002']) {
      const member = { number, name: '示例', roles: ['SUP' as const], passwordHash: '$argon2id$v=19$x', active: true };
      await hall.write('staff.upserted', `staff:${uuidv7()}`, member);
    }
    await rate(1);
    const workOrder = String((await workOrders())[0].stream).slice('workorder:'.length);
    const contact = { kind: 'contact', workOrder, note: '已电话联系' } as const;
    await expect(hall.ask('S01', contact, { actor: '1001' })).rejects.toThrow('two-person');
    const settle = { kind: 'settle', workOrder, result: 'explained', note: '已说明' } as const;
    await expect(hall.ask('S01', settle, { actor: '9002' })).rejects.toThrow('work-order-not-contacted');
    await expect(hall.ask('S01', { ...contact, note: ' ' }, { actor: '9002' })).rejects.toThrow('bad-input');
    await hall.ask('S01', contact, { actor: '9002' });
    await expect(hall.ask('S01', { ...settle, note: '' }, { actor: '9002' })).rejects.toThrow('bad-input');
    await hall.ask('S01', settle, { actor: '9002' });
    expect(await read(`workorder:${workOrder}`)).toMatchObject({ record: { state: 'settled' } });
    await expect(hall.ask('S01', contact, { actor: '9002' })).rejects.toThrow('illegal-transition');
    const unknown = { ...contact, workOrder: uuidv7() };
    await expect(hall.ask('S01', unknown, { actor: '9002' })).rejects.toThrow('work-order-not-found');
  });
});

describe('an appointment', () => {
  const book = async (): Promise<string> => {
    const id = uuidv7();
    const slot = { from: '2026-11-27T01:00:00.000Z', to: '2026-11-27T02:00:00.000Z' };
    await hall.write('appointment.booked', `appointment:${id}`, { ...HALL_BODIES['appointment.booked'], slot });
    return id;
  };
  const state = async (id: string) => (await read(`appointment:${id}`))?.record;

  it('is exchanged for a ticket once, and done when that is served', async () => {
    const appointment = await book();
    const command = { ...TAKE, class: 'appointment', appointment } as const;
    const ticket = await hall.ask('K01', command);
    expect(ticket?.number).toBe('Y001');
    expect(await state(appointment)).toMatchObject({ state: 'exchanged', ticketId: ticket?.id });
    await expect(hall.ask('K01', command)).rejects.toThrow('appointment-gone');
    await hall.ask('W03', { kind: 'next' });
    await hall.ask('W03', { kind: 'finish', ticketId: ticket?.id ?? '' });
    expect(await state(appointment)).toMatchObject({ state: 'done' });
  });

  it('exchanged at a kiosk without the hub follows the number it was exchanged for', async () => {
    const appointment = await book();
    const id = uuidv7();
    const body = { ...HALL_BODIES['ticket.taken'], number: 'ZA001', prefix: 'ZA', appointment };
    await transact((put) => put(`ticket:${id}`, 'ticket.taken', 'kiosk', { ...body, issuer: 'K01' }));
    expect(await state(appointment)).toMatchObject({ state: 'exchanged', ticketId: id });
  });
});

describe('a home visit', () => {
  const book = async (): Promise<string> => {
    const id = uuidv7();
    await hall.write('appointment.booked', `appointment:${id}`, visitBooked({ terminal: 'W03' }));
    return id;
  };
  const state = async (id: string) => (await read(`appointment:${id}`))?.record;
  const [first, second] = HOME_VISIT.staff;
  const atHome = (appointment: string, more: Partial<Acceptance> = {}) =>
    acceptance(++count, {
      ...{ source: 'home-visit', window: 'W03', clerk: { id: first, name: '示例' }, appointment },
      number: `2026112703${String(count).padStart(4, '0')}`,
      ...more,
    });
  const accept = (body: Acceptance) => transact((put) => put(`case:${uuidv7()}`, 'case.accepted', body.clerk.id, body));

  it('is done with its first case; the next one changes nothing', async () => {
    const appointment = await book();
    await accept(atHome(appointment));
    const done = await state(appointment);
    expect(done).toMatchObject({ state: 'done', version: 2 });
    await accept(atHome(appointment, { clerk: { id: second, name: '示例' } }));
    expect(await state(appointment)).toEqual(done);
  });

  it('is done with a refusal as well', async () => {
    const appointment = await book();
    const body = atHome(appointment, { path: ['T01', 'T02', 'T03', 'T44'] });
    const refusal = { ground: 'other' as const, reason: '不属于本登记机构', missing: [] };
    await transact((put) => put(`case:${uuidv7()}`, 'case.refused', first, { acceptance: body, refusal }));
    expect(await state(appointment)).toMatchObject({ state: 'done' });
  });

  it('that was given up for missed is done when its laptop comes back late', async () => {
    const appointment = await book();
    await hall.write('appointment.missed', `appointment:${appointment}`, HALL_BODIES['appointment.missed']);
    await accept(atHome(appointment));
    expect(await state(appointment)).toMatchObject({ state: 'done', version: 3 });
  });

  it('is not done by a case of another laptop or of somebody else, and one called off stays so; the cases are kept', async () => {
    const appointment = await book();
    await accept(atHome(appointment, { window: 'W04' }));
    await accept(atHome(appointment, { clerk: { id: '1009', name: '示例' } }));
    expect(await state(appointment)).toMatchObject({ state: 'booked', version: 1 });
    await hall.write('appointment.cancelled', `appointment:${appointment}`, HALL_BODIES['appointment.cancelled']);
    await accept(atHome(appointment));
    expect(await state(appointment)).toMatchObject({ state: 'cancelled', version: 2 });
    await accept(atHome(uuidv7()));
  });
});
