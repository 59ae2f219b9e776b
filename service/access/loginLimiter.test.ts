import { beforeEach, expect, test } from 'vitest';
import { LoginLimiter } from './loginLimiter.ts';

let clock = 0;
let limiter: LoginLimiter;
beforeEach(() => {
  clock = 0;
  limiter = new LoginLimiter(() => clock);
});

const wrong = async (): Promise<never> => {
  throw new Error('wrong');
};
const attempt = (address: string, run: () => Promise<unknown>): Promise<string> =>
  limiter
    .guard(address, run, (error) => (error as Error).message === 'wrong')
    .then(
      () => 'ok',
      (error: Error & { code?: string }) => error.code ?? error.message,
    );

test('the eleventh attempt after ten failures is refused for ten minutes, for this address only', async () => {
  for (let i = 0; i < 10; i++) expect(await attempt('10.0.0.7', wrong)).toBe('wrong');
  expect(await attempt('10.0.0.7', async () => 1)).toBe('login-throttled');
  expect(await attempt('10.0.0.8', async () => 1)).toBe('ok');
  clock += 10 * 60_000;
  expect(await attempt('10.0.0.7', async () => 1)).toBe('ok');
});

test('successes and failures that are nobody’s guess do not count', async () => {
  for (let i = 0; i < 50; i++) expect(await attempt('10.0.0.7', async () => 1)).toBe('ok');
  const stale = async (): Promise<never> => {
    throw new Error('the list is old');
  };
  for (let i = 0; i < 50; i++) expect(await attempt('10.0.0.7', stale)).toBe('the list is old');
  expect(await attempt('10.0.0.7', async () => 1)).toBe('ok');
});

test('a hundred attempts at once are ten', async () => {
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => attempt('10.0.0.7', wrong)));
  expect(outcomes.filter((each) => each === 'wrong')).toHaveLength(10);
});
