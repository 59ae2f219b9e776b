/** What an entry of the audit log can be about: the kinds of streams. */
export const AUDIT_STREAMS = [
  'case',
  'session',
  'blanks',
  'payment',
  'staff',
  'note',
  'slip',
  'scan',
  'outage',
  'attempt',
  'hub',
] as const;
