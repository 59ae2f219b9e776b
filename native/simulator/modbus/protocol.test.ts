import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../tests/fixtures/samVectors.ts';
import { exceptionReply, type Request, RequestReader, registersReply, writtenReply } from './protocol.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

/** devices.md §4.1: a request, what it says, and its answer. */
const VECTORS: [string, Partial<Request>, (request: Request) => Buffer, string][] = [
  [
    '01 03 00 00 00 02 C4 0B',
    { unit: 1, code: 3, address: 0, count: 2 },
    (request) => registersReply(request, [1, 5]),
    '01 03 04 00 01 00 05 6B F0',
  ],
  ['02 06 00 00 00 0C 89 FC', { unit: 2, code: 6, values: [12] }, writtenReply, '02 06 00 00 00 0C 89 FC'],
  [
    '03 10 00 10 00 03 06 41 30 31 32 BA C5 B3 42',
    { unit: 3, code: 16, address: 16, values: [0x4130, 0x3132, 0xbac5] },
    writtenReply,
    '03 10 00 10 00 03 80 2F',
  ],
  [
    '09 04 00 00 00 01 30 82',
    { unit: 9, code: 4, count: 1 },
    (request) => registersReply(request, [5]),
    '09 04 02 00 05 98 F2',
  ],
  [
    '03 10 00 10 00 03 06 41 30 31 32 BA C5 B3 42',
    { unit: 3 },
    (request) => exceptionReply(request, 2),
    '03 90 02 6C 01',
  ],
  ['01 03 00 00 00 02 C4 0B', { unit: 1 }, (request) => exceptionReply(request, 2), '01 83 02 C0 F1'],
  ['00 06 00 00 00 00 88 1B', { unit: 0, code: 6, values: [0] }, writtenReply, '00 06 00 00 00 00 88 1B'],
];

describe("the slave's side of the line", () => {
  it.each(VECTORS)('understands and answers as published: %s', (request, said, answer, reply) => {
    for (const size of [1, 3, 100]) {
      const reader = new RequestReader();
      const bytes = fromHex(request);
      const found: Request[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...reader.push(bytes.subarray(at, at + size)));
      expect(found).toHaveLength(1);
      const [only] = found;
      expect(only).toMatchObject(said);
      expect(only && hex(answer(only))).toBe(hex(fromHex(reply)));
    }
  });

  it('survives anything; after a silence it understands again', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }), (chunks) => {
        const reader = new RequestReader();
        for (const chunk of chunks) reader.push(chunk);
        reader.reset();
        expect(reader.push(fromHex('02 06 00 00 00 0C 89 FC'))).toMatchObject([{ unit: 2, values: [12] }]);
      }),
    );
  });
});
