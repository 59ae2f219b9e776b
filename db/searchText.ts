const HAN = /\p{Script=Han}/u;

/**
 * One token for each Han character, other runs as they are, so that FTS5 finds any part of a Chinese name or address
 * (design.md §10, "find anything").
 */
export function tokenize(text: string): string {
  let out = '';
  for (const char of text) out += HAN.test(char) ? ` ${char} ` : char;
  return out.replace(/\s+/g, ' ').trim();
}

/** A query that finds `text` as a phrase, the last word as a prefix; every character of the user's is data. */
export function phraseQuery(text: string): string | null {
  const tokens = tokenize(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
  if (tokens.length === 0) return null;
  return `"${tokens.join(' ')}"*`;
}
