import type { AppointmentState } from '../appointment/types.ts';
import type { Queue, TicketClass, TicketState } from '../queue/ticketTypes.ts';

/** Names of queues, classes and states as people of the hall say them (domain.md §6.1). */

export const QUEUE_NAMES = {
  A: '涉税',
  B: '非涉税',
  G: '公积金延伸窗口',
  X: '西安区分厅',
} as const satisfies Record<Queue, string>;

export const CLASS_NAMES = {
  priority: '优先',
  appointment: '预约',
  enterprise: '企业绿色通道',
  ordinary: '普通',
  pickup: '领证',
} as const satisfies Record<TicketClass, string>;

export const TICKET_STATE_NAMES = {
  WAITING: '等候',
  CALLED: '已叫号',
  SERVING: '办理中',
  HELD: '挂起',
  FINISHED: '办结',
  VOIDED: '作废',
} as const satisfies Record<TicketState, string>;

export const APPOINTMENT_STATE_NAMES = {
  booked: '已约',
  cancelled: '已取消',
  exchanged: '已换号',
  missed: '未到',
  done: '已办',
} as const satisfies Record<AppointmentState, string>;
