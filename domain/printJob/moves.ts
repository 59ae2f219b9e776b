import type { TransitionId } from '../case/transitions.ts';
import type { StaffRole } from '../staff/roles.ts';
import type { PrintOpKind, PrintState } from './types.ts';

/** What a job in this state means for everything around it. */
export interface PrintMeaning {
  name: string;
  paper: string;
  blank: string;
  certificate: string;
  case: string;
  /** What has to happen next, and who does it. */
  next: string;
}

/** The states of a job; read by pages, tests and docs/print-states.md. */
export const PRINT_STATES: Readonly<Record<PrintState, PrintMeaning>> = {
  PREPARED: {
    name: '待打',
    paper: '在打印机里，没有送过一个字节',
    blank: '已绑定本件',
    certificate: '占用',
    case: '缮证中',
    next: '再次开始，或放下',
  },
  SENDING: {
    name: '正在送',
    paper: '打印机正在收',
    blank: '已用，永远归这一单',
    certificate: '占用',
    case: '缮证中',
    next: '等送完；中断即待看纸',
  },
  SENT: {
    name: '已送完',
    paper: '该出来了',
    blank: '已用，永远归这一单',
    certificate: '占用',
    case: '缮证中',
    next: '看纸，再录印制号',
  },
  UNKNOWN: {
    name: '待看纸',
    paper: '没有人知道上面有什么',
    blank: '已用，永远归这一单',
    certificate: '占用',
    case: '缮证中',
    next: '一个人看纸后回答；从不自动重打',
  },
  CONFIRMED: {
    name: '已认纸',
    paper: '完好，号码相符',
    blank: '已打证',
    certificate: '在这张纸上',
    case: '已缮证',
    next: '质检；不合格即作废',
  },
  SPOILED: {
    name: '已作废',
    paper: '剪断号码，当日清点',
    blank: '作废',
    certificate: '空出，可另起一单用新的空白证',
    case: '已登簿',
    next: '无',
  },
  DROPPED: {
    name: '已放下',
    paper: '没有用过',
    blank: '仍绑定本件，可以另起一单',
    certificate: '空出',
    case: '缮证中',
    next: '无',
  },
};

export const PRINT_STATE_CODES = Object.keys(PRINT_STATES) as PrintState[];

export interface PrintMove {
  name: string;
  /** `null`: the job does not exist yet. */
  from: readonly (PrintState | null)[];
  to: PrintState;
  /** Who asks for it; nobody: the machine with the printer, by itself. */
  who: readonly StaffRole[];
  /** Steps of the case that go with it. */
  with?: readonly TransitionId[];
}

/**
 * The legal moves of a job (devices.md §6.6). What is not listed is refused. 缮证 is the role PRT, at a window or in the
 * print room (domain.md §3.1): T28, T29 and T30 are its steps and nobody else's.
 */
export const PRINT_MOVES: Readonly<Record<PrintOpKind, PrintMove>> = {
  'print.prepared': { name: '备好', from: [null, 'PREPARED'], to: 'PREPARED', who: ['PRT'], with: ['T28'] },
  'print.sending': { name: '开始送', from: ['PREPARED'], to: 'SENDING', who: ['PRT'] },
  'print.held': { name: '没有开始', from: ['SENDING'], to: 'PREPARED', who: [] },
  'print.sent': { name: '送完', from: ['SENDING'], to: 'SENT', who: [] },
  'print.unknown': { name: '中断', from: ['SENDING', 'SENT'], to: 'UNKNOWN', who: [] },
  'print.confirmed': { name: '认纸', from: ['SENT', 'UNKNOWN'], to: 'CONFIRMED', who: ['PRT'], with: ['T29'] },
  'print.spoiled': {
    name: '作废',
    from: ['PREPARED', 'SENT', 'UNKNOWN', 'CONFIRMED'],
    to: 'SPOILED',
    who: ['PRT', 'QC'],
    with: ['T30', 'T32'],
  },
  // Only a sheet that was never fed: what has been SENDING once is used up.
  'print.dropped': { name: '放下', from: ['PREPARED'], to: 'DROPPED', who: ['PRT'] },
};

export const PRINT_OP_KINDS = Object.keys(PRINT_MOVES) as PrintOpKind[];

/** No longer asks anything of anybody. */
export function isEnded(state: PrintState): boolean {
  return state === 'CONFIRMED' || state === 'SPOILED' || state === 'DROPPED';
}

/** Somebody has to look at the paper. */
export function asksForLook(state: PrintState): boolean {
  return state === 'SENT' || state === 'UNKNOWN';
}

/** One sheet that went through the printer, or was given up at it, and is settled (three-way count, domain.md §4.11). */
export function isCountedSheet(state: PrintState): boolean {
  return state === 'CONFIRMED' || state === 'SPOILED';
}
