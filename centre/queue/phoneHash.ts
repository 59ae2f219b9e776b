import { secretHash } from '../digest.ts';

/**
 * By what somebody who booked is known again (domain.md §3.8). Spaces, dashes and the country code make no other person.
 * @param phone as it was given
 */
export function phoneHash(hall: string, phone: string): Buffer {
  return secretHash(`yichuang/phone/${hall}/${phone.replace(/[ -]/g, '').replace(/^(\+|00)86/, '')}`);
}
