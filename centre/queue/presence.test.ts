import { beforeEach, describe, expect, it } from 'vitest';
import { Presence } from './presence.ts';

let clock = 0;
let presence: Presence;
beforeEach(() => {
  clock = 1_000_000;
  presence = new Presence(() => clock);
});

const hear = (unsent = 0) => presence.hear('main', 'W03', unsent);
const isSilent = () => presence.isSilent('main', 'W03');
const isReserved = () => presence.isReservedFor('main', 'W03');

it('a hub that starts anew has heard nobody', () => {
  expect([isSilent(), isReserved()]).toEqual([true, true]);
  hear();
  expect([isSilent(), isReserved()]).toEqual([false, false]);
});

it('a window is silent after six seconds, not before', () => {
  hear();
  clock += 6000;
  expect(isSilent()).toBe(false);
  clock += 1;
  expect([isSilent(), isReserved()]).toEqual([true, true]);
});

it('a window that goes on by itself is silent although it is heard: the answers of the hub get lost', () => {
  hear(0);
  hear(1);
  expect([isSilent(), isReserved()]).toEqual([true, true]);
});

describe('a window that comes back', () => {
  beforeEach(() => {
    hear();
    clock += 20_000;
  });

  it('with something to tell is silent until it has told all of it', () => {
    hear(3);
    expect(isSilent()).toBe(true);
    clock += 2000;
    hear(1);
    expect([isSilent(), isReserved()]).toEqual([true, true]);
    clock += 2000;
    hear(0);
    expect([isSilent(), isReserved()]).toEqual([false, false]);
  });
});

describe('a release', () => {
  it('gives back what was kept, until the window is heard again', () => {
    hear();
    clock += 10_000;
    presence.release('main', 'W03');
    expect([isSilent(), isReserved()]).toEqual([true, false]);
    hear(2);
    expect(isReserved()).toBe(false);
    hear(0);
    clock += 10_000;
    expect([isSilent(), isReserved()]).toEqual([true, true]);
  });

  it('of a window that is there means nothing when it goes later', () => {
    hear();
    presence.release('main', 'W03');
    clock += 10_000;
    expect(isReserved()).toBe(true);
  });

  it('is of one hall', () => {
    presence.release('branch', 'W03');
    expect(isReserved()).toBe(true);
  });
});

it('lists who was heard when, and what they still have to tell', () => {
  hear(2);
  clock += 1500;
  expect(presence.list('main', ['W03', 'W04'])).toEqual([
    { terminal: 'W03', heardMsAgo: 1500, unsent: 2, silent: true },
    { terminal: 'W04', heardMsAgo: null, unsent: 0, silent: true },
  ]);
});
