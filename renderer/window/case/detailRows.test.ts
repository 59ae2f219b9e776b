import { expect, test } from 'vitest';
import { acceptanceDraft } from '../../../tests/fixtures/acceptance.ts';
import { detailRows } from './detailRows.ts';

const [person] = acceptanceDraft().parties;

test('an acceptance without any has no rows', () => {
  expect(detailRows(acceptanceDraft({ delivery: { method: 'window' }, coOwnership: 'sole' }))).toEqual([]);
});

test('money is in yuan, a card shows four digits, a telephone seven, a service its second', () => {
  const draft = acceptanceDraft({
    parties: [
      { ...person, name: '张三', share: '1/2', bankNumber: '6228480001234567897' } as never,
      { ...person, name: '李娜', share: '50%' } as never,
    ],
    coOwnership: 'shares',
    property: {
      location: '示例街1号',
      area: '89.50',
      use: 'dwelling',
      landNature: 'granted',
      encumbrances: ['mortgage'],
    },
    priceFen: 68_000_000,
    mortgage: { way: 'maximum', amountFen: 30_000_050, from: '2026-11-23' },
    seal: { kind: 'queued', authority: '示例法院', document: '执1号', deliveredAt: '2026-11-23T01:41:05.000Z' },
    objection: '权利人有误',
    delivery: { method: 'mail', receiver: '张三', phone: '13804370001', address: '示例街1号' },
    link: { caseId: 'c', number: 'n', contractNumber: '贷1' },
  });
  expect(detailRows(draft)).toEqual([
    ['共有方式', '按份共有'],
    ['份额', '张三 1/2 · 李娜 50%'],
    ['银行卡', '***************7897'],
    ['面积', '89.50 平方米'],
    ['用途', '住宅'],
    ['土地', '出让'],
    ['登记簿', '抵押'],
    ['交易价格', '680,000.00 元'],
    ['抵押', '最高额抵押 · 300,000.50 元 · 2026-11-23 起'],
    ['查封', '轮候查封 · 示例法院 · 执1号'],
    ['送达时间', '2026-11-23 09:41:05'],
    ['异议事项', '权利人有误'],
    ['领证方式', '邮寄 · 张三 · 138****0001 · 示例街1号'],
    ['借款合同', '贷1'],
  ]);
});
