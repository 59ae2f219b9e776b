import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';
import type { HealthReport } from '../types.ts';

/** DLE EOT n and what its one-byte answers mean (devices.md §2.4). */

export type StatusQuery = 1 | 2 | 3 | 4;

export function statusRequest(query: StatusQuery): Uint8Array {
  return Uint8Array.of(0x10, 0x04, query);
}

/** Bit 0 and 7 are 0, bit 1 and 4 are 1 in every answer. */
export function isStatusByte(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** Answers to the four queries; null for one that was not asked or not answered. */
export interface StatusAnswers {
  printer: number | null;
  offlineCause: number | null;
  errorCause: number | null;
  paper: number | null;
}

export interface PrinterCondition {
  offline: boolean;
  coverOpen: boolean;
  paperOut: boolean;
  nearEnd: boolean;
  cutterError: boolean;
  /** Wants a person or a power cycle. */
  error: boolean;
  /** Head too hot: goes on by itself. */
  hot: boolean;
}

export function parseStatus(answers: StatusAnswers): PrinterCondition {
  const has = (byte: number | null, mask: number): boolean => byte !== null && (byte & mask) !== 0;
  const { printer, offlineCause, errorCause, paper } = answers;
  const hot = has(errorCause, 0x40);
  const causeNamed = has(errorCause, 0x04 | 0x08 | 0x20);
  return {
    offline: has(printer, 0x08),
    coverOpen: has(offlineCause, 0x04),
    // Of the pairs in query 4 either bit counts: on two-roll models each stands for one roll.
    paperOut: has(offlineCause, 0x20) || has(paper, 0x60),
    nearEnd: has(paper, 0x0c),
    cutterError: has(errorCause, 0x08),
    error: causeNamed || (has(offlineCause, 0x40) && !hot),
    hot,
  };
}

/** What query 1 says about the need for 2 and 3: offline, or waiting for recovery. */
export function asksForCauses(printer: number): boolean {
  return (printer & 0x28) !== 0;
}

export interface Verdict extends HealthReport {
  /** The error a print job ends with; null when a job may be sent. */
  refusal: ErrorCode | null;
  /** The printer may go on by itself: refuses a new job, does not end a running one. */
  passing: boolean;
}

const NO_ANSWER: Verdict = {
  health: 'unknown',
  reason: 'printer-no-answer',
  message: '打印机没有报告状态，请检查电源和连线，并留意出纸。',
  refusal: null,
  passing: true,
};

/** For a printer configured with `status: false`. */
export const STATUS_OFF: HealthReport = {
  health: 'unknown',
  reason: 'printer-status-off',
  message: '本打印机不报告状态，缺纸或开盖时没有提示，请留意出纸。',
};

/** One verdict, the condition a person has to clear first coming first. */
export function judgeStatus(answers: StatusAnswers): Verdict {
  if (answers.printer === null && answers.paper === null) return NO_ANSWER;
  const condition = parseStatus(answers);
  if (condition.coverOpen) return fault('printer-cover-open', 'printer-cover-open');
  if (condition.paperOut) return fault('printer-paper-out', 'printer-paper-out');
  if (condition.cutterError) {
    return fault('printer-error', 'printer-cutter', '打印机切刀卡住，内容未丢失，请关机清除卡纸，重开后重打。');
  }
  if (condition.error) return fault('printer-error', 'printer-error');
  if (condition.hot) {
    return { ...fault('printer-error', 'printer-hot', '打印头过热，内容未丢失，请稍候再打。'), passing: true };
  }
  if (condition.offline) {
    const message = '打印机处于脱机状态，内容未丢失，请按联机键或重开打印机后重打。';
    return { ...fault('printer-error', 'printer-offline', message), passing: true };
  }
  if (condition.nearEnd) {
    return {
      health: 'attention',
      reason: 'printer-paper-near-end',
      message: '打印纸将尽，请准备换纸。',
      refusal: null,
      passing: true,
    };
  }
  return { health: 'online', reason: null, message: null, refusal: null, passing: true };
}

function fault(refusal: ErrorCode, reason: string, message: string = ERRORS[refusal]): Verdict {
  return { health: 'fault', reason, message, refusal, passing: false };
}
