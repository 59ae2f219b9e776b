import { describe, expect, test } from 'vitest';
import { decideScanKey, type ScanKeyContext, type ScanKeyPress } from './scanKeys.ts';

const press = (key: string, part: Partial<ScanKeyPress> = {}): ScanKeyPress => ({
  key,
  ctrl: false,
  alt: false,
  ...part,
});
const at = (part: Partial<ScanKeyContext> = {}): ScanKeyContext => ({
  view: 'camera',
  removing: false,
  target: 'other',
  ...part,
});

describe('the keys of the scan dialog', () => {
  test('space takes a picture, and from a page it goes back to the camera first', () => {
    expect(decideScanKey(press(' '), at())).toBe('shoot');
    expect(decideScanKey(press(' '), at({ view: 'page' }))).toBe('camera');
    for (const target of ['button', 'choice'] as const) expect(decideScanKey(press(' '), at({ target }))).toBe('shoot');
  });

  test('Enter attaches, presses a button that has the focus, and ends cropping', () => {
    expect(decideScanKey(press('Enter'), at())).toBe('attach');
    expect(decideScanKey(press('Enter'), at({ target: 'button' }))).toBeNull();
    expect(decideScanKey(press('Enter'), at({ view: 'crop', target: 'edge' }))).toBe('crop-done');
  });

  test('letters turn, crop and import, and stay letters in a list', () => {
    expect(['r', 'R', 'c', 'o'].map((key) => decideScanKey(press(key), at({ view: 'page' })))).toEqual([
      'turn',
      'turn',
      'crop',
      'import',
    ]);
    expect(decideScanKey(press('r'), at({ target: 'choice' }))).toBeNull();
    expect(decideScanKey(press(' '), at({ target: 'field' }))).toBeNull();
    expect(decideScanKey(press('r', { ctrl: true }), at())).toBeNull();
  });

  test('arrows choose a page, with Alt they move it, and while cropping they belong to the edges', () => {
    expect(decideScanKey(press('ArrowDown'), at())).toBe('next');
    expect(decideScanKey(press('ArrowUp', { alt: true }), at())).toBe('earlier');
    expect(decideScanKey(press('ArrowLeft', { alt: true }), at())).toBeNull();
    expect(decideScanKey(press('ArrowDown'), at({ view: 'crop', target: 'edge' }))).toBeNull();
  });

  test('an open question takes every key', () => {
    for (const key of [' ', 'Enter', 'Delete', 'r'])
      expect(decideScanKey(press(key), at({ removing: true }))).toBeNull();
  });
});
