import { z } from 'zod';

/** Keys that call over any other program while a clerk is signed in at a window (users.md §B.1). */

export const SHORTCUT_VERBS = [
  'callNext',
  'recall',
  'finish',
  'noShow',
  'pause',
  'transfer',
  'hold',
  'callBack',
] as const;
export type ShortcutVerb = (typeof SHORTCUT_VERBS)[number];

/** One or more of Ctrl, Alt, Shift, Super, then one key: what Electron's `globalShortcut` takes everywhere. */
const ACCELERATOR = /^(?:(?:Ctrl|Alt|Shift|Super)\+){1,4}(?:F(?:[1-9]|1\d|2[0-4])|[A-Z0-9]|num[0-9])$/;

/** Shift alone types letters, and Ctrl with a letter belongs to other programs. */
const accelerator = z
  .string()
  .regex(ACCELERATOR, 'expected modifiers and one key, such as Ctrl+Shift+F1')
  .refine((text) => /\+(?:F\d+|num\d)$/.test(text) || text.split('+').length >= 3, {
    message: 'a letter or digit needs two modifiers: with one it belongs to other programs',
  })
  .nullable();

/**
 * Null: no such key. Not Ctrl+Alt with a function key: on Linux that leaves the desktop for a text console.
 */
export const shortcutsConfig = z
  .strictObject({
    callNext: accelerator.default('Ctrl+Shift+F1'),
    recall: accelerator.default('Ctrl+Shift+F2'),
    finish: accelerator.default('Ctrl+Shift+F3'),
    noShow: accelerator.default('Ctrl+Shift+F4'),
    pause: accelerator.default('Ctrl+Shift+F5'),
    transfer: accelerator.default('Ctrl+Shift+F6'),
    hold: accelerator.default('Ctrl+Shift+F7'),
    callBack: accelerator.default('Ctrl+Shift+F8'),
  } satisfies Record<ShortcutVerb, z.ZodType>)
  .refine((keys) => areDistinct(Object.values(keys)), { message: 'two shortcuts have the same keys' })
  .describe('keys over any other program, at a window whose clerk is signed in; null: none');

export type ShortcutsConfig = z.infer<typeof shortcutsConfig>;

function areDistinct(keys: readonly (string | null)[]): boolean {
  const used = keys.filter((key) => key !== null);
  return new Set(used).size === used.length;
}
