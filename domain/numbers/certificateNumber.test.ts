import { describe, expect, test } from 'vitest';
import { parseCertificateNumber } from './certificateNumber.ts';

describe('numbers of domain.md §4.6', () => {
  test.each([
    ['吉(2018)辽源市不动产权第0000001号', 'certificate'],
    ['吉(2018)辽源市不动产证明第0000001号', 'proof'],
    ['吉(2018)东丰县不动产权第0000001号', 'certificate'],
    ['闽(2017)福州市不动产权第000001号', 'certificate'],
  ])('%s is a %s', (number, kind) => {
    expect(parseCertificateNumber(number)).toEqual({ ok: true, number, kind, legacy: false });
  });

  test('both kinds of bracket and typed spaces are one number', () => {
    expect(parseCertificateNumber(' 吉（2018）辽源市 不动产权第0000001号 ')).toMatchObject({
      number: '吉(2018)辽源市不动产权第0000001号',
      legacy: false,
    });
  });

  test.each([
    ['吉2018辽源市不动产权第0000001号', '加括号'],
    ['吉(18)辽源市不动产权第0000001号', '第 3 至 6 字'],
    ['龙(2018)辽源市不动产权第0000001号', '第 1 字'],
    ['吉(2018)辽不动产权第0000001号', '年份后'],
    ['吉(2018)辽源市不动产权第0001号', '7 位数字'],
    ['吉(2018)辽源市不动产权第0000000001号', '7 位数字'],
    ['吉(2018)辽源市不动产权第0000001号（销）', '以“号”结尾'],
    ['不动产权证书', '开头应为省简称'],
  ])('%s is refused: %s', (text, words) => {
    const message = expect.stringContaining(words);
    expect(parseCertificateNumber(text)).toEqual({ ok: false, problem: 'form', message });
  });

  test.each(['辽房权证龙山字第12345号', '辽国用(2009)第0420号'])('%s is an old paper and stays valid', (number) => {
    expect(parseCertificateNumber(number)).toEqual({ ok: true, number, kind: null, legacy: true });
  });

  test('an old number has 1 to 100 characters', () => {
    expect(parseCertificateNumber('字'.repeat(100))).toMatchObject({ ok: true, legacy: true });
    expect(parseCertificateNumber('字'.repeat(101))).toMatchObject({ ok: false, problem: 'length' });
    expect(parseCertificateNumber('  ')).toMatchObject({ ok: false, problem: 'length' });
    expect(parseCertificateNumber(`吉(2018)${'辽'.repeat(100_000)}`)).toMatchObject({ ok: false, problem: 'length' });
  });
});
