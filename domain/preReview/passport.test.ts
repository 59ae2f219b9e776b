import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { MaterialCondition } from '../catalogue/types.ts';
import { openPassport, type Passport, readPassport, sealPassport, writePassport } from './passport.ts';

const PASSPORT: Passport = {
  id: '0198a000-0000-7000-8000-0000000000d1',
  number: 'Y20261127010001',
  terminal: 'K01',
  itemCode: 'D01',
  projectKind: 'INDUSTRIAL',
  catalogueVersion: '2026.3',
  conditions: ['agent', 'deed-tax'],
  materials: [
    { code: 'M04', has: true },
    { code: 'M33', has: false },
  ],
  elder: true,
  ticketNumber: 'B015',
  at: '2026-11-27T01:00:00.000Z',
  holder: 'a1b2c3',
};

const CONDITIONS: MaterialCondition[] = [
  ...new Set(CATALOGUE.items.flatMap(({ materials }) => materials.flatMap(({ when, unless }) => when ?? unless ?? []))),
];

const passports = fc.record({
  id: fc.uuid(),
  number: fc.stringMatching(/^Y[0-9]{14}$/),
  terminal: fc.stringMatching(/^[A-Z][0-9]{2}$/),
  itemCode: fc.constantFrom(...CATALOGUE.items.map(({ code }) => code)),
  catalogueVersion: fc.constantFrom('2026.1', '2026.12'),
  conditions: fc.uniqueArray(fc.constantFrom(...CONDITIONS), { maxLength: 10 }),
  materials: fc.uniqueArray(
    fc.record({ code: fc.constantFrom(...CATALOGUE.materials.map(({ code }) => code)), has: fc.boolean() }),
    { selector: ({ code }) => code, maxLength: 20 },
  ),
  elder: fc.boolean(),
  ticketNumber: fc.option(fc.stringMatching(/^[A-Z]{1,2}[0-9]{3,4}$/)),
  at: fc.integer({ min: 1_700_000_000, max: 4_000_000_000 }).map((s) => new Date(s * 1000).toISOString()),
  holder: fc.stringMatching(/^[0-9a-f]{6}$/),
});

test('what is written is read again, whatever it says', () => {
  expect(readPassport(writePassport(PASSPORT))).toEqual(PASSPORT);
  fc.assert(
    fc.property(passports, (passport) => {
      expect(readPassport(writePassport(passport))).toEqual(passport);
    }),
  );
});

test('the largest fits a QR code of version 15, level M, with its signature', () => {
  const largest: Passport = {
    ...PASSPORT,
    conditions: CONDITIONS.slice(0, 10),
    materials: CATALOGUE.materials.slice(0, 20).map(({ code }) => ({ code, has: true })),
    ticketNumber: 'XA1000',
  };
  // 412 bytes (ISO 18004, table 7).
  expect(sealPassport(writePassport(largest), 'A'.repeat(86)).length).toBeLessThanOrEqual(412);
});

test('nothing else is read', () => {
  const text = writePassport(PASSPORT);
  for (const broken of ['', 'B015', text.slice(1), `${text}0`, text.replace('YC1', 'YC2'), text.replace('K01', 'K1')]) {
    expect(readPassport(broken), broken).toBeNull();
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (any) => {
      expect(readPassport(any)).toBeNull();
    }),
  );
});

test('text and signature come apart where they were joined', () => {
  const text = writePassport(PASSPORT);
  const signature = 'x'.repeat(86);
  expect(openPassport(sealPassport(text, signature))).toEqual({ text, signature });
  expect(openPassport(text)).toBeNull();
  expect(openPassport(sealPassport(text, 'short'))).toBeNull();
});
