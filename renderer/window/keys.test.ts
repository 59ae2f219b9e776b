import { describe, expect, test } from 'vitest';
import { decideKey, type KeyContext, type KeyPress } from './keys.ts';
import { afterTick, checklistKey } from './parts/checklistKeys.ts';
import { fieldCandidates } from './useFocusPath.ts';

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  composing: false,
  ...part,
});
const at = (part: Partial<KeyContext> = {}): KeyContext => ({
  view: 'form',
  overlay: 'none',
  target: 'other',
  cardAnswers: 3,
  ...part,
});

describe('the window keys', () => {
  test('Enter does the primary action from anywhere but a text area, a list or a button', () => {
    expect(decideKey(press('Enter'), at({ target: 'input' }))).toEqual({ do: 'primary' });
    expect(decideKey(press('Enter'), at())).toEqual({ do: 'primary' });
    for (const target of ['textarea', 'open-list', 'button'] as const) {
      expect(decideKey(press('Enter'), at({ target }))).toBeNull();
    }
  });

  test('a composing input method keeps every key', () => {
    expect(decideKey(press('Enter', { composing: true }), at({ target: 'input' }))).toBeNull();
  });

  test('F1 to F8 are the queue’s in this order, wherever the clerk is, and nothing beside them', () => {
    const verbs = ['callNext', 'recall', 'finish', 'noShow', 'pause', 'transfer', 'hold', 'callBack'];
    for (const [index, verb] of verbs.entries()) {
      const key = `F${index + 1}`;
      for (const view of ['form', 'case'] as const) {
        expect(decideKey(press(key), at({ view, target: 'textarea' }))).toEqual({ do: 'queue', verb });
      }
      for (const overlay of ['dialog', 'find', 'card-question'] as const) {
        expect(decideKey(press(key), at({ overlay }))).toEqual({ do: 'swallow' });
      }
      for (const modifier of ['ctrl', 'alt', 'shift'] as const) {
        expect(decideKey(press(key, { [modifier]: true }), at())).toBeNull();
      }
    }
    expect(decideKey(press('w', { alt: true }), at({ view: 'case' }))).toEqual({ do: 'why' });
  });

  test('Alt+N enters by hand on the form only, F9 scans, F10 prints, Ctrl+K finds, Ctrl+D tests the devices, Alt+M unmasks, Alt+O shows what waits, Ctrl+L locks', () => {
    expect(decideKey(press('n', { alt: true }), at())).toEqual({ do: 'hand-entry' });
    expect(decideKey(press('n', { alt: true }), at({ view: 'case' }))).toBeNull();
    expect(decideKey(press('F10'), at())).toEqual({ do: 'print' });
    for (const view of ['form', 'case'] as const) expect(decideKey(press('F9'), at({ view }))).toEqual({ do: 'scan' });
    expect(decideKey(press('k', { ctrl: true }), at({ target: 'textarea' }))).toEqual({ do: 'find' });
    expect(decideKey(press('d', { ctrl: true }), at({ target: 'input' }))).toEqual({ do: 'doctor' });
    for (const overlay of ['dialog', 'find', 'card-question'] as const) {
      expect(decideKey(press('d', { ctrl: true }), at({ overlay }))).toEqual({ do: 'swallow' });
    }
    expect(decideKey(press('m', { alt: true }), at())).toEqual({ do: 'unmask' });
    expect(decideKey(press('o', { alt: true }), at({ target: 'input' }))).toEqual({ do: 'outbox' });
    expect(decideKey(press('o', { alt: true }), at({ overlay: 'dialog' }))).toBeNull();
    expect(decideKey(press('l', { ctrl: true }), at())).toEqual({ do: 'lock' });
  });

  test('Alt+G goes from a loan on its page to the mortgage, and does nothing on the form', () => {
    expect(decideKey(press('g', { alt: true }), at({ view: 'case' }))).toEqual({ do: 'mortgage' });
    expect(decideKey(press('g', { alt: true }), at())).toBeNull();
  });

  test('an open question takes its digits and lets nothing accept behind it', () => {
    const asking = at({ overlay: 'card-question', target: 'input' });
    expect(decideKey(press('2'), asking)).toEqual({ do: 'answer-card', index: 1 });
    expect(decideKey(press('4'), asking)).toBeNull();
    expect(decideKey(press('Enter'), asking)).toBeNull();
    expect(decideKey(press('F10'), asking)).toEqual({ do: 'swallow' });
    expect(decideKey(press('Escape'), asking)).toEqual({ do: 'back' });
  });

  test('a dialog has its own keys', () => {
    for (const key of ['Enter', 'F9', 'F10', 'Escape']) {
      expect(decideKey(press(key), at({ overlay: 'dialog' }))).toBeNull();
    }
  });
});

describe('the checklist keys', () => {
  const codes = ['M01', 'M02', 'M28'];
  test('arrows stay inside, plus and minus count, left and right change the form', () => {
    expect(checklistKey('ArrowDown', codes, 'M28')).toEqual({ do: 'move', to: 'M28' });
    expect(checklistKey('ArrowUp', codes, 'M28')).toEqual({ do: 'move', to: 'M02' });
    expect(checklistKey('+', codes, 'M01')).toEqual({ do: 'copies', step: 1 });
    expect(checklistKey('ArrowLeft', codes, 'M01')).toEqual({ do: 'form', step: -1 });
    expect(checklistKey(' ', codes, 'M01')).toEqual({ do: 'toggle' });
    expect(checklistKey('Enter', codes, 'M01')).toBeNull();
  });

  test('after a tick the focus goes to the next missing paper, then round, then stays', () => {
    const ticked =
      (...all: string[]) =>
      (code: string) =>
        all.includes(code);
    expect(afterTick(codes, 'M01', ticked('M01', 'M02'))).toBe('M28');
    expect(afterTick(codes, 'M28', ticked('M28', 'M02'))).toBe('M01');
    expect(afterTick(codes, 'M28', ticked(...codes))).toBe('M28');
  });
});

test('a problem path falls back to the nearest part that is drawn', () => {
  expect(fieldCandidates('parties.0.overrides.card-expired')).toEqual([
    'parties.0.overrides.card-expired',
    'parties.0.overrides',
    'parties.0',
    'parties',
  ]);
});
