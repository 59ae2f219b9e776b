/** Masking of personal data on staff screens and slips (domain.md §7.3). */

/** `220402********1231`: the staff-list and slip form of an identity number. */
export function maskIdNumber(number: string): string {
  if (number.length <= 10) return '*'.repeat(number.length);
  return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4);
}

/** `张*`: the form for public places. Names of organisations are not personal and stay whole. */
export function maskName(name: string, kind: 'person' | 'organisation'): string {
  if (kind === 'organisation') return name;
  const first = [...name][0];
  return first === undefined ? '' : `${first}*`;
}

/** `138****0001` */
export function maskPhone(phone: string): string {
  return phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : '*'.repeat(phone.length);
}

/** `***************7897`: the last four digits of a bank card. */
export function maskBankCard(number: string): string {
  return number.length <= 4 ? '*'.repeat(number.length) : '*'.repeat(number.length - 4) + number.slice(-4);
}
