import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { YichuangError } from '../../contract/errors.ts';
import {
  openPassport,
  type Passport,
  readPassport,
  sealPassport,
  writePassport,
} from '../../domain/preReview/passport.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';

/** Signs with the key of this machine; 64 bytes of Ed25519. */
export type Sign = (data: Uint8Array) => Uint8Array;

/** @returns the text of the QR code */
export function issuePassport(passport: Passport, sign: Sign): string {
  const text = writePassport(passport);
  return sealPassport(text, Buffer.from(sign(Buffer.from(text, 'ascii'))).toString('base64url'));
}

/**
 * What a passport says, checked without a network.
 * @param keysOf announced keys of a terminal, raw, base64url: a machine that was set up anew has several
 * @throws YichuangError `passport-unreadable`, `passport-signer-unknown`, `passport-forged`, `passport-old`
 */
export function checkPassport(sealed: string, keysOf: (terminal: string) => readonly string[], now: number): Passport {
  const opened = openPassport(sealed.trim());
  const passport = opened && readPassport(opened.text);
  if (!passport) throw new YichuangError('passport-unreadable');
  const keys = keysOf(passport.terminal);
  if (keys.length === 0) throw new YichuangError('passport-signer-unknown');
  const text = Buffer.from(opened.text, 'ascii');
  const signature = Buffer.from(opened.signature, 'base64url');
  // The last letter has bits that mean nothing: only the one that is written is taken.
  const isWritten = signature.toString('base64url') === opened.signature;
  if (!isWritten || !keys.some((key) => verify(null, text, keyOf(key), signature)))
    throw new YichuangError('passport-forged');
  if (hallDayOf(passport.at) !== hallDay(now)) throw new YichuangError('passport-old');
  return passport;
}

function keyOf(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
}
