import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';

const CONFIG = {
  shows: 'text',
  width: 6,
  brightness: 5,
  registers: { number: 0, brightness: 2, blink: 3, text: 0x10 },
} as const;
const words = (text: string, number: number | null = null, attention = false) => ({ text, number, attention });
const hex = (values: readonly number[] = []) =>
  values.map((value) => value.toString(16).toUpperCase().padStart(4, '0')).join(' ');

describe('what stands in the registers of a display', () => {
  it('is GBK as published, the content first', () => {
    const blocks = blocksOf(words('A012号', 12, true), CONFIG);
    expect(blocks.map(({ address }) => address)).toEqual([0x10, 2, 3]);
    expect(blocks.map(({ values }) => hex(values))).toEqual(['4130 3132 BAC5', '0005', '0001']);
  });

  it.each([
    ['A', '4100 0000 0000'],
    ['', '0000 0000 0000'],
    ['A号号号', '41BA C5BA C500'],
    ['一二三四', 'D2BB B6FE C8FD'],
    ['𠮷', 'A1FE 0000 0000'],
  ])('fits and is padded, cut at the end of a character: %s', (text, expected) => {
    expect(hex(blocksOf(words(text), CONFIG)[0]?.values)).toBe(expected);
  });

  it.each([
    [12, '000C'],
    [0, '0000'],
    [9999, '270F'],
    [10_000, 'FFFF'],
    [null, 'FFFF'],
  ])('is the number %s, or blank', (number, expected) => {
    const blocks = blocksOf(words('x', number), { ...CONFIG, shows: 'number' });
    expect([blocks[0]?.address, hex(blocks[0]?.values)]).toEqual([0, expected]);
  });

  it('leaves out registers the display has not', () => {
    const registers = { ...CONFIG.registers, brightness: null, blink: null };
    expect(blocksOf(words('x'), { ...CONFIG, registers }).map(({ address }) => address)).toEqual([0x10]);
  });
});
