import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode, EscposDecoder } from './decode.ts';
import { barcodePayloads, type Op, qrPayloads, textLines } from './ops.ts';
import { TICKET_A012 } from './ticketA012.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const kinds = (ops: readonly Op[]) => ops.map((op) => op.kind);
const looks = (hex: string) =>
  decode(bytes(hex)).flatMap((op) => {
    if (op.kind !== 'text') return [];
    const { bold, width, height, underline, reverse, align } = op;
    return [{ text: op.text, bold, width, height, underline, reverse, align }];
  });
const PLAIN = { bold: false, width: 1, height: 1, underline: false, reverse: false, align: 'left' };

describe('the ticket of devices.md §2.7', () => {
  it('is the vector of the page', () => {
    expect(TICKET_A012).toHaveLength(135);
    expect(crc32(TICKET_A012)).toBe(0x19d960cd);
  });

  it('decodes to its texts, QR payload, cut and process id', () => {
    const ops = decode(TICKET_A012);
    expect(textLines(ops)).toEqual(['测试政务大厅', 'A012', '前面等候3人']);
    expect(qrPayloads(ops)).toEqual(['https://e.cn/t?A012']);
    expect(kinds(ops)).toEqual(
      ['init', 'text', 'feed', 'text', 'feed', 'text', 'feed', 'qr', 'feed', 'cut'].concat('processId'),
    );
    expect(ops[1]).toMatchObject({ width: 2, height: 2, align: 'centre' });
    expect(ops[3]).toMatchObject({ width: 4, height: 4, align: 'centre' });
    expect(ops[5]).toMatchObject({ width: 1, height: 1, align: 'left' });
    expect(ops[7]).toMatchObject({ size: 6, level: 'M' });
    expect(ops[9]).toEqual({ kind: 'cut', partial: true, feed: 0 });
    expect(ops[10]).toEqual({ kind: 'processId', id: '0007' });
  });

  it('decodes the same when split at any byte', () => {
    const whole = decode(TICKET_A012);
    for (let at = 0; at <= TICKET_A012.length; at++) {
      const decoder = new EscposDecoder();
      const first = decoder.push(TICKET_A012.subarray(0, at));
      expect([...first, ...decoder.push(TICKET_A012.subarray(at)), ...decoder.end()]).toEqual(whole);
    }
  });

  it('decodes, cut short anywhere, to a beginning of the whole and one report of the rest', () => {
    const whole = decode(TICKET_A012);
    for (let at = 0; at < TICKET_A012.length; at++) {
      const decoder = new EscposDecoder();
      const ops = decoder.push(TICKET_A012.subarray(0, at));
      expect(whole.slice(0, ops.length)).toEqual(ops);
      expect(kinds(decoder.end()).every((kind) => kind === 'unknown' || kind === 'ignored')).toBe(true);
    }
  });
});

