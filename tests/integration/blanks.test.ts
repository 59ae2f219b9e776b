import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { startTestService } from '../fixtures/service.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/** A print desk, W07, with its service, and a real centre over TCP: the paper of one case from the store to the file. */

const D = (n: number) => `D${22_000_000_000 + n}`;
const TODAY = '2026-11-23';

let office: Awaited<ReturnType<typeof startTestOffice>>;
let terminal: ReturnType<typeof startTestService>;
const now = () => Date.parse('2026-11-23T02:00:00Z');

beforeEach(async () => {
  office = await startTestOffice({ now });
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W07' });
  terminal = startTestService({ staff: [], now, config: { hub: { url: office.centre.url, enrolmentCode } } });
  await vi.waitFor(
    async () => expect(await terminal.call('sync.status', {})).toMatchObject({ link: 'connected' }),
    45_000,
  );
  for (const role of ['SUP', 'WIN', 'PRT', 'QC'] as const) {
    await terminal.call('session.login', { number: desk(role), password: 'example-pass' }, role, 'supervisor');
  }
});
afterEach(async () => {
  await terminal.dispose();
  await office.dispose();
});

const id = () => ({ commandId: v7() });

test('from the store to the file: received, assigned, spoiled, printed, issued, counted, signed', async () => {
  const call = terminal.call;
  await call('blanks.receive', { ...id(), form: 'certificate', first: D(1), count: 100 }, 'SUP', 'supervisor');
  await call('blanks.assign', { ...id(), from: D(1), count: 50, window: 'W07' }, 'SUP', 'supervisor');
  const top = { window: 'W07', form: 'certificate' } as const;
  expect(await call('blanks.next', top, 'PRT')).toEqual({ serial: D(1), remaining: 50, openDay: null });

  const spoil = { serial: D(1), reason: 'stained', witness: desk('WIN'), note: '水渍' } as const;
  await call('blanks.spoil', { ...id(), ...spoil }, 'PRT');
  await expect(call('blanks.spoil', { ...id(), ...spoil }, 'PRT')).rejects.toMatchObject({ code: 'blank-used' });
  await expect(
    call('blanks.lost', { ...id(), serial: D(60), witness: desk('WIN'), note: 'x' }, 'PRT'),
  ).rejects.toMatchObject({ code: 'blank-not-assigned' });

  const caseId = await office.acceptAndBook();
  const advance = (role: Parameters<typeof desk>[0], change: Parameters<typeof office.advance>[2]) =>
    office.advance(caseId, desk(role), change);
  const number = (await office.read(caseId)).certificates[0]?.number ?? '';
  const print = (blank: string) => advance('PRT', { transition: 'T28', data: { blanks: [{ number, blank }] } });
  expect(await print(D(1))).toBe('blank-used');
  expect(await print(D(2))).toBe(200);
  expect(
    await advance('PRT', { transition: 'T30', data: { blank: D(2), reason: 'jam', note: '', witness: desk('WIN') } }),
  ).toBe(200);
  expect(await print(D(3))).toBe(200);
  expect(await advance('PRT', { transition: 'T29', data: {} })).toBe(200);
  const state = async (serial: string) => (await call('blanks.find', { serial }, 'QC')).blank?.state;
  await vi.waitFor(async () => expect(await state(D(3))).toBe('PRINTED'), 45_000);
  expect(await advance('QC', { transition: 'T31', data: { opinion: '相符' } })).toBe(200);
  expect(await advance('WIN', { transition: 'T33', data: { window: 'W07' } })).toBe(200);
  const receiver = { name: '张三', idKind: 'resident', idNumber: '220402199003071231' } as const;
  expect(await advance('WIN', { transition: 'T34', data: { receiver, slipReturned: true } })).toBe(200);
  await vi.waitFor(async () => expect(await state(D(3))).toBe('ISSUED'), 45_000);

  const found = await call('blanks.find', { serial: D(3) }, 'SUP');
  expect(found.lines.map(({ kind }) => kind)).toEqual(['blanks.received', 'blanks.assigned', 'blanks.bound']);
  expect(found.caseEvents.map(({ kind }) => kind)).toEqual(['printed', 'issued']);
  expect(found.blank).toMatchObject({ caseId, certificate: number, window: 'W07' });
  expect(await call('blanks.find', { serial: D(999) }, 'SUP')).toEqual({ blank: null, lines: [], caseEvents: [] });

  const { rows } = await call('blanks.list', { state: 'VOID' }, 'SUP');
  expect(rows.map((row) => [row.serial, row.void?.reason, row.void?.by, row.void?.witness])).toEqual([
    [D(1), 'stained', desk('PRT'), desk('WIN')],
    [D(2), 'jam', desk('PRT'), desk('WIN')],
  ]);

  const balance = () => call('blanks.balance', { day: TODAY }, 'SUP');
  const expected = { opening: 0, received: 50, printed: 1, voided: 2, returned: 0, lost: 0, closing: 47, papers: 2 };
  expect((await balance()).drawers).toMatchObject([{ window: 'W07', form: 'certificate', ...expected, count: null }]);
  const count = { window: 'W07', day: TODAY, form: 'certificate', papersCounted: 2, witness: desk('WIN') } as const;
  await call('blanks.count', { ...id(), ...count, counted: 46 }, 'PRT');
  const { toSign, drawers } = await balance();
  expect(drawers).toMatchObject([{ count: { counted: 46, expected: 47, difference: -1, settled: false } }]);
  expect(toSign).toHaveLength(1);
  await call('blanks.sign', { ...id(), count: toSign[0]?.id ?? '', note: '已查找' }, 'SUP', 'supervisor');
  expect((await balance()).toSign).toEqual([]);

  const db = openDatabase({ file: `${terminal.dir}/yichuang.db`, keyHex: TEST_KEY, readonly: true });
  expect(verifyDatabase(db)).toEqual([]);
  db.close();
}, 60_000);

test('without the centre nothing moves, and what is here can be read', async () => {
  const receive = { form: 'certificate', first: D(1), count: 10 } as const;
  await terminal.call('blanks.receive', { ...id(), ...receive }, 'SUP', 'supervisor');
  await office.centre.close();
  const assign = { ...id(), from: D(1), count: 5, window: 'W07' };
  await vi.waitFor(
    () =>
      expect(terminal.call('blanks.assign', assign, 'SUP', 'supervisor')).rejects.toMatchObject({ code: 'offline' }),
    45_000,
  );
  const { store } = await terminal.call('blanks.balance', { day: TODAY }, 'SUP', 'supervisor');
  expect(store).toEqual([{ form: 'certificate', count: 10 }]);
}, 60_000);
