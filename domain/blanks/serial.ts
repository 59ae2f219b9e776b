/** 不动产权证书 or 不动产登记证明. */
export type BlankForm = 'certificate' | 'proof';

/** Which form a letter is printed on: D single version, J integrated version, Z proof (domain.md §4.7). */
export const FORM_OF_LETTER: Readonly<Record<string, BlankForm>> = { D: 'certificate', J: 'certificate', Z: 'proof' };

/** The largest number of 11 digits. */
export const LAST_BLANK_NUMBER = 99_999_999_999;

/** @param number 0 to `LAST_BLANK_NUMBER` */
export function formatSerial(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(11, '0')}`;
}

/** @param serial of the right form (domain/numbers/blankSerial.ts) */
export function splitSerial(serial: string): { prefix: string; number: number } {
  return { prefix: serial.slice(0, 1), number: Number(serial.slice(1)) };
}
