/**
 * A certificate is asked for by its running number, `0000001`, or by the whole, `吉(2018)辽源市不动产权第0000001号`. So it is
 * kept as one key with the running number in front: `0000001 吉(2018)…`.
 */

const RUNNING = /第(\d{1,12})号/u;

/** Brackets of one kind, no spaces, capital letters. */
export function plainNumber(text: string): string {
  return text.replace(/\s+/gu, '').replaceAll('（', '(').replaceAll('）', ')').toUpperCase();
}

/** @param number of a certificate or proof; old papers without a running number stand by themselves */
export function certificateKey(number: string): string {
  const plain = plainNumber(number);
  const running = RUNNING.exec(plain)?.[1];
  return running === undefined ? plain : `${running} ${plain}`;
}

/**
 * What a typed text would be as (part of) a certificate's number.
 * @returns the beginning that the key must have, and what must stand in it; null for a text that is no such number
 */
export function certificateQuery(text: string): { start: string; part: string } | null {
  const part = plainNumber(text);
  const running = /第(\d{4,12})(?:号|$)/u.exec(part)?.[1];
  return running === undefined ? null : { start: part.endsWith('号') ? `${running} ` : running, part };
}
