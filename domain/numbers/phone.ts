/** Mainland mobile, or landline with its area code; 0437 is Liaoyuan and has seven digits (domain.md §4.9). */
const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(?:0437-?\d{7}|(?!0437)0\d{2,3}-?\d{7,8})$/;

/** True for a number that can be dialled as written. */
export function isPhoneNumber(text: string): boolean {
  return MOBILE.test(text) || LANDLINE.test(text);
}
