import { expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import type { Acceptance, CaseRecord } from '../case/types.ts';
import { buildAcceptanceSlip } from './acceptanceSlip.ts';

const record = (overrides: Partial<Acceptance> = {}): CaseRecord => ({
  id: '0198a000-0000-7000-8000-0000000000c1',
  version: 1,
  state: 'ACCEPTED',
  acceptedAt: '2026-11-23T01:00:00.000Z',
  acceptance: acceptance(1, overrides),
  slips: [],
});
const slip = (overrides: Partial<Acceptance> = {}, print = 1) =>
  buildAcceptanceSlip(record(overrides), { agency: '辽源市不动产登记交易中心', print, acceptedAt: '2026-11-23 09:00' });
const fields = (document: ReturnType<typeof slip>) =>
  document.blocks.flatMap((block) => (block.kind === 'field' ? [`${block.label}=${block.value}`] : []));
const texts = (document: ReturnType<typeof slip>) =>
  document.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));

test('SL4 has the key fields of domain.md §3.7, two copies, and the number as both codes', () => {
  const document = slip();
  expect(document).toMatchObject({ title: '受理凭证', columns: 48, copies: 2 });
  expect(fields(document)).toEqual([
    '受理编号=20261123070001',
    '受理时间=2026-11-23 09:00',
    '办理事项=A09 抵押权注销登记',
    '登记类型=注销登记',
    '承诺时限=60分钟(工作时间内)',
    '申请人=张三',
    '证件号码=220402********1231',
    '坐落=辽源市龙山区示例街1号3单元402室',
    '单元号=220402 001002 GB00012 F00030045',
    '合计=6份',
    '受理人=王敏(1001)  W07窗口',
    '申请人签字=',
  ]);
  expect(texts(document)).toContain('1. 不动产登记申请书 原件 1份');
  expect(texts(document)).toContain('2. 申请人身份证明 复印件(已核原件) 1份');
  const codes = document.blocks.flatMap((block) =>
    block.kind === 'qr' || block.kind === 'barcode' ? [block.data] : [],
  );
  expect(codes).toEqual(['20261123070001', '20261123070001']);
});

test('from the second print on it says so', () => {
  expect(texts(slip({}, 1)).join()).not.toContain('重打');
  expect(texts(slip({}, 2))).toContain('重打 第2次');
});

test('no full identity number and no full telephone number of a person is on the slip', () => {
  const [person] = acceptance(1).parties;
  if (!person) throw new Error('fixture');
  const text = JSON.stringify(slip({ parties: [{ ...person, phone: '13800000001' }] }));
  expect(text).not.toContain('220402199003071231');
  expect(text).not.toContain('13800000001');
  expect(text).toContain('138****0001');
});

test('what was shared is listed without a count, and an organisation shows its code', () => {
  const [person] = acceptance(1).parties;
  if (!person) throw new Error('fixture');
  const company = {
    ...person,
    kind: 'organisation' as const,
    name: '辽源市某某有限公司',
    idKind: 'credit-code' as const,
    idNumber: '91350100M000100Y43',
  };
  const document = slip({ parties: [company], materials: [{ code: 'M07', form: 'shared', copies: 0, pages: 0 }] });
  expect(texts(document)).toContain('1. 契税完税或减免税凭证 数据共享');
  expect(fields(document)).toContain('证件号码=91350100M000100Y43');
  expect(fields(document)).toContain('合计=0份');
});

test('a case of an item this version no longer knows is printed all the same', () => {
  const document = slip({ itemCode: 'A99', property: { location: '某处' } });
  expect(fields(document)).toContain('办理事项=A99');
  expect(fields(document).join()).not.toMatch(/登记类型|单元号/);
});
