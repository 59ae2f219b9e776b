import { expect, test } from 'vitest';
import { decideOfficeKey, type OfficeKeyContext } from './keys.ts';

const LIST: OfficeKeyContext = { isOpen: false, isCovered: false, canClaim: false, target: 'list' };
const CASE: OfficeKeyContext = { isOpen: true, isCovered: false, canClaim: true, target: 'other' };
const press = (
  key: string,
  context: OfficeKeyContext,
  held: { ctrl?: boolean; alt?: boolean; composing?: boolean } = {},
) => decideOfficeKey({ key, ctrl: false, alt: false, composing: false, ...held }, context);

test('arrows move, Enter opens, a digit changes the lane, a slash goes to the filter', () => {
  expect(press('ArrowDown', LIST)).toEqual({ do: 'move', step: 1 });
  expect(press('ArrowUp', { ...LIST, target: 'filter' })).toEqual({ do: 'move', step: -1 });
  expect(press('Enter', LIST)).toEqual({ do: 'open' });
  expect(press('Enter', { ...LIST, target: 'filter' })).toEqual({ do: 'open' });
  expect(press('3', LIST)).toEqual({ do: 'lane', index: 2 });
  expect(press('/', LIST)).toEqual({ do: 'filter' });
  expect(press(' ', LIST)).toEqual({ do: 'mark' });
});

test('digits, slash and space typed into a field stay there', () => {
  for (const target of ['filter', 'text'] as const) {
    for (const key of ['3', '/', ' ', 'a']) expect(press(key, { ...LIST, target })).toBeNull();
  }
  expect(press('ArrowDown', { ...CASE, target: 'text' })).toBeNull();
  expect(press('1', { ...CASE, target: 'control' })).toBeNull();
  expect(press('/', { ...LIST, target: 'control' })).toEqual({ do: 'filter' });
});

test('Enter claims a free task, and does nothing more on one that is claimed', () => {
  expect(press('Enter', CASE)).toEqual({ do: 'claim' });
  expect(press('Enter', { ...CASE, canClaim: false })).toBeNull();
  expect(press('Enter', { ...CASE, target: 'text' })).toBeNull();
});

test('the two acts of a lane need Ctrl and an open case, from any field', () => {
  for (const target of ['text', 'control', 'other', 'list'] as const) {
    expect(press('Enter', { ...CASE, target }, { ctrl: true })).toEqual({ do: 'done' });
    expect(press('Backspace', { ...CASE, target }, { ctrl: true })).toEqual({ do: 'back' });
  }
  expect(press('Enter', LIST, { ctrl: true })).toBeNull();
  expect(press('Backspace', LIST, { ctrl: true })).toBeNull();
});

test('a dialog and the input method keep their keys', () => {
  for (const key of ['Enter', 'Escape', 'ArrowDown', '1', '/']) {
    expect(press(key, { ...CASE, isCovered: true })).toBeNull();
    expect(press(key, LIST, { composing: true })).toBeNull();
  }
  expect(press('Enter', { ...CASE, isCovered: true }, { ctrl: true })).toBeNull();
  expect(press('Escape', CASE)).toEqual({ do: 'leave' });
  expect(press('m', CASE, { alt: true })).toEqual({ do: 'unmask' });
});

test('Alt+O shows what is on its way, with or without a case, and never under a dialog', () => {
  for (const target of ['list', 'filter', 'text', 'control', 'other'] as const) {
    expect(press('o', { ...LIST, target }, { alt: true })).toEqual({ do: 'outbox' });
    expect(press('O', { ...CASE, target }, { alt: true })).toEqual({ do: 'outbox' });
  }
  expect(press('o', { ...CASE, isCovered: true }, { alt: true })).toBeNull();
  expect(press('o', CASE, { alt: true, ctrl: true })).toBeNull();
});
