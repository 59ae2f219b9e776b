import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolAnswer } from '../../contract/sync.ts';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { dataIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';
import { createBookingKeyOffline } from '../command.ts';

const DAY_MS = 24 * 3_600_000;

describe('the centre, for a hall that has a hub', () => {
  let hall: Awaited<ReturnType<typeof startQueueHall>>;
  let hubDevice: string;
  beforeEach(async () => {
    hall = await startQueueHall({ windows: ['W09'] });
    hubDevice = uuidv7();
  });
  afterEach(() => hall.dispose());

  async function enrolHub(name = 'main'): Promise<void> {
    const code = await hall.centre.createEnrolmentCode({ terminal: 'H01', kind: 'relay', hall: name });
    const body = { code, device: hubDevice, terminal: 'H01' };
    enrolAnswer.parse((await call(hall.centre.url, '/sync/v1/enrol', jsonRequest(body))).body);
  }

  it('decides nothing about the queue as long as the hub is in service, and of another hall it does', async () => {
    const kiosk = hall.at('K01');
    await enrolHub('branch');
    expect((await kiosk.ticket(TAKE)).number).toBe('A001');
    hubDevice = uuidv7();
    await enrolHub();
    expect(await kiosk.ask(TAKE)).toBe('queue-at-hub');
    expect(await hall.at('W09').ask({ kind: 'next' })).toBe('queue-at-hub');
    await hall.centre.revokeDevice(hubDevice);
    expect((await kiosk.ticket(TAKE)).number).toBe('A002');
  });

  it('ends no day of its queue', async () => {
    await hall.at('K01').ticket(TAKE);
    await enrolHub();
    hall.pass(3 * DAY_MS);
    await hall.centre.takeCalendarSteps();
    expect(await hall.ops('ticket.voided')).toEqual([]);
    await hall.centre.revokeDevice(hubDevice);
    await hall.centre.takeCalendarSteps();
    expect(await hall.ops('ticket.voided')).toHaveLength(1);
  });

  it('books and calls off no appointment', async () => {
    const key = await createBookingKeyOffline(dataIn(hall.dir), 'main');
    await enrolHub();
    const send = async (path: string, body: object) =>
      ((await call(hall.centre.url, path, jsonRequest(body, key))).body as { code: string }).code;
    const appointments = [HALL_BODIES['appointment.booked']];
    expect(await send('/office/v1/appointments', { appointments })).toBe('queue-at-hub');
    const cancelled = { code: HALL_BODIES['appointment.booked'].code, reason: '改天' };
    expect(await send('/office/v1/appointments/cancel', cancelled)).toBe('queue-at-hub');
  });

  it('still looks at what a terminal says by itself, but doubts nothing about it', async () => {
    const { id } = await hall.at('K01').ticket(TAKE);
    const { maker } = hall.at('W09');
    const refused = async (kind: 'ticket.finished' | 'ticket.arrived') => {
      const body = { at: new Date(hall.clock.now).toISOString(), terminal: 'W09' };
      const op = maker.make(kind, `ticket:${id}`, body, { actor: '2009', baseVersion: 1 });
      expect((await hall.at('W09').push([op])).results).toMatchObject([{ outcome: 'rejected' }]);
      return (await hall.ops('ticket.doubted')).length;
    };
    expect(await refused('ticket.finished')).toBe(1);
    await enrolHub();
    expect(await refused('ticket.arrived')).toBe(1);
    const foreign = maker.make('lease.granted', `lease:${uuidv7()}`, HALL_BODIES['lease.granted']);
    expect((await hall.at('W09').push([foreign])).results).toMatchObject([{ outcome: 'rejected', code: 'forbidden' }]);
  });
});

describe('a hub that is the standby now', () => {
  let hall: Awaited<ReturnType<typeof openDesk>>;
  beforeEach(async () => {
    hall = await openDesk();
  });
  afterEach(() => hall.dispose());

  it('refuses a command that was on its way under the write lock', async () => {
    expect((await hall.ask('K01', TAKE))?.number).toBe('A001');
    const asked = hall.ask('K01', TAKE);
    hall.role.active = false;
    await expect(asked).rejects.toThrow('not-active');
    hall.role.active = true;
    expect((await hall.ask('K01', TAKE))?.number).toBe('A002');
  });

  it('ends no day of its hall, which the active hub does, in relay mode too', async () => {
    await hall.ask('K01', TAKE);
    hall.store.setUpstream('http://centre', 'main');
    await hall.nextDay();
    await hall.nextDay();
    const voided = async () =>
      (await hall.store.readScope('hall:main', 0, { rows: 1000, bytes: 10_000_000 })).rows.filter(({ envelope }) =>
        envelope.includes('"day-ended"'),
      ).length;
    hall.store.joinHub('standby', null);
    await hall.desk.takeDaySteps();
    expect(await voided()).toBe(0);
    hall.store.saveHubRole({ role: 'active', fence: 1 });
    await hall.desk.takeDaySteps();
    expect(await voided()).toBe(1);
  });

  it('refuses it also when only its data know of the other one', async () => {
    hall.store.joinHub('standby', null);
    await expect(hall.ask('K01', TAKE)).rejects.toThrow('not-active');
  });
});
