import { createHmac, timingSafeEqual } from 'node:crypto';

/** Both directions carry them; the signature is over the instant and the body exactly as sent. */
export const TIME_HEADER = 'x-pay-time';
export const SIGNATURE_HEADER = 'x-pay-signature';

/** A message older or younger than this is refused: caught on the line, it cannot be played back tomorrow. */
const FRESH_MS = 5 * 60_000;

/** @param now milliseconds since 1970, UTC @returns the headers of a signed message */
export function signed(key: string, target: string, body: string, now: number): Record<string, string> {
  const time = String(now);
  return { [TIME_HEADER]: time, [SIGNATURE_HEADER]: hmac(key, time, target, body) };
}

/** @param target path and query of the request @returns whether the message is from who holds the key, and fresh */
export function isGenuine(
  key: string,
  target: string,
  body: string,
  headers: Readonly<Record<string, unknown>>,
  now: number,
): boolean {
  const time = headers[TIME_HEADER];
  const signature = headers[SIGNATURE_HEADER];
  if (typeof time !== 'string' || !/^\d{1,16}$/.test(time) || typeof signature !== 'string') return false;
  if (Math.abs(now - Number(time)) > FRESH_MS) return false;
  const expected = Buffer.from(hmac(key, time, target, body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hmac(key: string, time: string, target: string, body: string): string {
  return createHmac('sha256', key).update(`${time}\n${target}\n${body}`).digest('hex');
}
