import { describe, expect, it } from 'vitest';
import { GroupCommit, OverloadedError } from './groupCommit.ts';

/** A commit that is finished by hand, and a record of the groups it was given. */
function controlled(options: { maxGroup?: number; maxWaiting?: number; poison?: string; lanes?: boolean } = {}) {
  const groups: string[][] = [];
  const gates: (() => void)[] = [];
  const entered: (() => void)[] = [];
  const commits = new GroupCommit<string, string>({
    async commit(items) {
      groups.push([...items]);
      entered.shift()?.();
      await new Promise<void>((resolve) => {
        gates.push(resolve);
        if (isOpen) resolve();
      });
      if (options.poison !== undefined && items.includes(options.poison)) throw new Error('poisoned');
      return items.map((item) => `${item}!`);
    },
    isWorthSplitting: () => true,
    weigh: () => 1,
    ...(options.lanes && { laneOf: (item: string) => item.charAt(0) }),
    maxGroup: options.maxGroup ?? 10,
    maxWaiting: options.maxWaiting ?? 10,
  });
  let isOpen = false;
  return {
    commits,
    groups,
    nextCommit: () => new Promise<void>((resolve) => entered.push(resolve)),
    open() {
      isOpen = true;
      for (const gate of gates) gate();
    },
  };
}

describe('group commit', () => {
  it('gathers what arrives during a commit into the next one and answers nobody before', async () => {
    const { commits, groups, nextCommit, open } = controlled();
    const answered: string[] = [];
    const submit = (item: string) => commits.submit(item).then((answer) => answered.push(answer));

    const started = nextCommit();
    const all = [submit('a')];
    await started;
    all.push(submit('b'), submit('c'));
    expect(groups).toEqual([['a']]);
    expect(answered).toEqual([]);
    open();
    await Promise.all(all);
    expect(groups).toEqual([['a'], ['b', 'c']]);
    expect(answered).toEqual(['a!', 'b!', 'c!']);
  });

  it('commits together what arrives together, up to the weight of a group', async () => {
    const { commits, groups, open } = controlled({ maxGroup: 2 });
    open();
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((item) => commits.submit(item)));
    expect(groups).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('takes into a group what each turn of the loop brings, until a turn brings nothing', async () => {
    const { commits, groups, open } = controlled();
    open();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const submitAfter = async (turns: number, item: string) => {
      for (let passed = 0; passed < turns; passed += 1) await turn();
      return commits.submit(item);
    };
    await Promise.all([submitAfter(2, 'c'), submitAfter(1, 'b'), submitAfter(0, 'a')]);
    expect(groups).toEqual([['a', 'b', 'c']]);
    for (let passed = 0; passed < 3; passed += 1) await turn();
    await commits.submit('d');
    expect(groups).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('waits for those that are being examined when a group would begin, and for none that come later', async () => {
    const { commits, groups, open } = controlled();
    open();
    const examined = ['b', 'c', 'd'].map((item) => ({ item, gate: Promise.withResolvers<void>() }));
    const come = async (index: number) => {
      const { item = '', gate } = examined[index] ?? {};
      if (gate) await commits.expect(gate.promise);
      return commits.submit(item);
    };
    const all = [commits.submit('a'), come(0), come(1)];
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    await turn();
    expect(groups).toEqual([]);
    all.push(come(2));
    examined[0]?.gate.resolve();
    // Who was refused is not waited for any longer.
    examined[1]?.gate.reject(new Error('not signed'));
    await Promise.allSettled(all.slice(0, 3));
    expect(groups).toEqual([['a', 'b']]);
    examined[2]?.gate.resolve();
    await all[3];
    expect(groups).toEqual([['a', 'b'], ['d']]);
  });

  it('waits for nobody once there is enough for a commit', async () => {
    const { commits, groups, open } = controlled({ maxGroup: 100, maxWaiting: 100 });
    open();
    const never = Promise.withResolvers<void>();
    void commits.expect(never.promise);
    const first = commits.submit('a0');
    await new Promise((resolve) => setImmediate(resolve));
    const items = Array.from({ length: 31 }, (_, index) => `a${index + 1}`);
    await Promise.all([first, ...items.map((item) => commits.submit(item))]);
    expect(groups).toEqual([['a0', ...items]]);
    const late = commits.submit('late');
    never.resolve();
    await late;
    expect(groups).toHaveLength(2);
  });

  it('lets an item that makes its group fail fail alone', async () => {
    const { commits, open } = controlled({ poison: 'b' });
    open();
    const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => commits.submit(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(commits.submit('d')).resolves.toBe('d!');
  });

  it('turns away what would wait behind too much, and takes it once there is room', async () => {
    const { commits, nextCommit, open } = controlled({ maxWaiting: 2 });
    const started = nextCommit();
    const first = commits.submit('a');
    await started;
    const waiting = [commits.submit('b'), commits.submit('c')];
    await expect(commits.submit('d')).rejects.toBeInstanceOf(OverloadedError);
    open();
    await Promise.all([first, ...waiting]);
    await expect(commits.submit('d')).resolves.toBe('d!');
    await commits.drain();
  });

  it('takes the lanes in turn: who sends much holds up himself', async () => {
    const { commits, groups, nextCommit, open } = controlled({ maxGroup: 3, maxWaiting: 100, lanes: true });
    const started = nextCommit();
    const all = [commits.submit('a0')];
    await started;
    for (const item of ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1']) all.push(commits.submit(item));
    open();
    await Promise.all(all);
    expect(groups).toEqual([['a0'], ['a1', 'b1', 'c1'], ['a2', 'b2', 'a3'], ['a4', 'a5']]);
  });

  it('turns away a lane that has more than its share waiting, and lets in those that have less', async () => {
    const { commits, nextCommit, open } = controlled({ maxWaiting: 4, lanes: true });
    const started = nextCommit();
    const all = [commits.submit('a0')];
    await started;
    for (const item of ['a1', 'a2', 'a3', 'a4']) all.push(commits.submit(item));
    await expect(commits.submit('a5')).rejects.toBeInstanceOf(OverloadedError);
    all.push(commits.submit('b1'), commits.submit('b2'));
    await expect(commits.submit('b3')).rejects.toBeInstanceOf(OverloadedError);
    await expect(commits.submit('a6')).rejects.toBeInstanceOf(OverloadedError);
    all.push(commits.submit('c1'));
    open();
    await Promise.all(all);
    await expect(commits.submit('a7')).resolves.toBe('a7!');
  });
});
