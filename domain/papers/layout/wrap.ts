import { cleanText } from '../../slip/cleanText.ts';
import { type Measure, type PaperFont, PaperOverflow } from './placed.ts';
import { STEPS } from './sheet.ts';

export interface WrappedLine {
  text: string;
  width: number;
  /** Ends a paragraph: not justified. */
  last: boolean;
}

export interface FittedText {
  size: number;
  lines: WrappedLine[];
}

/** What is read as one: unit number in its four groups, date, number of a certificate, choice, word or figure. */
const UNBROKEN = [
  String.raw`\d{6} \d{6} [A-Z]{2}\d{5} [A-Z]\d{8}`,
  String.raw`\d{4}年\d{1,2}月\d{1,2}日`,
  String.raw`第\d+号`,
  '[☐☑][^　\\n]{1,16}',
  '[0-9A-Za-z*¥]+(?:[-./,:][0-9A-Za-z*]+)*[㎡%]?',
].join('|');
/** Opening marks do not end a line, closing ones do not begin one. */
const PIECE = new RegExp(`[（《〈「『【〔“‘(]*(?:${UNBROKEN}|[^\\n])[，。、；：！？）》〉」』】〕”’)…]*`, 'gu');

interface TextBox {
  font: PaperFont;
  width: number;
  /** The first line begins this far in. */
  indent?: number;
}

/**
 * Breaks a text into lines. A number or word is broken only when it is longer than a whole line. Line ends in the text
 * stay; nothing is lost but the blank a line would end or begin with.
 */
export function wrapText(
  text: string,
  size: number,
  { font, width, indent = 0 }: TextBox,
  measure: Measure,
): WrappedLine[] {
  const lines: WrappedLine[] = [];
  for (const [index, paragraph] of text.split('\n').entries()) {
    wrapParagraph(cleanText(paragraph), index === 0 ? indent : 0);
  }
  return lines;

  function wrapParagraph(paragraph: string, firstIndent: number): void {
    let line = '';
    let free = width - firstIndent;
    const end = (last: boolean): void => {
      const shown = line.trimEnd();
      lines.push({ text: shown, width: measure(shown, font, size), last });
      line = '';
      free = width;
    };
    const add = (piece: string): void => {
      const step = measure(piece, font, size);
      if (step > free && line !== '') end(false);
      if (line === '' && piece.trim() === '' && lines.length > 0) return;
      line += piece;
      free -= step;
    };
    for (const [piece] of paragraph.matchAll(PIECE)) {
      if (measure(piece, font, size) <= width) add(piece);
      else for (const character of piece) add(character);
    }
    end(true);
  }
}

/**
 * A text in its box: wrapped, or kept on one line in the largest step that holds it.
 * @param place what the text is, for the error
 * @throws PaperOverflow when a text to be kept whole fits in no step
 */
export function fitText(
  text: string,
  largest: number,
  box: TextBox & { keep: boolean; place: string },
  measure: Measure,
): FittedText {
  if (!box.keep) return { size: largest, lines: wrapText(text, largest, box, measure) };
  for (const size of STEPS.filter((step) => step <= largest)) {
    const lines = text.split('\n').map((line) => {
      const shown = cleanText(line);
      return { text: shown, width: measure(shown, box.font, size), last: true };
    });
    if (lines.every((line) => line.width <= box.width)) return { size, lines };
  }
  throw new PaperOverflow(box.place);
}
