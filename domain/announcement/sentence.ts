import type { Announcement, One } from './announcement.ts';

/** Between two parts of a sentence; a pause where it is spoken. */
export const COMMA = '，';

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/**
 * An announcement in the pieces a voice is recorded in; joined they are the sentence of domain.md §6.6. The digits of a
 * ticket stand one by one, its letters by name, a window as a number.
 */
export function piecesOf(announcement: Announcement, one: One = '一'): string[] {
  switch (announcement.event) {
    case 'call':
      return [...callTo(announcement, one), '办理业务'];
    case 'recall':
      return [...callTo(announcement, one), COMMA, announcement.time === 2 ? '第二次呼叫' : '第三次呼叫'];
    case 'pickup':
      return [...callTo(announcement, one), '领取证书'];
    case 'pre-review':
      return ['请', ...ticketPieces(announcement.ticket, one), '号到', ...numberPieces(announcement.floor), '楼预审处'];
    case 'pass':
      return [...ticketPieces(announcement.ticket, one), '号已过号', COMMA, '请到咨询台处理'];
    case 'pause':
      return [...numberPieces(announcement.window), '号窗口', '暂停服务', COMMA, '请稍候'];
    case 'closing':
      return ['今日取号已结束', COMMA, '请通过微信预约'];
    case 'question':
      return [announcement.text];
    case 'test':
      return ['设备检测'];
  }
}

/** The sentence of domain.md §6.6, for voices that read text. */
export function sentenceOf(announcement: Announcement, one: One = '一'): string {
  return piecesOf(announcement, one).join('');
}

function callTo({ ticket, window }: { ticket: string; window: number }, one: One): string[] {
  return ['请', ...ticketPieces(ticket, one), '号到', ...numberPieces(window), '号窗口'];
}

function ticketPieces(ticket: string, one: One): string[] {
  return [...ticket].map((char) => (char === '1' ? one : (DIGITS[Number(char)] ?? char)));
}

/** @param number 1–99 */
function numberPieces(number: number): string[] {
  const tens = Math.floor(number / 10);
  const units = number % 10;
  const head = tens === 0 ? [] : tens === 1 ? ['十'] : [DIGITS[tens] ?? '', '十'];
  return units === 0 ? head : [...head, DIGITS[units] ?? ''];
}
