import { YichuangError } from '../../contract/errors.ts';
import { PaperOverflow } from '../../domain/papers/layout/placed.ts';
import { codePointName, MissingGlyphs } from '../../native/paper/glyphs.ts';

/** @returns what the clerk is told when a page cannot be drawn; any other error as it is */
export function paperFailure(error: unknown): unknown {
  if (error instanceof MissingGlyphs) {
    const characters = error.characters.map(codePointName);
    return new YichuangError('paper-character-missing', { details: { characters }, cause: error });
  }
  if (error instanceof PaperOverflow) {
    return new YichuangError('paper-overflow', { details: { place: error.place }, cause: error });
  }
  return error;
}
