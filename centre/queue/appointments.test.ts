import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowProblem } from '../../contract/appointments.ts';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { dataIn } from '../../tests/fixtures/centreDatabase.ts';
import { startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';
import { createBookingKeyOffline, importAppointmentsOffline } from '../command.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
let key: string;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W01', 'W09'] });
  key = await createBookingKeyOffline(dataIn(hall.dir), 'main');
});
afterEach(() => hall.dispose());

/** A fictitious person who comes at eleven. */
const row = (more: object = {}) => ({
  code: '12345678',
  name: '张三',
  phone: '13800000001',
  itemCode: 'A05',
  floor: 3,
  day: '2026-11-27',
  slot: { from: '2026-11-27T03:00:00.000Z', to: '2026-11-27T04:00:00.000Z' },
  source: 'wechat',
  ...more,
});
const on = (day: string, code: string, more: object = {}) =>
  row({ code, day, slot: { from: `${day}T03:00:00.000Z`, to: `${day}T04:00:00.000Z` }, ...more });

const send = (pathname: string, body: unknown, token = key) =>
  call(hall.centre.url, pathname, jsonRequest(body, token));

/** @returns how many were booked and known, or what is wrong with which row */
async function book(...appointments: unknown[]): Promise<string | RowProblem[]> {
  const { status, body } = await send('/office/v1/appointments', { appointments });
  const answer = body as { booked: number; known: number; rows?: RowProblem[]; code?: string };
  return status === 200 ? `${answer.booked} booked, ${answer.known} known` : (answer.rows ?? String(answer.code));
}

const cancel = async (code = '12345678') => {
  const { status, body } = await send('/office/v1/appointments/cancel', { code, reason: '改期' });
  return status === 200 ? 200 : String((body as { code: string }).code);
};
const kinds = async () => (await hall.ops('appointment.')).map(({ kind }) => kind.slice('appointment.'.length));

