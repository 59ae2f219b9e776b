import { expect, test } from 'vitest';
import { parseName } from './name.ts';

test.each(['张三', '阿依古丽·买买提', '𠮷田', '〇一', "O'BRIEN MARY-ANN J.", '\ue000某'])(
  '%j is kept as it is',
  (name) => {
    expect(parseName(name, 'person')).toEqual({ ok: true, name });
  },
);

test.each(['阿依古丽•买买提', '阿依古丽・买买提', '阿依古丽.买买提', ' 阿依古丽．买买提 '])(
  'the dot of %j becomes U+00B7',
  (text) => {
    expect(parseName(text, 'person')).toEqual({ ok: true, name: '阿依古丽·买买提' });
  },
);

test.each([
  ['', 'empty', '缺姓名'],
  ['  ', 'empty', '缺姓名'],
  ['𠮷'.repeat(51), 'length', '50 字'],
  ['张3', 'character', '第 2 字'],
  ['张\n三', 'character', '第 2 字'],
  ['𠮷\ud842', 'character', '第 2 字'],
  ['某某某（曾用名）', 'character', '第 4 字'],
])('%j is refused: %s', (text, problem, words) => {
  expect(parseName(text, 'person')).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) });
});

test('an organisation has up to 200 characters, digits and stops among them', () => {
  for (const name of ['辽源市某某有限公司（2018）', 'Example Co., Ltd.', '司'.repeat(200)]) {
    expect(parseName(name, 'organisation')).toEqual({ ok: true, name });
  }
  expect(parseName('司'.repeat(201), 'organisation')).toMatchObject({ problem: 'length' });
  expect(parseName('', 'organisation')).toMatchObject({ message: '缺名称' });
});