describe('text commands', () => {
  it.each([
    [
      'bold by number and by digit',
      '1B4501 41 1B4530 42 0A',
      [
        { ...PLAIN, text: 'A', bold: true },
        { ...PLAIN, text: 'B' },
      ],
    ],
    ['underline', '1B2D02 41 0A', [{ ...PLAIN, text: 'A', underline: true }]],
    ['reverse', '1D4201 41 0A', [{ ...PLAIN, text: 'A', reverse: true }]],
    ['size of both scripts', '1C26 1D2152 41B2E2 0A', [{ ...PLAIN, text: 'A测', width: 6, height: 3 }]],
    [
      'Hanzi double width alone',
      '1C26 1C2104 B2E241 0A',
      [
        { ...PLAIN, text: '测', width: 2 },
        { ...PLAIN, text: 'A' },
      ],
    ],
    ['Hanzi double height', '1C26 1C2108 B2E2 0A', [{ ...PLAIN, text: '测', height: 2 }]],
    ['Hanzi underline', '1C26 1C2180 B2E2 0A', [{ ...PLAIN, text: '测', underline: true }]],
    [
      'Hanzi quadruple on and off',
      '1C26 1C5701 B2E2 1C5700 B2E2 0A',
      [
        { ...PLAIN, text: '测', width: 2, height: 2 },
        { ...PLAIN, text: '测' },
      ],
    ],
    [
      'alignment',
      '1B6101 41 0A 1B6132 42 0A',
      [
        { ...PLAIN, text: 'A', align: 'centre' },
        { ...PLAIN, text: 'B', align: 'right' },
      ],
    ],
    ['reset by ESC @', '1B4501 1B6102 1D2111 1B40 41 0A', [{ ...PLAIN, text: 'A' }]],
    ['no Hanzi spacing', '1C530000 41 0A', [{ ...PLAIN, text: 'A' }]],
  ])('reads %s', (_name, hex, expected) => {
    expect(looks(hex)).toEqual(expected);
  });

  it('ignores an alignment inside a line, and says so', () => {
    const ops = decode(bytes('41 1B6101 42 0A'));
    expect(ops[0]).toMatchObject({ kind: 'ignored', command: 'ESC a' });
    expect(ops[1]).toMatchObject({ text: 'AB', align: 'left' });
  });

  it('does not print a line that is cleared by ESC @ or never fed', () => {
    expect(kinds(decode(bytes('4142 1B40')))).toEqual(['ignored', 'init']);
    expect(kinds(decode(bytes('4142')))).toEqual(['ignored']);
  });

  it.each([
    ['0A', { lines: 1, dots: 30 }],
    ['1B6403', { lines: 3, dots: 90 }],
    ['1B4A28', { lines: 0, dots: 40 }],
    ['1B3332 0A', { lines: 1, dots: 50 }],
    ['1B3332 1B32 0A', { lines: 1, dots: 30 }],
  ])('feeds by %s', (hex, feed) => {
    expect(decode(bytes(hex))).toEqual([{ kind: 'feed', ...feed }]);
  });

  it('reads absolute and signed relative positions', () => {
    expect(decode(bytes('1B242C01 1B5CFFFF 41 0A')).slice(0, 2)).toEqual([
      { kind: 'move', mode: 'absolute', dots: 300 },
      { kind: 'move', mode: 'relative', dots: -1 },
    ]);
  });
});