describe('a booking system', () => {
  it('books, sends the same again without harm, and what it booked reaches every terminal', async () => {
    const other = row({ code: '12345679', phone: '13800000002' });
    expect(await book(row(), other)).toBe('2 booked, 0 known');
    expect(await book(row(), other)).toBe('0 booked, 2 known');
    expect((await hall.ops('appointment.')).map(({ actor, body }) => [actor, body.code])).toEqual([
      ['booking', '12345678'],
      ['booking', '12345679'],
    ]);
    const [appointment = ''] = (await hall.ops('appointment.')).map(({ stream }) =>
      stream.slice('appointment:'.length),
    );
    hall.pass(90 * 60_000);
    const ticket = await hall.at('K01').ticket({ ...TAKE, class: 'appointment', itemCode: 'A05', appointment });
    expect(ticket).toMatchObject({ number: 'Y001', appointment });
  });

  it('is told of every wrong row, and nothing of the request is taken', async () => {
    expect(
      await book(
        row(),
        row({ code: '1234' }),
        row({ code: '22345678', itemCode: 'Z99' }),
        row({ code: '32345678', day: '2026-11-26' }),
        row({ code: '42345678', slot: { from: '2026-11-27T03:00:00.000Z', to: '2026-11-27T05:00:00.000Z' } }),
        row({ code: '52345678', day: '2026-11-30' }),
        row({ phone: '13800000003' }),
        row({ code: '62345678', itemCode: 'A05' }),
        'no object',
      ),
    ).toEqual([
      { line: 2, problem: 'bad-row', where: 'code' },
      { line: 3, problem: 'bad-row', where: 'itemCode' },
      { line: 4, problem: 'day-past' },
      { line: 5, problem: 'bad-slot' },
      { line: 6, problem: 'bad-slot' },
      { line: 7, problem: 'code-twice' },
      { line: 8, problem: 'booked-already' },
      { line: 9, problem: 'bad-row' },
    ]);
    expect(await kinds()).toEqual([]);
  });

  it('may let each row stand for itself: the wrong ones are named, the others booked, and the same again is known', async () => {
    const sound = row({ code: '22345678', phone: '13800000002' });
    const wrong = [row({ code: '1234' }), row({ code: '32345678', day: '2026-11-26' })];
    const sendEach = async (...appointments: unknown[]) =>
      (await send('/office/v1/appointments', { each: true, appointments })).body;
    const rows = [
      { line: 2, problem: 'bad-row', where: 'code' },
      { line: 4, problem: 'day-past' },
      { line: 5, problem: 'code-twice' },
    ];
    const all = [row(), wrong[0], sound, wrong[1], row({ phone: '13800000009' })];
    expect(await sendEach(...all)).toMatchObject({ booked: 2, known: 0, rows });
    expect((await hall.ops('appointment.')).map(({ body }) => body.code)).toEqual(['12345678', '22345678']);
    expect(await sendEach(...all)).toMatchObject({ booked: 0, known: 2, rows });
    // Nothing wrong is said as well.
    expect(await sendEach(sound)).toMatchObject({ booked: 0, known: 1, rows: [] });
    expect(await kinds()).toEqual(['booked', 'booked']);
  });

  it('cannot give a code to somebody else, nor one person two appointments for one item', async () => {
    await book(row());
    expect(await book(row({ name: '李四', phone: '13800000009' }))).toEqual([{ line: 1, problem: 'code-taken' }]);
    const again = { code: '22345678', phone: '+86 138-0000-0001' };
    expect(await book(row(again))).toEqual([{ line: 1, problem: 'booked-already' }]);
    expect(await book(row({ ...again, itemCode: 'A08' }))).toBe('1 booked, 0 known');
  });

  it('calls one off until its slot starts', async () => {
    await book(row());
    expect(await cancel('99999999')).toBe('appointment-not-found');
    hall.pass(89 * 60_000);
    expect(await cancel()).toBe(200);
    expect(await cancel()).toBe(200);
    expect(await kinds()).toEqual(['booked', 'cancelled']);
    await book(row({ code: '22345678' }));
    hall.pass(60_000);
    expect(await cancel('22345678')).toBe('appointment-started');
  });

  it('needs the key of the hall; a new one ends the one before', async () => {
    const refused = async (token: string) =>
      (await send('/office/v1/appointments', { appointments: [row()] }, token)).status;
    expect(await refused('A'.repeat(43))).toBe(401);
    expect(await refused(hall.at('W01').token)).toBe(401);
    await createBookingKeyOffline(dataIn(hall.dir), 'main');
    expect(await refused(key)).toBe(401);
    key = await createBookingKeyOffline(dataIn(hall.dir), 'branch');
    expect(await book(row())).toBe('1 booked, 0 known');
    expect(await kinds()).toEqual([]);
  });

  it('sees nothing of it in any log', async () => {
    await book(row(), row({ code: '12' }));
    expect(hall.logs()).not.toMatch(/张三|13800000001|12345678/);
  });
});

describe('somebody who does not come', () => {
  const DAY = 24 * 3_600_000;
  const days = ['2026-11-27', '2026-11-30', '2026-12-01'];

  it('misses the appointment when the day has passed, and after three may not book for 30 days', async () => {
    for (const [index, day] of days.entries()) {
      expect(await book(on(day, `1000000${index}`))).toBe('1 booked, 0 known');
      hall.clock.now = Date.parse(`${day}T03:00:00.000Z`) + DAY;
      await hall.centre.takeCalendarSteps();
    }
    expect((await kinds()).filter((kind) => kind === 'missed')).toHaveLength(3);
    expect(await book(on('2026-12-10', '20000000'))).toEqual([{ line: 1, problem: 'no-shows' }]);
    expect(await book(on('2026-12-10', '20000001', { phone: '13800000002' }))).toBe('1 booked, 0 known');
    hall.clock.now = Date.parse('2027-01-01T01:00:00.000Z');
    expect(await book(on('2027-01-04', '20000002'))).toBe('1 booked, 0 known');
  });

  it('has missed nothing as long as the day lasts', async () => {
    await book(row());
    hall.clock.now = Date.parse('2026-11-27T15:59:00.000Z');
    await hall.centre.takeCalendarSteps();
    expect(await kinds()).toEqual(['booked']);
  });

  it('is given a day more when somebody was to visit them: the laptop may come back late', async () => {
    const visit = { address: '示例街1号', reasonClass: 'elder', staff: ['2001', '2009'], terminal: 'W01' };
    await book(row({ visit }));
    hall.clock.now += DAY;
    await hall.centre.takeCalendarSteps();
    expect(await kinds()).toEqual(['booked']);
    hall.clock.now += DAY;
    await hall.centre.takeCalendarSteps();
    expect(await kinds()).toEqual(['booked', 'missed']);
  });
});

