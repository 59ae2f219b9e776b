import { type Announcement, LAST_FLOOR, LAST_WINDOW, ONES } from './announcement.ts';
import { COMMA, piecesOf } from './sentence.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Every piece that an announcement can need: what a voice pack must have. The comma is a pause and not recorded. */
export function requiredPieces(): string[] {
  const pieces = ONES.flatMap((one) => announcementsWithEveryPiece().flatMap((each) => piecesOf(each, one)));
  return [...new Set(pieces)].filter((piece) => piece !== COMMA);
}

/** Each event with every letter, every digit, every window and every floor. */
function announcementsWithEveryPiece(): Announcement[] {
  const tickets = [...LETTERS].map((letter) => `${letter}000`).concat('A1234', 'A5678', 'A9000');
  const windows = Array.from({ length: LAST_WINDOW }, (_, index) => index + 1);
  const floors = windows.slice(0, LAST_FLOOR);
  return [
    ...tickets.flatMap((ticket): Announcement[] => [
      { event: 'call', ticket, window: 1 },
      { event: 'pass', ticket },
    ]),
    ...windows.flatMap((window): Announcement[] => [
      { event: 'recall', ticket: 'A001', window, time: 2 },
      { event: 'recall', ticket: 'A001', window, time: 3 },
      { event: 'pickup', ticket: 'A001', window },
      { event: 'pause', window },
    ]),
    ...floors.map((floor): Announcement => ({ event: 'pre-review', ticket: 'A001', floor })),
    { event: 'closing' },
    { event: 'test' },
  ];
}
