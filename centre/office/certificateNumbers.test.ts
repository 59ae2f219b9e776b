import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { giveCertificateNumbers, LIAOYUAN } from './certificateNumbers.ts';

const NOW = Date.UTC(2026, 10, 23, 1);
let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  centre = openTestIngest();
});
afterEach(() => centre.dispose());

/** @returns the seven digits */
const give = (dataEpoch: number, kind: 'certificate' | 'proof' = 'proof') =>
  centre.store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const { data } = giveCertificateNumbers(ledger, LIAOYUAN, [{ kind, holders: ['张三'] }], dataEpoch, NOW);
    return { decision: ledger.decision(), value: data.certificates[0]?.number.slice(-8, -1) };
  });

test('numbers follow one another, and after older data were put back begin in the next thousand, once', async () => {
  expect([await give(1), await give(1), await give(1, 'certificate')]).toEqual(['0000001', '0000002', '0000001']);
  // The copy was made here; what was given since is on paper, and not in these data.
  expect([await give(1_780_000_000), await give(1_780_000_000)]).toEqual(['0001001', '0001002']);
  centre.reopen();
  expect([await give(1_780_000_000), await give(1_780_000_000, 'certificate')]).toEqual(['0001003', '0001001']);
  expect(await give(1_780_000_500)).toBe('0002001');
});
