import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PrinterReply, ReplyDemultiplexer } from './replies.ts';
import { isStatusByte } from './status.ts';

const INTER_BYTE_MS = 200;

function sort(...chunks: number[][]): PrinterReply[] {
  const demultiplexer = new ReplyDemultiplexer(INTER_BYTE_MS);
  return chunks.flatMap((chunk) => demultiplexer.push(Uint8Array.from(chunk), 1000));
}

function bytesOf(reply: PrinterReply): number[] {
  switch (reply.kind) {
    case 'flow':
      return [reply.go ? 0x11 : 0x13];
    case 'asb':
      return [...reply.bytes];
    case 'process':
      return [0x37, 0x22, ...Buffer.from(reply.id, 'latin1'), 0x00];
    default:
      return [reply.byte];
  }
}

const byteWhere = (holds: (byte: number) => boolean) =>
  fc.constantFrom(...Array.from({ length: 256 }, (_, byte) => byte).filter(holds));

const reply: fc.Arbitrary<PrinterReply> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), byte: byteWhere(isStatusByte) }),
  fc
    .tuple(
      byteWhere((byte) => (byte & 0x93) === 0x10),
      fc.array(
        byteWhere((byte) => (byte & 0x90) === 0),
        { minLength: 3, maxLength: 3 },
      ),
    )
    .map(([head, tail]) => ({ kind: 'asb' as const, bytes: [head, ...tail] })),
  fc
    .string({ unit: fc.constantFrom(...'0123456789'), minLength: 4, maxLength: 4 })
    .map((id) => ({ kind: 'process' as const, id })),
  fc.record({ kind: fc.constant('flow' as const), go: fc.boolean() }),
);

function split(bytes: readonly number[], cuts: readonly number[]): number[][] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const edges = [0, ...places, bytes.length];
  return edges.slice(1).map((edge, index) => bytes.slice(edges[index], edge));
}

describe('ReplyDemultiplexer', () => {
  test('tells the five kinds apart', () => {
    expect(sort([0x12, 0x11, 0x13, 0x10, 0x00, 0x0c, 0x0f, 0x37, 0x22, 0x30, 0x30, 0x30, 0x37, 0x00, 0xff])).toEqual([
      { kind: 'status', byte: 0x12 },
      { kind: 'flow', go: true },
      { kind: 'flow', go: false },
      { kind: 'asb', bytes: [0x10, 0x00, 0x0c, 0x0f] },
      { kind: 'process', id: '0007' },
      { kind: 'noise', byte: 0xff },
    ]);
  });

  test('sorts any run of replies, cut into any chunks', () => {
    fc.assert(
      fc.property(fc.array(reply), fc.array(fc.nat()), (replies, cuts) => {
        expect(sort(...split(replies.flatMap(bytesOf), cuts))).toEqual(replies);
      }),
      { numRuns: 1000 },
    );
  });

  test('finds an id in which flow control broke in', () => {
    expect(sort([0x37, 0x22, 0x30, 0x13, 0x30, 0x30], [0x11, 0x37, 0x00])).toEqual([
      { kind: 'flow', go: false },
      { kind: 'flow', go: true },
      { kind: 'process', id: '0007' },
    ]);
  });

  test('accounts for every byte of any noise, chunked or not, without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat()), (noise, cuts) => {
        const bytes = [...noise];
        const replies = sort(...split(bytes, cuts));
        expect(replies).toEqual(sort(bytes));
        const flow = (all: readonly number[]) => all.filter((byte) => byte === 0x11 || byte === 0x13);
        const rest = (all: readonly number[]) => all.filter((byte) => byte !== 0x11 && byte !== 0x13);
        const seen = replies.flatMap(bytesOf);
        expect(flow(seen)).toEqual(flow(bytes));
        // What is missing at the end is a block that has only begun.
        expect(rest(bytes).slice(0, rest(seen).length)).toEqual(rest(seen));
        expect(rest(bytes).length - rest(seen).length).toBeLessThan(7);
      }),
      { numRuns: 1000 },
    );
  });

  test('finds its way back after noise that ended in a pause', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(reply, { minLength: 1 }), (noise, replies) => {
        const demultiplexer = new ReplyDemultiplexer(INTER_BYTE_MS);
        demultiplexer.push(noise, 1000);
        const found = demultiplexer.push(Uint8Array.from(replies.flatMap(bytesOf)), 1001 + INTER_BYTE_MS);
        expect(found.slice(found.findIndex((one) => one.kind !== 'noise')).slice(-replies.length)).toEqual(replies);
      }),
    );
  });

  test('drops an id that stops half way: its digits would read as status answers', () => {
    const demultiplexer = new ReplyDemultiplexer(INTER_BYTE_MS);
    expect(demultiplexer.push(Uint8Array.of(0x37, 0x22, 0x32, 0x32), 1000)).toEqual([]);
    expect(demultiplexer.push(Uint8Array.of(0x12), 1201)).toEqual([
      { kind: 'noise', byte: 0x37 },
      { kind: 'noise', byte: 0x22 },
      { kind: 'noise', byte: 0x32 },
      { kind: 'noise', byte: 0x32 },
      { kind: 'status', byte: 0x12 },
    ]);
  });

  test('slides by one byte when a block goes wrong', () => {
    expect(sort([0x37, 0x37, 0x22, 0x30, 0x30, 0x30, 0x37, 0x00])).toEqual([
      { kind: 'noise', byte: 0x37 },
      { kind: 'process', id: '0007' },
    ]);
    expect(sort([0x14, 0x00, 0x12])).toEqual([
      { kind: 'noise', byte: 0x14 },
      { kind: 'noise', byte: 0x00 },
      { kind: 'status', byte: 0x12 },
    ]);
  });
});
