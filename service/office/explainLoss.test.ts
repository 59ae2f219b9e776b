import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ErrorCode, YichuangError } from '../../contract/errors.ts';
import { rowsOf } from '../../tests/fixtures/knownOps.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { explainLoss } from './explainLoss.ts';

let window: ReturnType<typeof openTestStore>;
beforeEach(() => {
  window = openTestStore();
});
afterEach(() => window.dispose());

test('what the centre says of an older state is told as what was lost there, and nothing else is', () => {
  const other = new OpMaker({ name: 'other', terminal: '08' });
  const [kept, stepLost, allLost] = [other.acceptCase(), other.acceptCase(), other.acceptCase()];
  const step = other.withdraw(stepLost.stream);
  const { delivery, ledger } = window.store;
  delivery.takePage('hall:main', rowsOf([kept, stepLost, allLost, step]));
  ledger.transact(() => {
    for (const { stream } of [stepLost, allLost]) delivery.reread.doubts.noteStream(stream);
    const told = delivery.reread.doubts
      .next(10)
      .map(({ ord, opId }) => ({ ord, became: opId === stepLost.op_id ? ('there' as const) : ('lost' as const) }));
    delivery.reread.noteTold(told);
  });
  const say = (stream: string, code: ErrorCode) =>
    (explainLoss(window, stream.slice('case:'.length), new YichuangError(code)) as YichuangError).code;
  expect(say(stepLost.stream, 'fee-not-assessed')).toBe('ahead-of-centre');
  expect(say(allLost.stream, 'not-at-centre')).toBe('lost-at-centre');
  expect(say(stepLost.stream, 'forbidden')).toBe('forbidden');
  expect(say(kept.stream, 'stale-version')).toBe('stale-version');
});
