import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { expect, test } from 'vitest';
import type { YichuangError } from '../../contract/errors.ts';
import { type Passport, writePassport } from '../../domain/preReview/passport.ts';
import { holderMark, personMark } from './marks.ts';
import { checkPassport, issuePassport } from './passports.ts';

const NOW = Date.parse('2026-11-27T02:00:00.000Z');
const ID = '0198a000-0000-7000-8000-0000000000d1';
const PASSPORT: Passport = {
  id: ID,
  number: 'Y20261127010001',
  terminal: 'K01',
  itemCode: 'A09',
  catalogueVersion: '2026.3',
  conditions: [],
  materials: [{ code: 'M05', has: true }],
  elder: false,
  ticketNumber: 'B015',
  at: '2026-11-27T01:00:00.000Z',
  holder: 'a1b2c3',
};

function machine() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    sign: (data: Uint8Array) => signWith(null, data, privateKey),
    announced: String(publicKey.export({ format: 'jwk' }).x),
  };
}
const kiosk = machine();
const stranger = machine();
const announced = (terminal: string) => (terminal === 'K01' ? [stranger.announced, kiosk.announced] : []);

function codeOf(sealed: string, now = NOW, keysOf: (terminal: string) => string[] = announced): string {
  try {
    checkPassport(sealed, keysOf, now);
    return 'opened';
  } catch (error) {
    return (error as YichuangError).code;
  }
}

test('a passport opens by any announced key of its terminal, and says what was written', () => {
  const sealed = issuePassport(PASSPORT, kiosk.sign);
  expect(checkPassport(sealed, announced, NOW)).toEqual(PASSPORT);
  // As some scanners add a line end.
  expect(codeOf(`${sealed}\r\n`)).toBe('opened');
});

test('one that was altered in any place, or signed by somebody else, is forged', () => {
  const sealed = issuePassport(PASSPORT, kiosk.sign);
  expect(codeOf(sealed.replace('A09', 'A05'))).toBe('passport-forged');
  expect(codeOf(sealed.replace('*M05*', '*m05*'))).toBe('passport-forged');
  expect(codeOf(sealed, NOW, () => [stranger.announced])).toBe('passport-forged');
  expect(codeOf(issuePassport(PASSPORT, machine().sign))).toBe('passport-forged');
  for (let at = 0; at < sealed.length; at++) {
    const altered = `${sealed.slice(0, at)}${sealed[at] === 'x' ? 'y' : 'x'}${sealed.slice(at + 1)}`;
    expect(codeOf(altered), `place ${at}`).not.toBe('opened');
  }
});

test('one of another day is old, of an unknown machine cannot be checked, and anything else is not read', () => {
  const sealed = issuePassport(PASSPORT, kiosk.sign);
  expect(codeOf(sealed, NOW + 24 * 3_600_000)).toBe('passport-old');
  expect(codeOf(issuePassport({ ...PASSPORT, terminal: 'K02' }, kiosk.sign))).toBe('passport-signer-unknown');
  for (const text of ['B015', 'T20261127B015', writePassport(PASSPORT), '']) {
    expect(codeOf(text), text).toBe('passport-unreadable');
  }
});

test('marks tell persons apart and two slips of one person do not look alike', () => {
  expect(holderMark(ID, '22040219900101123x')).toBe(holderMark(ID, '22040219900101123X'));
  expect(holderMark(ID, '22040219900101123X')).not.toBe(holderMark(ID, '220402199001011248'));
  expect(holderMark(ID, 'A')).not.toBe(holderMark(ID.replace('d1', 'd2'), 'A'));
  expect(holderMark(ID, 'A')).toMatch(/^[0-9a-f]{6}$/);
  const mark = personMark('main', '2026-11-27', 'A', 'A05');
  expect(mark).toMatch(/^[0-9a-f]{32}$/);
  const others = [
    personMark('west', '2026-11-27', 'A', 'A05'),
    personMark('main', '2026-11-28', 'A', 'A05'),
    personMark('main', '2026-11-27', 'B', 'A05'),
    personMark('main', '2026-11-27', 'A', 'A09'),
  ];
  expect(new Set([mark, ...others]).size).toBe(5);
});