describe('Chinese text', () => {
  it('agrees with another GB18030 table on every two-byte Hanzi', () => {
    const text = Array.from({ length: 0x9fa5 - 0x4e00 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
    const job = Buffer.concat([bytes('1C26'), iconv.encode(text, 'gb18030'), bytes('0A')]);
    expect(textLines(decode(job))).toEqual([text]);
  });

  it('shows the code page when Chinese mode is off', () => {
    expect(textLines(decode(bytes('B2E2 0A')))).toEqual(['▓Γ']);
    expect(textLines(decode(bytes('B2E2 0A'), { chineseAtStart: true }))).toEqual(['测']);
    expect(textLines(decode(bytes('1C26 B2E2 1C2E B2E2 0A')))).toEqual(['测▓Γ']);
  });

  it('has no glyph for four-byte codes and private use, unless the ROM is a full one', () => {
    expect(textLines(decode(bytes('1C26 9534B235 FEFE 41 0A')))).toEqual(['\uFFFD\uFFFDA']);
    expect(textLines(decode(bytes('1C26 9534B235 41 0A'), { rom: 'gb18030' }))).toEqual(['𠮷A']);
  });

  it('leaves alone a byte that cannot end a code', () => {
    expect(looks('1C26 1C210C B221 0A')).toEqual([
      { ...PLAIN, text: '\uFFFD', width: 2, height: 2 },
      { ...PLAIN, text: '!' },
    ]);
  });

  it('loses no command to a broken code', () => {
    expect(textLines(decode(bytes('1C26 B2 0A 9534 0A 41 0A')))).toEqual(['\uFFFD', '\uFFFD', 'A']);
    expect(textLines(decode(bytes('1C26 953481 1B4501 FF 0A')))).toEqual(['\uFFFD\uFFFD']);
  });
});

describe('codes and rasters', () => {
  const code128 = (data: string) => {
    const body = Buffer.from(data, 'latin1');
    return decode(Buffer.concat([bytes('1D6B49'), Buffer.of(body.length), body]));
  };

  it.each([
    ['{BAb1', 'Ab1', [104, 33, 66, 17]],
    ['{AA\x01', 'A\x01', [103, 33, 65]],
    ['{C\x0c\x22\x00', '123400', [105, 12, 34, 0]],
    ['{BA{C\x0c\x22', 'A1234', [104, 33, 99, 12, 34]],
    ['{C\x0c{BX{AY', '12XY', [105, 12, 100, 56, 101, 57]],
    ['{B{{', '{', [104, 91]],
    ['{Ba{S\x01b', 'a\x01b', [104, 65, 98, 65, 66]],
    ['{B{1A{4B', 'AB', [104, 102, 33, 100, 34]],
  ])('reads Code 128 data %j', (data, text, values) => {
    expect(code128(data)).toMatchObject([{ kind: 'barcode', symbology: 'code128', data: text, values }]);
  });

  it.each(['A012', '{B', '{DA', '{C1234\x64', '{A\x60', '{Bé', '{Bx{', '{BA{BB', '{BA{S'])(
    'refuses Code 128 data %j',
    (data) => {
      expect(kinds(code128(data))).toEqual(['ignored']);
    },
  );

  it('reads digits after {C as what they are to a printer: pair numbers', () => {
    expect(barcodePayloads(code128('{C12'))).toEqual(['4950']);
  });

  it('keeps bar height, module width, readable text and alignment', () => {
    const [code] = decode(bytes('1B6101 1D6850 1D7702 1D4802 1D6600 1D6B49047B424142'));
    expect(code).toMatchObject({ height: 80, moduleWidth: 2, hri: 'below', align: 'centre', data: 'AB' });
  });

  it('reads other symbologies in both forms', () => {
    expect(decode(bytes('1D6B4503414243'))).toMatchObject([{ symbology: 'code39', data: 'ABC' }]);
    expect(decode(bytes('1D6B0441424300 41 0A'))).toMatchObject([{ data: 'ABC' }, { text: 'A' }, { kind: 'feed' }]);
  });

  it('prints nothing for a QR code that was not stored', () => {
    expect(kinds(decode(bytes('1D286B0300315130')))).toEqual(['ignored']);
  });

  it.each([
    ['UTF-8', Buffer.from('受理编号')],
    ['GB18030', iconv.encode('受理编号', 'gb18030')],
  ])('reads a QR payload in %s', (_name, data) => {
    const store = Buffer.concat([bytes('1D286B'), Buffer.of(data.length + 3, 0), bytes('315030'), data]);
    expect(qrPayloads(decode(Buffer.concat([store, bytes('1D286B0300315130')])))).toEqual(['受理编号']);
  });

  it('refuses codes, rasters and cuts inside a line', () => {
    for (const command of ['1D6B49047B424142', '1D7630000100010080', '1D5600', '1D564200']) {
      expect(kinds(decode(bytes(`41 ${command} 0A`)))).toEqual(['ignored', 'text', 'feed']);
    }
  });

  it('reads GS v 0 with its scale', () => {
    expect(decode(bytes('1B6101 1D763003 0200 0200 80010FF0'))).toEqual([
      { kind: 'raster', width: 16, height: 2, scaleX: 2, scaleY: 2, rows: bytes('80010FF0'), align: 'centre' },
    ]);
  });

  it('stores graphics by GS ( L and GS 8 L, and prints them once', () => {
    const body = '30 70 30 01 01 31 0900 0200 80010080'.replaceAll(' ', '');
    const print = '1D284C02003032';
    for (const store of [`1D284C0E00${body}`, `1D384C0E000000${body}`]) {
      const ops = decode(bytes(store + print + print));
      expect(kinds(ops)).toEqual(['raster', 'ignored']);
      expect(ops[0]).toMatchObject({ width: 9, height: 2, rows: bytes('80010080') });
    }
  });

  it.each([
    ['1D5600', false, 0],
    ['1D5630', false, 0],
    ['1D5601', true, 0],
    ['1D5631', true, 0],
    ['1D564110', false, 16],
    ['1D564210', true, 16],
  ])('reads the cut %s', (hex, partial, feed) => {
    expect(decode(bytes(hex))).toEqual([{ kind: 'cut', partial, feed }]);
  });
});

describe('requests', () => {
  it.each<[string, Op]>([
    ['100404', { kind: 'statusRequest', command: 'DLE EOT', n: 4 }],
    ['100502', { kind: 'recover', n: 2 }],
    ['1D7201', { kind: 'statusRequest', command: 'GS r', n: 1 }],
    ['1D7231', { kind: 'statusRequest', command: 'GS r', n: 1 }],
    ['1D61FF', { kind: 'autoStatus', n: 255 }],
    ['1D2848060030304142437E', { kind: 'processId', id: 'ABC~' }],
  ])('reads %s', (hex, op) => {
    expect(decode(bytes(hex))).toEqual([op]);
  });
});

describe('what it does not know', () => {
  it.each([
    ['1B7A', 'an unknown ESC command'],
    ['1B7400', 'a code page'],
    ['1D284800 00', 'a process id without body'],
    ['1D28480600303041424300', 'a process id outside 20–7E'],
    ['1D286B0300314311', 'a QR size above 16'],
    ['1D286B0300304301', 'another two-dimensional code'],
    ['1C28410200 3000', 'an FS ( family'],
    ['1B2A210200 000000000000', 'a column bit image'],
    ['1D284C0D00 30703001013109000200 800100', 'graphics of the wrong length'],
    ['09', 'a tab'],
    ['1D5605', 'a cut form'],
    ['1C530102', 'a Hanzi spacing it does not draw'],
  ])('reports %s (%s) and stays in step', (hex) => {
    const command = bytes(hex);
    expect(decode(Buffer.concat([command, bytes('410A')]))).toMatchObject([
      { kind: 'unknown', bytes: command },
      { kind: 'text', text: 'A' },
      { kind: 'feed' },
    ]);
  });

  it('reports a command cut short', () => {
    expect(decode(bytes('1D286B1600315030'))).toEqual([{ kind: 'unknown', bytes: bytes('1D286B1600315030') }]);
  });

  const noise = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('1B', '1C', '1D', '10', '1B40', '0A', '1C26', '1D286B', '1D284C', '1D384C', '1D6B49', '1D7630')
        .map(bytes),
      fc
        .constantFrom('1D286B0300315130', '1D284C02003032', '1D5601', 'B2E2', '9534B235', '1D286B0400315030FF')
        .map(bytes),
    ),
    { maxLength: 30 },
  );

  it('never throws, and reads noise the same in any chunks', () => {
    fc.assert(
      fc.property(noise, fc.array(fc.nat(40), { maxLength: 8 }), (parts, steps) => {
        const job = Uint8Array.from(Buffer.concat(parts));
        const decoder = new EscposDecoder();
        const ops: Op[] = [];
        let at = 0;
        for (const step of steps) {
          ops.push(...decoder.push(job.subarray(at, at + step)));
          at += step;
        }
        ops.push(...decoder.push(job.subarray(at)), ...decoder.end());
        expect(ops).toEqual(decode(job));
      }),
      { numRuns: 1000 },
    );
  });

  it('is in step again after noise, once cleared', () => {
    fc.assert(
      fc.property(noise, (parts) => {
        const decoder = new EscposDecoder();
        decoder.push(Uint8Array.from(Buffer.concat(parts)));
        decoder.clear();
        expect(kinds(decoder.push(TICKET_A012))).toEqual(kinds(decode(TICKET_A012)));
      }),
    );
  });
});
