import { encodeText } from '../escpos/text.ts';

/** Beyond this a module drops the frame (devices.md §4.3). */
const MAX_TEXT_BYTES = 200;

/**
 * A text as GBK in parts a module takes, each no longer than 200 bytes with the marks, cut between characters; brackets
 * would be marks and go. At a comma or full stop when one is in the second half.
 * @param marks in front of every part, ASCII
 */
export function splitText(text: string, marks: string): { bytes: Uint8Array; characters: number }[] {
  const room = MAX_TEXT_BYTES - marks.length;
  const parts: string[] = [];
  let part = '';
  for (const char of text.replace(/[[\]]/g, '')) {
    if (bytesOf(part) + bytesOf(char) > room) {
      const stop = Math.max(part.lastIndexOf('，'), part.lastIndexOf('。')) + 1;
      const cut = stop * 2 > part.length ? stop : part.length;
      parts.push(part.slice(0, cut));
      part = part.slice(cut);
    }
    part += char;
  }
  if (part !== '') parts.push(part);
  return parts.map((each) => ({
    bytes: Uint8Array.from([...new TextEncoder().encode(marks), ...encodeText(each).bytes]),
    characters: [...each].length,
  }));
}

function bytesOf(text: string): number {
  return encodeText(text).bytes.length;
}