describe('a file of JSON lines', () => {
  const importFile = (...lines: string[]) => {
    const file = path.join(hall.dir, 'appointments.jsonl');
    writeFileSync(file, lines.join('\n'));
    return importAppointmentsOffline(dataIn(hall.dir), 'main', { file });
  };
  // The file is taken in by a process with a clock of its own.
  const coming = (code: string, more: object = {}) => on('2099-11-27', code, more);

  it('is imported beside the running hub, and again without harm', async () => {
    const lines = [
      JSON.stringify(coming('10000000')),
      '',
      JSON.stringify(coming('10000001', { phone: '13800000002' })),
    ];
    expect(await importFile(...lines)).toMatchObject({ kind: 'done', booked: 2, known: 0 });
    expect(await importFile(...lines)).toMatchObject({ kind: 'done', booked: 0, known: 2 });
  });

  it('with one wrong line is not imported; every wrong line is named', async () => {
    expect(await importFile(JSON.stringify(coming('10000000')), '{"code":', '', JSON.stringify({ code: '1' }))).toEqual(
      {
        kind: 'refused',
        rows: [
          { line: 2, problem: 'bad-row' },
          { line: 4, problem: 'bad-row', where: expect.any(String) },
        ],
      },
    );
    expect(await kinds()).toEqual([]);
  });
});

describe('a table of an office', () => {
  const HEAD = '预约码,姓名,电话,事项,楼层,日期,时段,来源,备注';
  const row = (code: string, phone: string, day = '2099-11-27') =>
    `${code},张三,${phone},A05,3,${day},09:00-10:00,电话,带证`;
  const importTable = (each: boolean, ...rows: string[]) => {
    const file = path.join(hall.dir, 'appointments.CSV');
    writeFileSync(file, `\uFEFF${[HEAD, ...rows].join('\r\n')}\r\n`);
    return importAppointmentsOffline(dataIn(hall.dir), 'main', { file, each });
  };
  const wrong = [
    { line: 3, problem: 'bad-row', where: '预约码' },
    { line: 4, problem: 'bad-row', where: '日期' },
    { line: 5, problem: 'day-past' },
    { line: 6, problem: 'code-twice' },
  ];
  const rows = [
    row('10000000', '13800000001'),
    row('1000001', '13800000002'),
    row('10000002', '13800000003', '11月27日'),
    row('10000003', '13800000004', '2018-11-27'),
    row('10000000', '13800000005'),
  ];

  it('with wrong rows is not imported; each is named by its row and column, and what means nothing is named', async () => {
    expect(await importTable(false, ...rows)).toEqual({ kind: 'refused', rows: wrong, ignored: ['备注'] });
    expect(await kinds()).toEqual([]);
  });

  it('row by row has what is sound taken, once', async () => {
    expect(await importTable(true, ...rows)).toMatchObject({ kind: 'done', booked: 1, known: 0, wrong });
    expect(await importTable(true, ...rows)).toMatchObject({ kind: 'done', booked: 0, known: 1, wrong });
    expect(await kinds()).toEqual(['booked']);
  });

  it('whose quotes are not in order is not taken, row by row neither', async () => {
    expect(await importTable(true, row('10000000', '13800000001'), '"10000001,李四')).toMatchObject({
      kind: 'refused',
    });
    expect(await kinds()).toEqual([]);
  });
});
