import iconv from 'iconv-lite';
import type { FrameChecksum, FrameField, FrameLayout } from '../../../contract/config/frameProfile.ts';
import { encodeText } from '../escpos/text.ts';
import { crc16, sum8, xor8 } from '../line/checksum.ts';
import type { FrameRule } from '../line/slidingFinder.ts';

/** Name of a field → what it carries. */
export type FrameValues = Readonly<Record<string, number | string | null>>;

/** @param values of the fields without a fixed value; null and absent: blank @param address where the layout has one */
export function encodeProfile(layout: FrameLayout, values: FrameValues, address: number): Uint8Array {
  const head = fromHex(layout.head);
  const tail = fromHex(layout.tail);
  const parts = layout.fields.map((field) => ({ field, bytes: encodeField(field, values[field.name] ?? null) }));
  const total = totalOf(
    layout,
    parts.map(({ field, bytes }) => field.off + bytes.length),
    tail.length,
  );
  const frame = new Uint8Array(total);
  frame.set(head);
  if (layout.addr) frame[layout.addr.off] = address;
  if (layout.cmd) frame[layout.cmd.off] = layout.cmd.value;
  for (const { field, bytes } of parts) frame.set(bytes, field.off);
  if (typeof layout.length !== 'number') {
    const { off, size, endian, from, to } = layout.length;
    writeNumber(frame, off, size, endian, total - from - to);
  }
  frame.set(tail, total - tail.length);
  writeChecksum(frame, layout.checksum);
  return frame;
}

/** How frames of a layout are found in a stream; each becomes the values of its fields. */
export function ruleOf(layout: FrameLayout): FrameRule<FrameValues> {
  const head = fromHex(layout.head);
  const tail = fromHex(layout.tail);
  const least = layout.fields.reduce(
    (sum, { off, size }) => Math.max(sum, off + (size === 'rest' ? 0 : size)),
    head.length + tail.length + 1,
  );
  return {
    measure(bytes) {
      const seen = head.subarray(0, bytes.length);
      if (seen.some((byte, index) => bytes[index] !== byte)) return null;
      if (typeof layout.length === 'number') return layout.length;
      const { off, size, endian, from, to } = layout.length;
      if (bytes.length < Math.max(head.length, off + size)) return 'more';
      const total = readNumber(bytes, off, size, endian) + from + to;
      return total >= least && total <= LONGEST_FRAME ? total : null;
    },
    parse(frame) {
      const end = frame.subarray(frame.length - tail.length);
      if (tail.some((byte, index) => end[index] !== byte)) return null;
      if (layout.cmd && frame[layout.cmd.off] !== layout.cmd.value) return null;
      if (!checksumHolds(frame, layout.checksum)) return null;
      const values = layout.fields.map((field) => [field.name, decodeField(field, frame, endOfRest(frame, layout))]);
      return Object.fromEntries([...values, [ADDRESS, layout.addr ? (frame[layout.addr.off] ?? null) : null]]);
    },
  };
}

/** Among the values of a frame: who it is from or for; null when frames carry no address. */
export const ADDRESS = '#address';
const LONGEST_FRAME = 255;
/** A text of open size, so that the frame stays within what its length can tell. */
const LONGEST_WORDS = 200;

function totalOf(layout: FrameLayout, ends: number[], tail: number): number {
  if (typeof layout.length === 'number') return layout.length;
  return Math.max(...ends, layout.length.off + layout.length.size) + checksumBytes(layout.checksum) + tail;
}

/** Where a field of open size ends: before the checksum or the tail. */
function endOfRest(frame: Uint8Array, { checksum, tail }: FrameLayout): number {
  return frame.length - checksumBytes(checksum) - fromHex(tail).length;
}

function encodeField(field: FrameField, value: number | string | null): Uint8Array {
  if (field.type === 'ascii' || field.type === 'gbk') return encodeWords(field, String(value ?? ''));
  const meant = field.value ?? field.map?.[String(value)] ?? value ?? field.blank;
  const number = Number(meant);
  const bytes = new Uint8Array(field.size === 'rest' ? 1 : field.size);
  if (field.type === 'bcd') {
    const digits = String(number)
      .padStart(bytes.length * 2, '0')
      .slice(-bytes.length * 2);
    for (const index of bytes.keys()) bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  } else writeNumber(bytes, 0, bytes.length, field.type === 'u16le' ? 'little' : 'big', number);
  return bytes;
}

/** Cut between characters; padded with zeros to a fixed size. */
function encodeWords(field: FrameField, words: string): Uint8Array {
  const room = field.size === 'rest' ? LONGEST_WORDS : field.size;
  const bytes: number[] = [];
  for (const char of words) {
    const code = encodeText(char).bytes;
    if (bytes.length + code.length > room) break;
    bytes.push(...code);
  }
  const padded = new Uint8Array(field.size === 'rest' ? bytes.length : field.size);
  padded.set(bytes);
  return padded;
}

function decodeField(field: FrameField, frame: Uint8Array, restEnd: number): number | string | null {
  const bytes = frame.subarray(field.off, field.size === 'rest' ? restEnd : field.off + field.size);
  const raw = decodeRaw(field, bytes);
  if (!field.map) return raw;
  return field.map[String(raw)] ?? null;
}

function decodeRaw(field: FrameField, bytes: Uint8Array): number | string {
  switch (field.type) {
    case 'ascii':
    case 'gbk':
      return iconv.decode(Buffer.from(bytes), 'gbk').replace(/\0+$/, '');
    case 'bcd':
      return Number(Buffer.from(bytes).toString('hex').replace(/[a-f]/g, '0'));
    default:
      return readNumber(bytes, 0, bytes.length, field.type === 'u16le' ? 'little' : 'big');
  }
}

function checksumBytes({ kind }: FrameChecksum): number {
  return kind === 'none' ? 0 : kind.startsWith('crc16') ? 2 : 1;
}

function checksumOf(frame: Uint8Array, { kind, from, to }: FrameChecksum): number {
  const over = frame.subarray(from, to < 0 ? frame.length + to : to);
  switch (kind) {
    case 'sum8':
      return sum8(over);
    case 'xor8':
      return xor8(over);
    case 'crc16-arc':
      return crc16(over, 0);
    case 'crc16-modbus':
      return crc16(over, 0xffff);
    case 'none':
      return 0;
  }
}

function writeChecksum(frame: Uint8Array, checksum: FrameChecksum): void {
  const at = checksum.at < 0 ? frame.length + checksum.at : checksum.at;
  writeNumber(frame, at, checksumBytes(checksum), 'little', checksumOf(frame, checksum));
}

function checksumHolds(frame: Uint8Array, checksum: FrameChecksum): boolean {
  const at = checksum.at < 0 ? frame.length + checksum.at : checksum.at;
  return readNumber(frame, at, checksumBytes(checksum), 'little') === checksumOf(frame, checksum);
}

function writeNumber(bytes: Uint8Array, at: number, size: number, endian: 'big' | 'little', value: number): void {
  for (let index = 0; index < size; index++) {
    const shift = 8 * (endian === 'little' ? index : size - 1 - index);
    bytes[at + index] = (value >> shift) & 0xff;
  }
}

function readNumber(bytes: Uint8Array, at: number, size: number, endian: 'big' | 'little'): number {
  let value = 0;
  for (let index = 0; index < size; index++) {
    value = value * 256 + (bytes[at + (endian === 'big' ? index : size - 1 - index)] ?? 0);
  }
  return value;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-fA-F]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
}
