import type { ErrorCode } from '../errors.ts';

/** Error codes that the test of a device can end with. A new code of these families does not compile without advice. */
type DeviceErrorCode = Extract<
  ErrorCode,
  | `card-${string}`
  | `device-${string}`
  | `display-${string}`
  | `printer-${string}`
  | `reader-${string}`
  | `voice-${string}`
  | 'deadline'
  | 'internal'
  | 'paper-character-missing'
  | 'print-unconfirmed'
  | 'service-restarting'
>;

/** Words that drivers have of their own (`reason` of a device status). */
type DriverReason =
  | 'devices-restarting'
  | 'driver-experimental'
  | 'printer-cutter'
  | 'printer-hot'
  | 'printer-no-answer'
  | 'printer-not-ready'
  | 'printer-offline'
  | 'printer-paper-near-end'
  | 'printer-status-off';

/**
 * `well`: everything that was asked was done. `sent`: taken, by a device that cannot say what came of it. `mute`: cannot be
 * asked. `untried`: answers, and nobody did what they were asked to. `out-of-time`: its turn did not come.
 */
type TestReason = 'well' | 'sent' | 'mute' | 'untried' | 'unnamed-fault' | 'out-of-time';

/** How the test of one device ended. */
export type DoctorReason = TestReason | DriverReason | DeviceErrorCode;

/** `note`: can be worked with, and somebody should look. `none`: there is nothing to test. */
export type Verdict = 'well' | 'note' | 'ill' | 'none';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  well: '正常',
  note: '需留意',
  ill: '有问题',
  none: '未配置',
};

/** The drawings of what to do; the page has one for each. */
export const PICTURES = [
  'cable',
  'power',
  'paper',
  'cover',
  'card',
  'key',
  'port',
  'busy',
  'screen',
  'speaker',
  'settings',
  'call',
] as const;
export type Picture = (typeof PICTURES)[number];

/** What is said to whoever stands at the desk. */
export interface Advice {
  verdict: Verdict;
  /** What is true, one sentence. */
  sentence: string;
  /** At most three, in the order in which they are tried. */
  steps: readonly string[];
  /** Null when nothing has to be done. */
  picture: Picture | null;
}
