import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { verifyDatabase } from '../../db/verify.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { minimalDraft } from '../fixtures/acceptance.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { startTestService } from '../fixtures/service.ts';

/** A supervisor's machine with its service, and a real centre over TCP. */

const at = (time: string) => `2026-11-23T${time}:00.000Z`;
let clock = Date.parse(at('02:00'));
let office: Awaited<ReturnType<typeof startTestOffice>>;
let terminal: ReturnType<typeof startTestService>;

beforeEach(async () => {
  clock = Date.parse(at('02:00'));
  office = await startTestOffice({ now: () => clock });
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W17' });
  terminal = startTestService({
    staff: [],
    now: () => clock,
    config: {
      terminal: { id: 'W17', hall: 'main', greenChannel: { extendedUntil: '18:00' } },
      hub: { url: office.centre.url, enrolmentCode },
    },
  });
  await vi.waitFor(
    async () => expect(await terminal.call('sync.status', {})).toMatchObject({ link: 'connected' }),
    45_000,
  );
  for (const role of ['SUP', 'WIN'] as const) {
    await terminal.call('session.login', { number: desk(role), password: 'example-pass' }, role, 'supervisor');
  }
});
afterEach(async () => {
  await terminal.dispose();
  await office.dispose();
});

async function accept(itemCode: string): Promise<string> {
  const item = findItem(itemCode);
  if (!item) throw new Error('no item');
  const draft = minimalDraft(item);
  const accepted = await terminal.call('case.accept', { commandId: v7(), draft }, 'WIN');
  return accepted.id;
}
const timesOf = async (id: string) => (await terminal.call('case.get', { id }, 'SUP', 'supervisor')).summary.times;

test('a hall’s outage moves every promise, also of what comes while it lasts, and nothing of the law’s', async () => {
  const early = await accept('A09');
  const before = await timesOf(early);
  clock = Date.parse(at('02:30'));
  const declared = { from: at('02:10'), to: null, reason: '中心系统故障', proof: '故障单 7' };
  await terminal.call('outage.declare', { commandId: v7(), ...declared }, 'SUP', 'supervisor');
  const late = await accept('A09');
  clock = Date.parse(at('02:40'));
  const { rows } = await terminal.call('outage.list', {}, 'SUP', 'supervisor');
  expect(rows).toMatchObject([{ ...declared, caseId: null, caseNumber: null, by: desk('SUP'), endedBy: null }]);
  await terminal.call(
    'outage.end',
    { commandId: v7(), outage: rows[0]?.id ?? '', to: at('02:40') },
    'SUP',
    'supervisor',
  );
  // 60 minutes each: thirty of the first stood, ten of the second.
  expect(before?.dueAt).toBe(at('03:00'));
  expect(await timesOf(early)).toMatchObject({
    dueAt: at('03:30'),
    statutoryDueAt: before?.statutoryDueAt,
    pauses: [{ kind: 'P5', from: at('02:10'), to: at('02:40'), reason: '中心系统故障', proof: '故障单 7' }],
  });
  expect((await timesOf(late))?.pauses).toMatchObject([{ kind: 'P5', from: at('02:30'), to: at('02:40') }]);
  await terminal.withFile((db) => expect(verifyDatabase(db)).toEqual([]));
});

test('what was late is listed with its reason, and the supervisor may give it', async () => {
  const id = await accept('A09');
  const ask = (unexplained = false) =>
    terminal.call('measure.overdue', { from: '2026-11-23', to: '2026-11-24', unexplained }, 'SUP', 'supervisor');
  expect(await ask()).toEqual({ rows: [], total: 0, unexplained: 0 });
  clock = Date.parse(at('08:00'));
  for (const role of ['SUP', 'WIN'] as const) {
    await terminal.call('session.login', { number: desk(role), password: 'example-pass' }, role, 'supervisor');
  }
  expect(await ask()).toMatchObject({ rows: [{ summary: { id }, reason: null }], total: 1, unexplained: 1 });
  const note = { caseId: id, kind: 'overdue-reason' as const, text: '当日办件量大' };
  await terminal.call('case.note', note, 'SUP', 'supervisor');
  expect(await ask()).toMatchObject({ rows: [{ reason: { text: '当日办件量大', by: desk('SUP') } }], unexplained: 0 });
  expect(await ask(true)).toEqual({ rows: [], total: 1, unexplained: 0 });
});

test('a mortgage at a green window ends with that window’s extended day; nothing else does', async () => {
  const mortgage = await accept('A05');
  expect(await timesOf(mortgage)).toMatchObject({
    limit: { minutes: 60 },
    green: { extendedUntil: '18:00', dueAt: at('10:00'), provisional: false },
  });
  expect((await timesOf(await accept('A09')))?.green).toBeNull();
});
