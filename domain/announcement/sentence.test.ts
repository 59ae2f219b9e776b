import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcement as schema } from '../../contract/announcement.ts';
import { anyAnnouncement } from '../../tests/fixtures/announcements.ts';
import type { Announcement } from './announcement.ts';
import { displayWords } from './display.ts';
import { COMMA, piecesOf, sentenceOf } from './sentence.ts';
import { requiredPieces } from './vocabulary.ts';

/** domain.md §6.6, word for word. */
const TABLE: [Announcement, string][] = [
  [{ event: 'call', ticket: 'A015', window: 3 }, '请A零一五号到三号窗口办理业务'],
  [{ event: 'recall', ticket: 'A015', window: 3, time: 2 }, '请A零一五号到三号窗口，第二次呼叫'],
  [{ event: 'recall', ticket: 'A015', window: 3, time: 3 }, '请A零一五号到三号窗口，第三次呼叫'],
  [{ event: 'pickup', ticket: 'A015', window: 3 }, '请A零一五号到三号窗口领取证书'],
  [{ event: 'pre-review', ticket: 'Y003', floor: 2 }, '请Y零零三号到二楼预审处'],
  [{ event: 'pass', ticket: 'A015' }, 'A零一五号已过号，请到咨询台处理'],
  [{ event: 'pause', window: 3 }, '三号窗口暂停服务，请稍候'],
  [{ event: 'closing' }, '今日取号已结束，请通过微信预约'],
  [{ event: 'test' }, '设备检测'],
];

describe('what is said', () => {
  it.each(TABLE)('%o is the sentence of the table', (announcement, sentence) => {
    expect(sentenceOf(announcement)).toBe(sentence);
  });

  it.each([
    [1, '一号窗口'],
    [9, '九号窗口'],
    [10, '十号窗口'],
    [11, '十一号窗口'],
    [13, '十三号窗口'],
    [18, '十八号窗口'],
    [20, '二十号窗口'],
    [99, '九十九号窗口'],
  ])('window %i is read as a number', (window, words) => {
    expect(sentenceOf({ event: 'pause', window })).toBe(`${words}暂停服务，请稍候`);
  });

  it('reads every digit of a ticket by itself, the long numbers and the two letters of a branch too', () => {
    expect(sentenceOf({ event: 'pass', ticket: 'A1000' })).toContain('A一零零零号');
    expect(sentenceOf({ event: 'pass', ticket: 'XA001' })).toContain('XA零零一号');
  });

  it('reads 1 as 幺 when the hall wants it, but never in the number of a window', () => {
    expect(sentenceOf({ event: 'call', ticket: 'A111', window: 11 }, '幺')).toBe('请A幺幺幺号到十一号窗口办理业务');
  });

  it('needs no piece beyond the vocabulary, and leaves no hole', () => {
    const known = new Set([...requiredPieces(), COMMA]);
    fc.assert(
      fc.property(anyAnnouncement, fc.constantFrom('一' as const, '幺' as const), (announcement, one) => {
        const pieces = piecesOf(announcement, one);
        expect(pieces.filter((piece) => !known.has(piece))).toEqual([]);
        expect(pieces.join('')).not.toMatch(/undefined|\d/);
      }),
      { numRuns: 500 },
    );
  });

  it('has no piece that nothing needs', () => {
    const used = new Set(['幺', '十', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', ...'零一二三四五六七八九']);
    for (const [announcement] of TABLE) for (const piece of piecesOf(announcement)) used.add(piece);
    expect(requiredPieces().filter((piece) => !used.has(piece))).toEqual([]);
  });
});

describe('the schema', () => {
  it('accepts every announcement', () => {
    fc.assert(fc.property(anyAnnouncement, (announcement) => schema.safeParse(announcement).success));
  });

  it.each([
    { event: 'call', ticket: 'a015', window: 3 },
    { event: 'call', ticket: 'A15', window: 3 },
    { event: 'call', ticket: 'A015', window: 0 },
    { event: 'call', ticket: 'A015', window: 100 },
    { event: 'recall', ticket: 'A015', window: 3, time: 4 },
    { event: 'sing' },
  ])('refuses %o', (wrong) => {
    expect(schema.safeParse(wrong).success).toBe(false);
  });
});

describe('what is shown', () => {
  it.each<[Announcement, string, number | null, boolean]>([
    [{ event: 'call', ticket: 'A015', window: 3 }, '请A015号到3号窗口', 15, true],
    [{ event: 'recall', ticket: 'A015', window: 3, time: 2 }, '请A015号到3号窗口', 15, true],
    [{ event: 'pickup', ticket: 'A1000', window: 13 }, '请A1000号到13号窗口取证', 1000, true],
    [{ event: 'pre-review', ticket: 'XA001', floor: 2 }, '请XA001号到2楼预审处', 1, true],
    [{ event: 'pass', ticket: 'A015' }, 'A015号已过号', null, false],
    [{ event: 'pause', window: 3 }, '暂停服务', null, false],
    [{ event: 'closing' }, '今日取号已结束', null, false],
    [{ event: 'test' }, '测试 8888', 8888, false],
  ])('%o is short on a display, and its number stands on one of digits', (announcement, text, number, attention) => {
    expect(displayWords(announcement)).toEqual({ text, number, attention });
  });
});
