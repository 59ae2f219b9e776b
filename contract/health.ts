/**
 * Alarms of a machine: the one table (docs/operations.md, "Alarms", says what to do in each). Codes are stable: they stand
 * in logs, metrics and reports. Sentences are in the string catalogue (`health`). No zod: pages read this file.
 *
 * `stop`: nothing more is saved here until somebody helps. `over`: something may be lost, or is not what it should be;
 * somebody acts today. `near`: goes on, and somebody looks when there is time.
 */
export const HEALTH = {
  'disk-full': { level: 'stop' },
  'read-only-check': { level: 'stop' },
  'device-revoked': { level: 'over' },
  'data-copied': { level: 'over' },
  quarantine: { level: 'over' },
  'scan-damage': { level: 'over' },
  'receipt-contradicted': { level: 'over' },
  'digest-differs': { level: 'over' },
  'rows-lone': { level: 'over' },
  'journal-failed': { level: 'over' },
  'sync-stuck': { level: 'over' },
  'intake-stuck': { level: 'over' },
  'backup-failed': { level: 'over' },
  'backup-late': { level: 'over' },
  'disk-low': { level: 'near' },
  'journal-behind': { level: 'near' },
  'scan-overdue': { level: 'near' },
  'version-old': { level: 'near' },
  'clock-skew': { level: 'near' },
  'key-weak': { level: 'near' },
} as const satisfies Record<string, { level: HealthLevel }>;

export type HealthCode = keyof typeof HEALTH;

/** The worst first. */
export const HEALTH_LEVELS = ['stop', 'over', 'near'] as const;
export type HealthLevel = (typeof HEALTH_LEVELS)[number];

/** The worst first; the order of the table decides between equals. */
export const HEALTH_CODES = Object.keys(HEALTH) as HealthCode[];

/** Numbers, and words of a program: a value that could hold what a person wrote does not fit. */
export type HealthDetail = Readonly<Record<string, number | string>>;

/** Of a string in a detail: a code, a name of a table, a version, an instant. */
export const HEALTH_WORD = /^[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}$/;
/** Of a detail's own names. */
export const HEALTH_FACT = /^[a-z][A-Za-z]{0,31}$/;

export interface HealthAlarm {
  code: HealthCode;
  level: HealthLevel;
  /** ISO. */
  since: string;
  detail: HealthDetail;
  /** Who has seen it, since it came up; null: nobody. */
  known: { by: string; at: string } | null;
}

export function isHealthCode(code: unknown): code is HealthCode {
  return typeof code === 'string' && Object.hasOwn(HEALTH, code);
}
