import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { certificateKey, certificateQuery } from './certificateKey.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

const RIGHT = '吉(2018)辽源市不动产权第0000001号';
const PROOF = '吉(2018)辽源市不动产证明第0000001号';
const LEGACY = '辽房权证龙山字第12345号';

/** The case whose existing right has this certificate. */
function add(sequence: number, number: string, legacy = false): void {
  fixture.store.ledger.append({
    kind: 'case.accepted',
    stream: caseStream(),
    actor: '1001',
    body: acceptance(sequence, { property: { location: '辽源市龙山区示例街1号', certificate: { number, legacy } } }),
  });
}

const find = (text: string) =>
  fixture.store.cases.search(text, 10).rows.map(({ record }) => record.acceptance.property.certificate?.number);

test.each([
  ['its running number', '0000001', [PROOF, RIGHT]],
  ['the beginning of it', '00000', [PROOF, RIGHT]],
  ['the whole number', RIGHT, [RIGHT]],
  ['the whole number with full-width brackets and spaces', '吉（2018）辽源市 不动产权 第0000001号', [RIGHT]],
  ['the end of the number', '不动产证明第0000001号', [PROOF]],
  ['the number without 号', '辽源市不动产权第0000001', [RIGHT]],
  ['an old number', LEGACY, [LEGACY]],
  ['the running number of an old one', '12345', [LEGACY]],
  ['a number of another year', '吉(2019)辽源市不动产权第0000001号', []],
  ['another running number', '第0000002号', []],
])('a case is found by %s', (_what, text, expected) => {
  add(1, RIGHT);
  add(2, PROOF);
  add(3, LEGACY, true);
  expect(find(text)).toEqual(expected);
});

test('the running number stands in front of the key, once', () => {
  expect(certificateKey('吉（2018）辽源市不动产权第0000001号')).toBe(`0000001 ${RIGHT}`);
  expect(certificateKey('东国用证')).toBe('东国用证');
});

test('an address with 第 is no certificate', () => {
  expect(certificateQuery('第3号楼2单元')).toBeNull();
  expect(certificateQuery('张三')).toBeNull();
});
