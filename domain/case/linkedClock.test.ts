import { expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { linkedStart } from './linkedClock.ts';

type Known = Parameters<typeof linkedStart>[0];

const at = (minute: string) => `2026-11-23T01:${minute}:00.000Z`;
const link = (caseId: string) => ({ caseId, number: 'G20261123310001' });

function caseOf(itemCode: string, acceptedAt: string, rest: { link?: string; bookedAt?: string } = {}): Known {
  return {
    acceptance: acceptance(1, { itemCode, ...(rest.link !== undefined && { link: link(rest.link) }) }),
    acceptedAt,
    bookedAt: rest.bookedAt ?? null,
  };
}

const known: Record<string, Known> = {
  home: caseOf('P03', at('00')),
  bought: caseOf('P02', at('10'), { link: 'open transfer' }),
  'bought before': caseOf('P02', at('10'), { link: 'old transfer' }),
  'bought after': caseOf('P02', at('10'), { link: 'late transfer' }),
  'open transfer': caseOf('C01', at('01')),
  'old transfer': caseOf('C01', at('01'), { bookedAt: at('05') }),
  'late transfer': caseOf('C01', at('01'), { bookedAt: at('30') }),
};
const start = (record: Known | undefined) => record && linkedStart(record, CATALOGUE, (id) => known[id] ?? null);

test.each([
  ['a loan for a finished home begins with itself', known.home, at('00')],
  ['its mortgage shares that beginning', caseOf('A05', at('40'), { link: 'home' }), at('00')],
  ['of a loan that is not known here the mortgage begins', caseOf('A05', at('40'), { link: 'elsewhere' }), at('40')],
  ['a loan for an existing home waits for the transfer', known.bought, null],
  ['… also when it names none', caseOf('P02', at('10')), null],
  ['a transfer booked before it takes nothing off', known['bought before'], at('10')],
  ['one booked after it is the beginning', known['bought after'], at('30')],
  ['the mortgage of such a loan too', caseOf('A05', at('50'), { link: 'bought after' }), at('30')],
  ['… and at the latest its own acceptance', caseOf('A05', at('50'), { link: 'bought' }), at('50')],
  ['other items of the fund have no such clock', caseOf('P07', at('00')), null],
  ['nor has a mortgage without a loan', caseOf('A05', at('00')), null],
])('%s', (_what, record, expected) => {
  expect(start(record)).toBe(expected);
});
