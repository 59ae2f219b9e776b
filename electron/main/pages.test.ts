import { describe, expect, it } from 'vitest';
import { Connections } from './connections.ts';
import { FailurePage } from './failurePage.ts';
import { Budget } from './recovery.ts';

describe('connections', () => {
  it('are new for every page that the same window shows', () => {
    const closed: string[] = [];
    const connections = new Connections((connection) => closed.push(connection));
    const first = connections.of(1);
    expect(connections.of(1)).toBe(first);
    expect(connections.contentsOf(first)).toBe(1);
    connections.end(1);
    connections.end(1);
    expect(closed).toEqual([first]);
    expect(connections.contentsOf(first)).toBeNull();
    expect(connections.of(1)).not.toBe(first);
    expect(connections.of(2)).not.toBe(connections.of(1));
    expect(new Connections(() => {}).of(1)).not.toBe(first);
  });
});

describe('the failure page', () => {
  const failure = { heading: '<b>坏了</b>', lines: ['"a" & \'b\''], code: '<i>', retry: false };

  it('shows text as text, on its own two addresses and only after a failure', () => {
    const page = new FailurePage();
    expect(page.answer('app://yichuang/failure.html')).toBeNull();
    const url = page.set(failure);
    const answer = page.answer(url);
    expect(answer?.body).not.toMatch(/<b>|<i>|"a" &/);
    expect(answer?.body).toContain('&#60;b&#62;坏了');
    expect(answer?.body).toContain('<title>一窗');
    expect(answer?.body).not.toContain('<a ');
    expect(page.answer('app://yichuang/failure.css')?.type).toContain('text/css');
    expect(page.answer('app://yichuang/index.html')).toBeNull();
  });
});

describe('the budget of reloads', () => {
  it('is spent after three in a minute and fills again', () => {
    const budget = new Budget(3, 60_000);
    expect([0, 1, 2, 3].map((time) => budget.spend(time))).toEqual([true, true, true, false]);
    expect(budget.spend(60_000)).toBe(true);
    expect(budget.spend(60_000)).toBe(false);
  });
});
