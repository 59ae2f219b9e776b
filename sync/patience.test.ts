import { expect, test } from 'vitest';
import { ERRORS } from '../contract/errors.ts';
import { CentreError } from './centreError.ts';
import { patiently } from './patience.ts';

const busy = (after: number | null) => new CentreError('offline', 'busy', { isBusy: true, retryAfterMs: after });

/** @param answers one for each time of asking; the last one again and again */
function asking(answers: (Error | string)[], forMs = 1_000) {
  const stop = new AbortController();
  const asked: number[] = [];
  const ask = async () => {
    asked.push(performance.now());
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, stop, done: patiently(ask, { forMs, monotonic: () => performance.now(), stop: stop.signal }) };
}

test('who is busy is asked again, not before the time he named, until he answers', async () => {
  const { asked, done } = asking([busy(30), busy(20), 'done']);
  expect(await done).toBe('done');
  expect(asked).toHaveLength(3);
  // Timers may fire a millisecond early.
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(29);
  expect((asked[2] ?? 0) - (asked[1] ?? 0)).toBeGreaterThanOrEqual(19);
});

test('what cannot go through in time is said in words, as soon as that is known', async () => {
  const { asked, done } = asking([busy(20)], 100);
  await expect(done).rejects.toMatchObject({ code: 'centre-busy', message: ERRORS['centre-busy'] });
  expect(asked.length).toBeGreaterThan(1);
  const long = asking([busy(60_000)], 1_000);
  await expect(long.done).rejects.toMatchObject({ code: 'centre-busy' });
  expect(long.asked).toHaveLength(1);
});

test('any other failure is not asked again, and stopping ends the waiting', async () => {
  const failed = new CentreError('offline', 'http 503', { retryAfterMs: 10 });
  const { asked, done } = asking([failed]);
  await expect(done).rejects.toBe(failed);
  expect(asked).toHaveLength(1);
  const stopped = asking([busy(null)], 60_000);
  stopped.stop.abort();
  await expect(stopped.done).rejects.toMatchObject({ code: 'centre-busy' });
});
