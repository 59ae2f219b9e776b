import { describe, expect, test } from 'vitest';
import { displayOf, peekSecondScreen } from './secondScreen.ts';

const at = (id: number, x: number, y = 0) => ({ id, bounds: { x, y } });

describe('the number of a display', () => {
  const displays = [at(9, 3840), at(7, 0), at(8, -1920), at(5, 3840, 1080)];

  test('1 is the main one, the others follow from left to right, then downwards', () => {
    expect([1, 2, 3, 4].map((number) => displayOf(number, displays, 7)?.id)).toEqual([7, 8, 9, 5]);
  });

  test('one that is not connected is none', () => {
    expect(displayOf(5, displays, 7)).toBeNull();
    expect(displayOf(1, [], 7)).toBeNull();
  });
});

test('the configuration names it, and nothing that is no number', () => {
  expect(peekSecondScreen('{ "screen": { "display": 2, }, } // two')).toEqual({ display: 2, shows: 'screen' });
  expect(peekSecondScreen('{"screen":{"display":2,"shows":"citizen"}}')).toEqual({ display: 2, shows: 'citizen' });
  for (const text of [
    '{}',
    '',
    '{"screen":{}}',
    '{"screen":{"shows":"citizen"}}',
    '{"screen":{"display":"2"}}',
    '{"screen":{"display":0}}',
    '{"screen":{"display":1.5}}',
  ])
    expect(peekSecondScreen(text)).toBeNull();
});
