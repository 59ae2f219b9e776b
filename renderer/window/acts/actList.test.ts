import { expect, test } from 'vitest';
import type { CaseFile } from '../../../domain/case/types.ts';
import { acceptedCase } from '../../../tests/fixtures/caseWalker.ts';
import { windowActsOf } from './actList.ts';

const AT = '2026-11-23T02:00:00.000Z';
const accepted = acceptedCase();
const certificate = {
  number: '吉(2026)辽源市不动产证明第0000001号',
  kind: 'proof',
  holders: ['张三'],
  spoiled: [],
} as const;
const ready = { ...accepted, state: 'READY', slips: [], certificates: [certificate] } as unknown as CaseFile;
const byPost: CaseFile = {
  ...ready,
  acceptance: { ...ready.acceptance, delivery: { method: 'mail', receiver: '张三' } },
};

const acts = (record: CaseFile) => windowActsOf(record, '1001', AT).map(({ act, isPrimary }) => [act, isPrimary]);

test('what is ready is called for, unless it goes by post: then Enter sends it', () => {
  expect(acts(ready)).toEqual([
    ['T33', true],
    ['T36', false],
  ]);
  expect(acts(byPost)).toEqual([
    ['T36', true],
    ['T33', false],
  ]);
});
