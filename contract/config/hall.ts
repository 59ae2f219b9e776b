import { z } from 'zod';
import { owner } from './port.ts';

/** What a key of the keypad at a window does. */
export const KEY_ACTIONS = [
  'next',
  'pickup',
  'recall',
  'arrive',
  'no-show',
  'finish',
  'hold',
  'call-back',
  'pause',
] as const;
export const keyAction = z.enum(KEY_ACTIONS);
export type KeyAction = z.infer<typeof keyAction>;

/** Keys by the name the device gives them; `number` typed in before `call-back` names the ticket. */
export const USUAL_KEYS: Record<string, KeyAction> = {
  1: 'next',
  2: 'recall',
  3: 'no-show',
  4: 'finish',
  5: 'hold',
  6: 'call-back',
  7: 'pickup',
  8: 'pause',
  9: 'arrive',
};

/** This machine's part in the queue of the hall, beside its own window. */
export const hallConfig = z.strictObject({
  zones: z
    .array(owner)
    .max(20)
    .optional()
    .describe('zones whose every call this machine speaks, over its `devices.voices` of the same names'),
  displays: z
    .array(owner)
    .max(99)
    .optional()
    .describe('windows such as W07 whose displays this machine drives, over its `devices.displays` of the same names'),
  keys: z
    .record(z.string().min(1).max(16), keyAction)
    .default(USUAL_KEYS)
    .describe('key of the keypad → what it does; a key that is not listed does nothing'),
  dispenses: z
    .boolean()
    .optional()
    .describe('gives ticket numbers, also without the hub; left out: a pre-review terminal does, others do not'),
});

export type HallConfig = z.infer<typeof hallConfig>;

interface WithDevices {
  hall: HallConfig;
  devices: { voices?: object | undefined; displays?: object | undefined };
}

/** @returns where a zone or a window is named that has no device here */
export function findHallProblems({ hall, devices }: WithDevices): { path: (string | number)[]; message: string }[] {
  const missing = (list: 'zones' | 'displays', family: 'voices' | 'displays') =>
    (hall[list] ?? []).flatMap((name, index) =>
      Object.hasOwn(devices[family] ?? {}, name)
        ? []
        : [{ path: ['hall', list, index], message: `no such device: expected devices.${family}.${name}` }],
    );
  return [...missing('zones', 'voices'), ...missing('displays', 'displays')];
}
