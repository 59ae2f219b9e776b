import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OvertakenError } from './line.ts';
import { LATE_MS, UnderWay } from './underWay.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A request that is never answered, and what became of it. */
function hanging(underWay: UnderWay) {
  const end = vi.fn<(how: string) => void>();
  underWay
    .through(
      (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    .catch((error: unknown) => end(error instanceof OvertakenError ? 'overtaken' : 'failed'));
  return end;
}

const late = () => vi.advanceTimersByTimeAsync(LATE_MS);

test('what is late is given up when somebody who asked after it is answered', async () => {
  const underWay = new UnderWay();
  const end = hanging(underWay);
  await late();
  expect(underWay.isSilent).toBe(true);
  const passed = underWay.passing();
  expect(end).not.toHaveBeenCalled();
  passed();
  await late();
  expect(end).toHaveBeenCalledExactlyOnceWith('overtaken');
  expect(underWay.isSilent).toBe(false);
});

test('what was asked a moment ago has its time, and is given up when that is over', async () => {
  const underWay = new UnderWay();
  const end = hanging(underWay);
  underWay.passing()();
  await vi.advanceTimersByTimeAsync(LATE_MS - 1);
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(end).toHaveBeenCalledExactlyOnceWith('overtaken');
});

test('whoever was answered says nothing of what was asked after him', async () => {
  const underWay = new UnderWay();
  const passed = underWay.passing();
  const end = hanging(underWay);
  passed();
  await late();
  expect(end).not.toHaveBeenCalled();
});

test('an answer in time, and a failure of its own, are handed on as they are', async () => {
  const underWay = new UnderWay();
  underWay.passing()();
  await expect(underWay.through(async () => 'answer')).resolves.toBe('answer');
  await expect(underWay.through(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test('where everything is slow what was sent again has its whole deadline: only then is another given up', async () => {
  const underWay = new UnderWay();
  hanging(underWay);
  await late();
  underWay.passing()();
  const again = Promise.withResolvers<string>();
  const sent = underWay.through(() => again.promise);
  const beside = hanging(underWay);
  await late();
  underWay.passing()();
  await late();
  expect(beside).not.toHaveBeenCalled();
  again.resolve('answer');
  await expect(sent).resolves.toBe('answer');
  underWay.passing()();
  await late();
  expect(beside).toHaveBeenCalledExactlyOnceWith('overtaken');
});

test('whoever waits hears of the first that is late, and of nothing once he has stopped', async () => {
  const underWay = new UnderWay();
  const heard = vi.fn();
  const [waits, stopped] = [new AbortController(), new AbortController()];
  void underWay.untilSilent(waits.signal).then(() => heard('late'));
  void underWay.untilSilent(stopped.signal).then(() => heard('stopped'));
  hanging(underWay);
  stopped.abort();
  await vi.advanceTimersByTimeAsync(LATE_MS - 1);
  expect(heard.mock.calls).toEqual([['stopped']]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard.mock.calls).toEqual([['stopped'], ['late']]);
});
