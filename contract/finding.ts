/**
 * What a check of a data file found, at a terminal or the centre. Details name positions, tables and
 * serials of blanks, never a person.
 */
export interface Finding {
  code:
    | 'integrity'
    | 'foreign-key'
    | 'gap'
    | 'body-hash'
    | 'prev-hash'
    | 'hash'
    | 'out-of-order'
    | 'epoch-clash'
    | 'projection-differs'
    | 'not-replayable'
    | 'case-number-twice'
    | 'certificate-number-twice'
    | 'blank-used-twice'
    | 'blank-not-in-custody'
    | 'blank-balance'
    | 'sheet-not-taken'
    | 'sheet-without-job'
    | 'acked-beyond-log'
    | 'receipt-differs'
    /** Centre only. */
    | 'result-missing'
    | 'scope-differs'
    | 'sequence-behind'
    | 'ticket-number-twice'
    | 'ticket-called-twice'
    | 'lease-overlap'
    | 'ticket-outside-lease';
  detail: string;
}
