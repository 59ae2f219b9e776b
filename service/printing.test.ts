import { expect, test } from 'vitest';
import { printOnce } from './printing.ts';

/** Starts at once and ends when told. */
function slow(name: string, log: string[]) {
  const end = Promise.withResolvers<void>();
  const print = async () => {
    log.push(name);
    await end.promise;
    return name;
  };
  return { print, end: end.resolve };
}

test('the same paper on the same printer is one print while it runs, and another afterwards', async () => {
  const log: string[] = [];
  const first = slow('first', log);
  const one = printOnce('office', 'x', first.print);
  const two = printOnce('office', 'x', slow('second', log).print);
  expect(two).toBe(one);
  first.end();
  expect(await two).toBe('first');
  const third = slow('third', log);
  third.end();
  expect(await printOnce('office', 'x', third.print)).toBe('third');
  expect(log).toEqual(['first', 'third']);
});

test('the other printer waits for it, also when it fails; another paper does not', async () => {
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const failing = printOnce('ticket', 'x', async () => {
    log.push('ticket');
    await gate.promise;
    throw new Error('no paper');
  });
  const office = printOnce('office', 'x', async () => log.push('office'));
  await printOnce('office', 'y', async () => log.push('other'));
  expect(log).toEqual(['ticket', 'other']);
  gate.resolve();
  await expect(failing).rejects.toThrow('no paper');
  await office;
  expect(log).toEqual(['ticket', 'other', 'office']);
});
