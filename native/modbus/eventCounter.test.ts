import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventCounter } from './eventCounter.ts';

describe('presses out of a counter', () => {
  it('begin to count with the first value', () => {
    const counter = new EventCounter();
    expect([counter.advance(500, 0), counter.advance(500, 150), counter.advance(501, 300)]).toEqual([0, 0, 1]);
  });

  it('go on over the wrap', () => {
    const counter = new EventCounter();
    counter.advance(65_534, 0);
    expect([counter.advance(65_535, 150), counter.advance(1, 300)]).toEqual([1, 2]);
  });

  it('of a device that began anew are those since, and not thousands', () => {
    const counter = new EventCounter();
    counter.advance(500, 0);
    expect([counter.advance(0, 1000), counter.advance(1, 1150)]).toEqual([0, 1]);
    expect(counter.advance(40_000, 1300)).toBe(0);
    expect(counter.advance(2, 2000)).toBe(2);
  });

  it('are as many as a hand can do in an hour without polls', () => {
    const counter = new EventCounter();
    counter.advance(0, 0);
    expect(counter.advance(30_000, 3_600_000)).toBe(30_000);
  });

  it('are neither lost nor doubled, whichever polls are lost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.array(fc.record({ presses: fc.integer({ min: 0, max: 3 }), seen: fc.boolean() }), { maxLength: 200 }),
        (start, polls) => {
          const counter = new EventCounter();
          counter.advance(start, 0);
          let pressed = 0;
          let told = 0;
          for (const [index, { presses, seen }] of [...polls, { presses: 0, seen: true }].entries()) {
            pressed += presses;
            if (seen) told += counter.advance((start + pressed) % 65_536, (index + 1) * 150);
          }
          expect(told).toBe(pressed);
        },
      ),
    );
  });
});
