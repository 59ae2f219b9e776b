import { z } from 'zod';
import { SHORTCUT_VERBS } from '../config/shortcuts.ts';

const verb = z.enum(SHORTCUT_VERBS);

/** Sent by the Electron shell itself, to pages of the window. */
export const shortcutEvents = {
  /** A key was pressed over whatever program has the screen. */
  'shortcut.pressed': { topic: 'service', payload: z.strictObject({ verb }) },
  /** Which keys could not be had: another program holds them. Empty: all are there. */
  'shortcut.state': {
    topic: 'service',
    payload: z.strictObject({ taken: z.array(z.strictObject({ verb, keys: z.string() })) }),
  },
} as const;
