import { describe, expect, it } from 'vitest';
import { Ending } from './ending.ts';

describe('the end of a transport', () => {
  it('is the first one reported, for every listener once, also for a late one', () => {
    const ending = new Ending();
    const heard: string[] = [];
    ending.listen((reason) => heard.push(`early ${reason}`));
    ending.report('error');
    ending.report('disconnected');
    ending.listen((reason) => heard.push(`late ${reason}`));
    expect(heard).toEqual(['early error', 'late error']);
    expect(ending.reason).toBe('error');
  });

  it('lets go whoever waits for a call that never comes back', async () => {
    const ending = new Ending();
    const waiting = expect(ending.unlessEnded(new Promise(() => {}), 'drain')).rejects.toMatchObject({
      code: 'closed',
    });
    ending.report('disconnected');
    await waiting;
    await expect(ending.unlessEnded(new Promise(() => {}), 'drain')).rejects.toMatchObject({ code: 'closed' });
  });

  it('does not touch what was done before', async () => {
    const ending = new Ending();
    expect(await ending.unlessEnded(Promise.resolve('done'), 'write')).toBe('done');
    await expect(ending.unlessEnded(Promise.reject(new Error('io')), 'write')).rejects.toThrow('io');
    ending.report('closed');
  });
});
