import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findItem } from '../domain/catalogue/catalogue.ts';
import { acceptanceDraft, minimalDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';

const NOW = Date.parse('2026-11-23T01:00:00Z');
const terminal = { id: 'W31', hall: 'main', place: 'pf-hall', offers: ['registration', 'provident-fund'] };

let window31: ReturnType<typeof startTestService>;
beforeAll(async () => {
  window31 = startTestService({ config: { terminal }, now: () => NOW });
  await window31.login();
});
afterAll(() => window31.dispose());

async function accept(code: string, overrides: Parameters<typeof acceptanceDraft>[0] = {}) {
  const item = findItem(code);
  if (!item) throw new Error(code);
  const draft = { ...minimalDraft(item), ...overrides };
  return (await window31.call('case.accept', { commandId: v7(), draft })).acceptance;
}

test('the fund has numbers of its own, with G before, beside those of registration', async () => {
  expect(await accept('P03')).toMatchObject({ number: 'G20261123310001', source: 'pf-hall' });
  expect(await accept('A05')).toMatchObject({ number: '20261123310001', source: 'pf-hall' });
  expect(await accept('W08')).toMatchObject({ number: 'G20261123310002' });
  expect(await accept('A05')).toMatchObject({ number: '20261123310002' });
  expect((await window31.call('sync.status', {})).waiting).toBe(4);
  expect((await window31.call('case.get', { id: 'G20261123310001' })).summary.itemName).toBe(findItem('P03')?.name);
});

test('what is not done here is refused', async () => {
  await expect(accept('C01')).rejects.toMatchObject({
    code: 'acceptance-incomplete',
    details: { problems: [{ code: 'item-not-offered' }] },
  });
});

test('details are kept in one form, and dropped where the item does not ask', async () => {
  const mortgage = { amountFen: 30_000_000, from: '2026-11-23' };
  const { property } = acceptanceDraft();
  const kept = await accept('A05', {
    mortgage,
    priceFen: 1,
    property: { ...property, area: '89.50', use: 'dwelling' },
  });
  expect(kept).toMatchObject({ mortgage, property: { area: '89.50', use: 'dwelling' } });
  expect(kept).not.toHaveProperty('priceFen');
});

test('a loan and its mortgage share 90 minutes from the loan on; a loan for an existing home waits for the transfer', async () => {
  const acceptance = await accept('P03');
  const loan = await window31.call('case.get', { id: acceptance.number });
  expect(loan.summary.times?.linked).toMatchObject({
    number: acceptance.number,
    startedAt: '2026-11-23T01:00:00.000Z',
    dueAt: '2026-11-23T02:30:00.000Z',
  });
  const link = { caseId: loan.record.id, number: acceptance.number };
  const mortgage = await window31.call('case.get', { id: (await accept('A05', { link })).number });
  expect(mortgage.summary.times?.linked).toEqual(loan.summary.times?.linked);
  const waiting = await window31.call('case.get', { id: (await accept('P02')).number });
  expect(waiting.summary.times?.linked).toBeNull();
});
