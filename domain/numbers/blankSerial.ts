/** 印制号 (domain.md §4.7): a letter and 11 digits, preprinted on the paper, independent of the certificate's number. */

/** 不动产权证书 or 不动产登记证明. */
export type BlankForm = 'certificate' | 'proof';

/** Which form a letter is printed on: D single version, J integrated version, Z proof. The hall's own list may differ. */
export const BLANK_LETTERS: Readonly<Record<string, BlankForm>> = { D: 'certificate', J: 'certificate', Z: 'proof' };

/** The largest number of 11 digits. */
export const LAST_BLANK_NUMBER = 99_999_999_999;

export type BlankSerialResult =
  | { ok: true; serial: string; prefix: string; number: number; form: BlankForm }
  | { ok: false; problem: 'form' | 'letter' };

/**
 * As typed, scanned or read from the paper: spaces and the printed `NO.` are dropped, letters raised.
 * @param letters of the hall
 */
export function parseBlankSerial(text: string, letters = BLANK_LETTERS): BlankSerialResult {
  const serial = text
    .replace(/\s+/gu, '')
    .toUpperCase()
    .replace(/^NO\.?/, '');
  if (!/^[A-Z]\d{11}$/.test(serial)) return { ok: false, problem: 'form' };
  const { prefix, number } = splitSerial(serial);
  const form = Object.hasOwn(letters, prefix) ? letters[prefix] : undefined;
  return form ? { ok: true, serial, prefix, number, form } : { ok: false, problem: 'letter' };
}

/** @param number 0 to `LAST_BLANK_NUMBER` */
export function formatSerial(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(11, '0')}`;
}

/** @param serial of the right form */
export function splitSerial(serial: string): { prefix: string; number: number } {
  return { prefix: serial.slice(0, 1), number: Number(serial.slice(1)) };
}
