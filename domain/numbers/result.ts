/** What a check answers when it does not hold. */
export interface Refused<P extends string> {
  ok: false;
  problem: P;
  /** What is wrong and at which place, in the clerk's words; repeats nothing that was entered. */
  message: string;
}

export function refuse<P extends string>(problem: P, message: string): Refused<P> {
  return { ok: false, problem, message };
}

/** Spaces go and letters are raised: people type numbers in the groups in which they are printed. */
export function squeeze(text: string): string {
  return text.replace(/\s+/gu, '').toUpperCase();
}

/** @returns the place, counted from 1, of the first character that is no digit; 0 when all are */
export function placeOfNonDigit(text: string): number {
  return [...text].findIndex((char) => !/^[0-9]$/.test(char)) + 1;
}
