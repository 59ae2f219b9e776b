import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';

const NOW = Date.parse('2026-11-23T01:00:00Z');
const REFUSAL = { ground: 'not-registrable' as const, reason: '依法不予登记', missing: [] };

let clock = NOW;
let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  clock = NOW;
  terminal = startTestService({ now: () => clock });
  await terminal.login();
});
afterEach(() => terminal.dispose());

async function refuse(unitNumber: string | undefined, commandId = v7()) {
  const draft = acceptanceDraft({ property: { location: '示例街1号', ...(unitNumber && { unitNumber }) } });
  const { id, refusal } = await terminal.call('case.refuse', { commandId, draft, refusal: REFUSAL });
  return { id, number: refusal?.number };
}

const LONGSHAN = '220402001002GB00012F00030045';
const XIAN = '220403001002GB00012F00030045';
const DONGFENG = '220421001002GB00012F00030045';

test('each district counts for itself, beside the numbers of cases', async () => {
  const numbers: (string | undefined)[] = [];
  for (const unit of [LONGSHAN, XIAN, LONGSHAN, DONGFENG, undefined, LONGSHAN])
    numbers.push((await refuse(unit)).number);
  expect(numbers).toEqual([
    'B22040220261123070001',
    'B22040320261123070001',
    'B22040220261123070002',
    'B22042120261123070001',
    'B22040020261123070001',
    'B22040220261123070003',
  ]);
});

test('the same command has the same number, another day begins anew, and a restart forgets nothing', async () => {
  const commandId = v7();
  const first = await refuse(LONGSHAN, commandId);
  expect(await refuse(LONGSHAN, commandId)).toEqual(first);
  await terminal.restart();
  expect((await refuse(LONGSHAN)).number).toBe('B22040220261123070002');
  clock += 24 * 3_600_000;
  expect((await refuse(LONGSHAN)).number).toBe('B22040220261124070001');
});

test('the notice carries it, in words and as a code', async () => {
  const { id, number } = await refuse(LONGSHAN);
  const { blocks } = await terminal.call('slips.preview', { caseId: id, slip: 'refusal' });
  expect(blocks).toContainEqual({ kind: 'barcode', data: number, text: number });
  expect(blocks).toContainEqual({ kind: 'field', label: '编号', value: number });
  expect(blocks).toContainEqual({ kind: 'field', label: '受理编号', value: '20261123070001' });
});

test('a page cannot bring a number of its own', async () => {
  const refusal = { ...REFUSAL, number: 'B22040220261123070009' };
  const call = terminal.call('case.refuse', { commandId: v7(), draft: acceptanceDraft(), refusal });
  await expect(call).rejects.toMatchObject({ code: 'bad-input' });
});
