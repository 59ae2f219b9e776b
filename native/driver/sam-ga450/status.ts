import type { ErrorCode } from '../../../contract/errors.ts';

/** What a status asks of us. */
export type StatusClass =
  | 'ok'
  | 'found'
  /** The item is not on this card. */
  | 'empty'
  | 'no-card'
  /** The card was lost or did not work along: begin again with finding it. */
  | 'find-again'
  /** The reader did not understand us or itself: send the same again. */
  | 'resend'
  | 'wrong-card'
  | 'unsupported'
  /** The reader cannot work. */
  | 'fault';

export interface SamStatus {
  sw3: number;
  meaning: string;
  class: StatusClass;
  /** What the clerk is told when our retries did not help; null where there is nothing to tell. */
  code: ErrorCode | null;
  /** How often the same command is sent again at most. */
  resends: number;
  /** Worth one reset of the reader module before giving up. */
  reset: boolean;
  /** Read as "not genuine" only when the card gives it again after being found anew (devices.md §1.4). */
  doubtful: boolean;
}

/** SW3 of devices.md §1.4. */
const TABLE: readonly SamStatus[] = [
  row(0x90, '操作成功', 'ok', null),
  row(0x9f, '寻卡成功', 'found', null),
  row(0x91, '证/卡中此项无内容', 'empty', null),
  row(0x80, '寻卡失败', 'no-card', 'card-moved'),
  row(0x10, '校验和错', 'resend', 'reader-fault', { resends: 2 }),
  row(0x11, '长度错', 'resend', 'reader-fault', { resends: 1 }),
  row(0x24, '无法识别的错误', 'resend', 'card-read-failed', { resends: 1, reset: true }),
  row(0x21, '命令或参数错误', 'unsupported', 'reader-fault'),
  row(0x23, '越权操作', 'unsupported', 'reader-fault'),
  row(0x31, '证/卡认证SAM失败', 'find-again', 'card-read-failed'),
  row(0x32, 'SAM认证证/卡失败', 'find-again', 'card-not-authentic', { doubtful: true }),
  row(0x33, '信息验证错误', 'find-again', 'card-not-authentic', { doubtful: true }),
  row(0x37, '指纹信息验证错误', 'find-again', 'card-read-failed'),
  row(0x3f, '信息长度错误', 'find-again', 'card-read-failed'),
  row(0x40, '无法识别的卡类型', 'wrong-card', 'card-wrong-type'),
  row(0x41, '读卡操作失败', 'find-again', 'card-moved'),
  row(0x47, '取随机数失败', 'find-again', 'card-moved'),
  row(0x81, '选卡失败', 'find-again', 'card-moved'),
  row(0x60, '自检失败', 'fault', 'reader-fault', { reset: true }),
  row(0x66, '没有经过授权', 'fault', 'reader-fault'),
];

const BY_SW3 = new Map(TABLE.map((status) => [status.sw3, status]));

/** Statuses nobody documented count as a failed reading. */
export function statusOf(sw3: number): SamStatus {
  return BY_SW3.get(sw3) ?? row(sw3, 'unknown-status', 'find-again', 'card-read-failed');
}

function row(
  sw3: number,
  meaning: string,
  statusClass: StatusClass,
  code: ErrorCode | null,
  extra: { resends?: number; reset?: boolean; doubtful?: boolean } = {},
): SamStatus {
  const { resends = 0, reset = false, doubtful = false } = extra;
  return { sw3, meaning, class: statusClass, code, resends, reset, doubtful };
}
