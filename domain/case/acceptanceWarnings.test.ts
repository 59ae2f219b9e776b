import { expect, test } from 'vitest';
import { acceptanceDraft } from '../../tests/fixtures/acceptance.ts';
import { findAcceptanceProblems } from './acceptanceRules.ts';
import { findAcceptanceWarnings } from './acceptanceWarnings.ts';
import { feeUseOf, HOUSE_USES, type HouseUse } from './details.ts';

const TODAY = '2026-11-23';
const [PERSON] = acceptanceDraft().parties;

test('a birth of 1880 and an unknown letter of the unit are said, and do not stand in the way', () => {
  const draft = acceptanceDraft({
    parties: PERSON ? [{ ...PERSON, idNumber: '440524188001010014' }] : [],
    property: { unitNumber: '220402001002GR00012F00030045', location: '示例街1号' },
  });
  expect(findAcceptanceProblems(draft, TODAY)).toEqual([]);
  expect(findAcceptanceWarnings(draft, TODAY)).toMatchObject([
    { code: 'birth-implausible', path: 'parties.0.idNumber', message: expect.stringContaining('第 7 至 14 位') },
    { code: 'parcel-kind-unknown', path: 'property.unitNumber', message: expect.stringContaining('第 14 位') },
  ]);
});

test('the usual draft has nothing odd', () => {
  expect(findAcceptanceWarnings(acceptanceDraft(), TODAY)).toEqual([]);
});

test('only a dwelling pays the residential fee', () => {
  const residential = Object.keys(HOUSE_USES).filter((use) => feeUseOf(use as HouseUse) === 'residential');
  expect(residential).toEqual(['dwelling']);
});
