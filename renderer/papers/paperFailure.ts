import type { Failure } from '../app/failure.ts';
import { t } from '../strings/index.ts';

/** What of a paper cannot be printed, by its name: the characters no font has, or the field that is too long. */
export function paperProblem({ code, details }: Failure): string | null {
  if (code === 'paper-character-missing') {
    const { characters } = details as { characters: readonly string[] };
    return t.casePapers.characters(characters.map(showCharacter).join(t.listSeparator));
  }
  if (code === 'paper-overflow') return t.casePapers.place((details as { place: string }).place);
  return null;
}

/** `U+20BB7` → `𠮷（U+20BB7）`: the page may have a font for it, and the number helps where it has none. */
function showCharacter(name: string): string {
  const code = Number.parseInt(name.slice(2), 16);
  return Number.isNaN(code) ? name : `${String.fromCodePoint(code)}（${name}）`;
}
