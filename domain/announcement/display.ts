import type { Announcement } from './announcement.ts';

export interface DisplayWords {
  /** Short, with the ticket and the window as they are printed. */
  text: string;
  /** For displays of digits only; null: nothing to show. */
  number: number | null;
  /** Somebody is called: the display may blink or change colour. */
  attention: boolean;
}

/** An announcement as the display of a window shows it (domain.md §6.6, column "screen"). */
export function displayWords(announcement: Announcement): DisplayWords {
  switch (announcement.event) {
    case 'call':
    case 'recall':
      return called(announcement.ticket, `请${announcement.ticket}号到${announcement.window}号窗口`);
    case 'pickup':
      return called(announcement.ticket, `请${announcement.ticket}号到${announcement.window}号窗口取证`);
    case 'pre-review':
      return called(announcement.ticket, `请${announcement.ticket}号到${announcement.floor}楼预审处`);
    case 'pass':
      return { text: `${announcement.ticket}号已过号`, number: null, attention: false };
    case 'pause':
      return { text: '暂停服务', number: null, attention: false };
    case 'closing':
      return { text: '今日取号已结束', number: null, attention: false };
    case 'question':
      return { text: announcement.text, number: null, attention: false };
    case 'test':
      return { text: '测试 8888', number: 8888, attention: false };
  }
}

function called(ticket: string, text: string): DisplayWords {
  return { text, number: Number(ticket.replace(/^[A-Z]+/, '')), attention: true };
}
