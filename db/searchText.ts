const HAN = /\p{Script=Han}/u;
/** Han, ASCII, and the signs between them. */
const PLAIN = /^[\p{Script=Han}\p{P}\x20-\x7e]*$/u;

/**
 * One token for each Han character, other runs as they are, so that FTS5 finds any part of a Chinese name or address
 * (design.md §10, "find anything").
 */
export function tokenize(text: string): string {
  let out = '';
  for (const char of text) out += HAN.test(char) ? ` ${char} ` : char;
  return out.replace(/\s+/g, ' ').trim();
}

/**
 * Every two Han characters that stand side by side, as one token. A character alone is in thousands of names; a pair is
 * in so few that a name is found among two million cases as fast as among a hundred.
 */
export function pairsOf(text: string): string {
  return [...text.matchAll(/\p{Script=Han}{2,}/gu)]
    .flatMap(([run]) => {
      const chars = [...run];
      return chars.slice(1).map((char, index) => `${chars[index]}${char}`);
    })
    .join(' ');
}

/** @returns null for a text that is not all Han, or a single character */
export function pairQuery(text: string): string | null {
  return /^\p{Script=Han}{2,}$/u.test(text) ? `pairs : "${pairsOf(text)}"` : null;
}

export interface TextQuery {
  /**
   * Finds the text as a phrase, a last word that may not be typed to its end as a prefix; every character of the user's is
   * data. A Han character is a whole word: as a prefix it would mean the same and cost its whole list.
   */
  phrase: string;
  /** Finds all that has the telling numbers of the text anywhere; null when it has fewer than two. */
  numbers: string | null;
}

/** @returns null for a text without a letter or digit */
export function textQuery(text: string): TextQuery | null {
  const tokens = words(text);
  const last = tokens.at(-1);
  if (last === undefined) return null;
  const star = HAN.test(last) ? '' : '*';
  // The last word is left out when it may be half of one.
  const whole = star === '' ? tokens : tokens.slice(0, -1);
  const all = [...new Set(whole.filter((token) => !HAN.test(token)))];
  // Staircases are 1 to 6 in half the town: two longer numbers say more without them.
  const long = all.filter((token) => token.length > 1);
  const numbers = long.length < 2 ? all : long;
  return {
    phrase: `"${tokens.join(' ')}"${star}`,
    numbers: numbers.length < 2 || !PLAIN.test(text) ? null : numbers.map((number) => `"${number}"`).join(' '),
  };
}

/**
 * Whether FTS5 would find the phrase of `query` in `text`; null where its folding of letters is better asked itself.
 * For Han and ASCII that folding is lower case.
 */
export function hasPhrase(text: string, query: string): boolean | null {
  if (!PLAIN.test(text)) return null;
  const last = query.at(-1) ?? '';
  const end = HAN.test(last) ? ' ' : '';
  const lower = (each: string) => ` ${words(each.toLowerCase()).join(' ')}`;
  return `${lower(text)} `.includes(lower(query) + end);
}

function words(text: string): string[] {
  return tokenize(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}
