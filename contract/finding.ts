/** What each means and what to do: docs/operations.md, "Is everything there?". */
export const FINDING_CODES = [
  'integrity',
  'foreign-key',
  'gap',
  'body-hash',
  'prev-hash',
  'hash',
  'out-of-order',
  'epoch-clash',
  'projection-differs',
  'not-replayable',
  'case-number-twice',
  'certificate-number-twice',
  'blank-used-twice',
  'blank-not-in-custody',
  'blank-balance',
  'sheet-not-taken',
  'sheet-without-job',
  'acked-beyond-log',
  'receipt-differs',
  /** Not signed by whom it names. */
  'receipt-forged',
  /** Centre only. */
  'result-missing',
  /** What an author signed of its chain is not what is here. */
  'signed-head-differs',
  'signature-forged',
  /** Ops of a device that signs, and for which it has not signed. */
  'unsigned-ops',
  /** A terminal showed a receipt of ours for more than is here. */
  'cut-below-receipt',
  'scope-differs',
  'sequence-behind',
  'ticket-number-twice',
  'ticket-called-twice',
  'lease-overlap',
  'ticket-outside-lease',
] as const;

/**
 * What a check of a data file found, at a terminal or the centre. Details name positions, tables and
 * serials of blanks, never a person.
 */
export interface Finding {
  code: (typeof FINDING_CODES)[number];
  detail: string;
}
