import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, afterSpoken, CROWD, joinQueue, type Waiting } from './queue.ts';

type Step = 'call' | 'note' | 'spoken' | 'failed';

/** Plays steps and writes down what was spoken, as `who` for each time. */
function play(steps: readonly Step[]): {
  said: string[];
  done: Map<string, number>;
  left: Waiting<string>[];
  arrived: string[];
} {
  let queue: Waiting<string>[] = [];
  const said: string[] = [];
  const arrived: string[] = [];
  const done = new Map<string, number>();
  const speak = () => {
    const head = queue[0];
    if (!head) return;
    said.push(head.item);
    const next = afterSpoken(queue);
    queue = next.queue;
    if (next.done) done.set(next.done.item, next.done.spoken);
  };
  for (const step of steps) {
    if (step === 'call' || step === 'note') {
      const name = `${step}${arrived.length}`;
      arrived.push(name);
      queue = joinQueue(queue, name, step === 'call' ? 2 : 1);
    } else if (step === 'spoken') speak();
    else queue = afterFailure(queue);
  }
  return { said, done, left: queue, arrived };
}

describe('the queue of a zone', () => {
  it('speaks a call twice, one after the other', () => {
    expect(play(['call', 'call', 'spoken', 'spoken', 'spoken', 'spoken']).said).toEqual([
      'call0',
      'call0',
      'call1',
      'call1',
    ]);
  });

  it('speaks each once while more than three wait behind it', () => {
    const calls: Step[] = Array(CROWD + 2).fill('call');
    const { said } = play([...calls, ...Array<Step>(20).fill('spoken')]);
    // Four wait behind the first; behind the second only three.
    expect(said.slice(0, 3)).toEqual(['call0', 'call1', 'call1']);
    expect(said).toHaveLength(1 + 2 * (CROWD + 1));
  });

  it('drops the repetition of a call when the crowd comes after its first time', () => {
    const crowd: Step[] = Array(CROWD + 1).fill('call');
    expect(play(['call', ...crowd, 'spoken', 'spoken']).said).toEqual(['call0', 'call1']);
    expect(play(['call', 'spoken', ...crowd, 'spoken']).said).toEqual(['call0', 'call0']);
  });

  it('goes on after what could not be spoken', () => {
    expect(play(['call', 'call', 'failed', 'spoken', 'spoken']).said).toEqual(['call1', 'call1']);
  });

  it('keeps the order, speaks nothing more than twice, and everything at least once', () => {
    const step = fc.constantFrom<Step>('call', 'note', 'spoken');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        // Afterwards it is silent until all is spoken.
        const { said, done, left, arrived } = play([...steps, ...Array<Step>(200).fill('spoken')]);
        expect(left).toEqual([]);
        expect(said.filter((name, index) => name !== said[index - 1])).toEqual(arrived);
        for (const name of arrived) {
          const times = said.filter((each) => each === name).length;
          expect(times).toBe(done.get(name));
          expect(times).toBeGreaterThanOrEqual(1);
          expect(times).toBeLessThanOrEqual(name.startsWith('call') ? 2 : 1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
