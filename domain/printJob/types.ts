import type { BlankForm } from '../blanks/serial.ts';
import type { VoidReason } from '../case/progress.ts';
import type { CertificateContent } from '../certificate/content.ts';

/**
 * The journal of certificates that go through a printer (devices.md §6.6): one job is one sheet, one stream
 * `print:<uuid>`, and only the machine with the printer writes it.
 */

export type PrintState = 'PREPARED' | 'SENDING' | 'SENT' | 'CONFIRMED' | 'SPOILED' | 'UNKNOWN' | 'DROPPED';

/** Bodies of the ops of a job. */
export interface PrintBodies {
  /** Rendered, and nothing sent. Said again when it is rendered anew before any byte left. */
  'print.prepared': PreparedPrint;
  /** From here on the sheet is used up, whatever becomes of it. */
  'print.sending': Record<never, never>;
  /** The printer refused before the first byte. */
  'print.held': { why: string };
  'print.sent': Record<never, never>;
  /** Nobody knows what is on the paper. */
  'print.unknown': { why: string };
  /** Somebody looked: the paper is good, and bears this serial. */
  'print.confirmed': { serial: string };
  'print.spoiled': { reason: VoidReason; note: string; witness: string };
  'print.dropped': Record<never, never>;
}

export type PrintOpKind = keyof PrintBodies;

export type PrintChange = { [K in PrintOpKind]: { kind: K; body: PrintBodies[K] } }[PrintOpKind];

export interface PreparedPrint {
  caseId: string;
  terminal: string;
  /** 证号 */
  certificate: string;
  /** 印制号 of the sheet that lies in the printer. */
  blank: string;
  form: BlankForm;
  /** Name and version of the layout of the page. */
  layout: string;
  /** Of the printer's offsets; null: none was made. */
  calibration: string | null;
  /** SHA-256 of exactly the bytes that go to the printer, lower-case hex. */
  sha256: string;
  bytes: number;
  /** What stands on the page: the check compares it with the register. */
  content: CertificateContent;
}

export interface PrintJobRecord extends PreparedPrint {
  id: string;
  version: number;
  /** The machine with the printer. */
  device: string;
  /** Staff number of who put the sheet in. */
  operator: string;
  preparedAt: string;
  state: PrintState;
  /** It has been SENDING at least once. */
  fed: boolean;
  /** Every state it came to, oldest first. */
  history: { state: PrintState; at: string; by: string; why: string | null }[];
  spoiled: { reason: VoidReason; note: string; by: string; witness: string; at: string } | null;
}

/** Why a job is refused a step. Each code has a sentence in contract/errors.ts. */
export type PrintRefusal = 'illegal-transition' | 'two-person' | 'blank-mismatch' | 'blank-used';

export type PrintStepped = { ok: true; record: PrintJobRecord } | { ok: false; code: PrintRefusal };
