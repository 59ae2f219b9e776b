import type { ByteReader, Reading } from './reader.ts';

/** A code the ROM holds no glyph for prints as something else; the decoder says U+FFFD. */
const NO_GLYPH = '\uFFFD';

/**
 * Fonts of simplified-Chinese printers are two-byte; four-byte GB18030 codes are usually not in ROM (devices.md §2.2).
 */
export type Rom = 'gbk' | 'gb18030';

// Code page 437, 80–FF: what a printer shows when Chinese mode was not switched on.
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

/** The character of a single byte from 20 up. */
export function singleByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? NO_GLYPH);
}

const gb18030 = new TextDecoder('gb18030');

/** Reads the rest of the GB18030 code that starts with `lead` (80–FF). A byte that cannot belong to it is left. */
export function* readHanzi(reader: ByteReader, lead: number, rom: Rom): Reading<string> {
  if (lead === 0x80 || lead === 0xff) return NO_GLYPH;
  const second = yield* reader.byte();
  if (isDigit(second)) {
    const third = yield* reader.byte();
    if (third < 0x81 || third === 0xff) {
      reader.unread(third);
      return NO_GLYPH;
    }
    const fourth = yield* reader.byte();
    if (!isDigit(fourth)) {
      reader.unread(fourth);
      return NO_GLYPH;
    }
    return rom === 'gb18030' ? gb18030.decode(Uint8Array.of(lead, second, third, fourth)) : NO_GLYPH;
  }
  if (second < 0x40 || second === 0x7f || second === 0xff) {
    reader.unread(second);
    return NO_GLYPH;
  }
  const char = gb18030.decode(Uint8Array.of(lead, second));
  return isPrivateUse(char) ? NO_GLYPH : char;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isPrivateUse(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0xe000 && code <= 0xf8ff;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A QR payload as a phone would show it: UTF-8 when it is that, else GB18030. */
export function payloadText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return gb18030.decode(bytes);
  }
}
