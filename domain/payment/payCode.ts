/**
 * The pay code of a notice printed without the centre (SL9, domain.md §3.8): `JF`, the 受理编号 and a check digit, so
 * that a typing error at the cashier's or in a bank's app is caught. It is no order at a channel: whoever pays by it
 * later is found by the 受理编号.
 */
export function noticePayCode(caseNumber: string): string {
  return `JF${caseNumber}${checkDigit(caseNumber)}`;
}

/** @returns the 受理编号 of a pay code, or null when it is none or mistyped */
export function parseNoticePayCode(code: string): string | null {
  const match = /^JF(\d{14})(\d)$/.exec(code.trim().toUpperCase());
  const number = match?.[1];
  return number !== undefined && checkDigit(number) === match?.[2] ? number : null;
}

/** ISO 7064 MOD 11,10: finds every single wrong digit and nearly every swap of two neighbours. */
function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return String((11 - product) % 10);
}
