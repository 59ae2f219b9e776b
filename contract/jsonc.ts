import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

export interface JsoncProblem {
  /** `line 3, column 5`. */
  path: string;
  message: string;
}

/**
 * JSON with comments, as a person wrote it with whatever editor was at hand: the mark that some put before the first
 * character is passed over.
 * @returns the value as far as it can be read, and every place where it is no JSON; the text itself is not repeated
 */
export function parseJsonc(text: string): { value: unknown; problems: JsoncProblem[] } {
  const plain = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const value: unknown = parse(plain, errors, { allowTrailingComma: true });
  const problems = errors.map(({ offset, error }) => {
    const before = plain.slice(0, offset).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { path: `line ${before.length}, column ${column}`, message: printParseErrorCode(error) };
  });
  return { value, problems };
}
