import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EscposEncoder } from './encoder.ts';

function hexOf(encoder: EscposEncoder): string {
  return Buffer.from(encoder.bytes()).toString('hex').toUpperCase();
}

describe('EscposEncoder', () => {
  test('makes ticket A012 of devices.md §2.7 byte for byte', () => {
    const encoder = new EscposEncoder()
      .initialise()
      .align('centre')
      .chinese()
      .hanziSize(2, 2)
      .line('测试政务大厅')
      .hanziSize(1, 1)
      .western()
      .size(4, 4)
      .line('A012')
      .size(1, 1)
      .align('left')
      .chinese()
      .line('前面等候3人')
      .western()
      .qr('https://e.cn/t?A012', 6, 'M')
      .feed(4)
      .cut('partial')
      .requestProcessId('0007');
    const expected = [
      '1B40 1B6101 1C26 1C210C B2E2CAD4D5FECEF1B4F3CCFC0A 1C2100 1C2E 1D2133',
      '413031320A 1D2100 1B6100 1C26 C7B0C3E6B5C8BAF233C8CB0A 1C2E',
      '1D286B040031413200 1D286B0300314306 1D286B0300314531',
      `1D286B1600315030 ${Buffer.from('https://e.cn/t?A012').toString('hex').toUpperCase()} 1D286B0300315130`,
      '1B6404 1D5601 1D28480600303030303037',
    ].join('');
    expect(hexOf(encoder)).toBe(expected.replaceAll(' ', ''));
    expect(encoder.bytes()).toHaveLength(135);
    expect(crc32(encoder.bytes())).toBe(0x19d960cd);
  });

  test('enters Chinese mode by itself before the first Hanzi, and again after every reset', () => {
    expect(hexOf(new EscposEncoder().text('A甲').text('乙'))).toBe('1C2641BCD7D2D2');
    expect(hexOf(new EscposEncoder().text('甲').western().text('A').text('乙'))).toBe('1C26BCD71C2E411C26D2D2');
    expect(hexOf(new EscposEncoder().text('甲').initialise().text('乙'))).toBe('1C26BCD71B401C26D2D2');
    expect(hexOf(new EscposEncoder().text('A012'))).toBe('41303132');
  });

  test('keeps the text apart from the commands around it', () => {
    expect(hexOf(new EscposEncoder().bold(true).line('\u001dV\u0000').bold(false))).toBe('1B45012056200A1B4500');
  });

  test('writes the barcode with its height, width and no text of the printer', () => {
    expect(hexOf(new EscposEncoder().barcode('1234', 64, 3))).toBe('1D68401D77031D48001D6B49047B430C22');
  });

  test('counts the QR length in bytes of UTF-8', () => {
    const hex = hexOf(new EscposEncoder().qr('甲'.repeat(100), 6, 'H'));
    expect(hex).toContain('1D286B0300314533');
    expect(hex).toContain(`1D286B2F01315030${Buffer.from('甲').toString('hex').toUpperCase()}`);
  });

  test('cuts in full or leaves a bridge', () => {
    expect(hexOf(new EscposEncoder().cut('full').cut('partial'))).toBe('1D56001D5601');
  });

  test('remembers what it could not print', () => {
    expect(new EscposEncoder().line('𠮷甲').line('㐀').unprintable).toEqual(['U+20BB7', 'U+3400']);
  });

  test.each<[string, (encoder: EscposEncoder) => unknown]>([
    ['size 0', (encoder) => encoder.size(0, 1)],
    ['size 9', (encoder) => encoder.size(1, 9)],
    ['feed 256', (encoder) => encoder.feed(256)],
    ['feed 1.5', (encoder) => encoder.feed(1.5)],
    ['module width 1', (encoder) => encoder.barcode('12', 64, 1)],
    ['height 0', (encoder) => encoder.barcode('12', 0, 3)],
    ['QR size 17', (encoder) => encoder.qr('a', 17, 'M')],
    ['empty QR', (encoder) => encoder.qr('', 6, 'M')],
    ['QR with DLE EOT', (encoder) => encoder.qr('\u0010\u0004\u0001', 6, 'M')],
    ['QR of 1040 bytes and its length bytes 10 04', (encoder) => encoder.qr('a'.repeat(1037), 6, 'M')],
    ['process id of 3', (encoder) => encoder.requestProcessId('007')],
    ['process id with a control', (encoder) => encoder.requestProcessId('00\u00107')],
  ])('refuses %s', (_name, call) => {
    expect(() => call(new EscposEncoder())).toThrow(RangeError);
  });
});
