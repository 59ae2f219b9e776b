import type { PaperDocument } from './document.ts';
import { body, field, heading, makePaper, note, type PaperContext, shownPhone } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** Appointments of one day as those at the door and the two of a home visit carry them (domain.md §3.8). */
export interface AppointmentListData {
  /** Local day, `2018-05-23`. */
  day: string;
  rows: AppointmentLine[];
  visits: (AppointmentLine & { address: string; staff: string; terminal: string })[];
}

export interface AppointmentLine {
  /** `09:00–10:00` */
  slot: string;
  code: string;
  /** As it may be read by others in the hall: `张*`. */
  name: string;
  /** Whole; masked here. */
  phone: string;
  item: string;
  state: string;
}

const COLUMNS = [
  { title: '时段', weight: 24, align: 'centre' as const, keep: true },
  { title: '预约码', weight: 19, align: 'centre' as const, keep: true },
  { title: '预约人', weight: 12, align: 'centre' as const },
  { title: '电话', weight: 24, align: 'centre' as const, keep: true },
  { title: '事项', weight: 30 },
  { title: '状态', weight: 14, align: 'centre' as const },
];

const cells = ({ slot, code, name, phone, item, state }: AppointmentLine): string[] => [
  ...[slot, code, name, shownPhone(phone), item, state],
];

export function buildAppointmentList(data: AppointmentListData, context: PaperContext): PaperDocument {
  const { day, rows, visits } = data;
  return makePaper({
    kind: 'appointment-list',
    number: day,
    code: null,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [[field('日期', chineseDate(day)), field('预约', `到厅${rows.length}人　上门${visits.length}户`)]],
      },
      ...(rows.length === 0
        ? [body('当日没有到厅办理的预约。')]
        : [{ kind: 'table' as const, columns: COLUMNS, rows: rows.map(cells) }]),
      ...(visits.length === 0
        ? []
        : [
            heading('上门服务'),
            {
              kind: 'table' as const,
              columns: [...COLUMNS.slice(0, 5), { title: '地址', weight: 32 }, { title: '人员、终端', weight: 22 }],
              rows: visits.map((visit) => [
                ...cells(visit).slice(0, 5),
                visit.address,
                `${visit.staff}　${visit.terminal}`,
              ]),
            },
          ]),
      note('本名单含个人信息，用后交回值班主任销毁。'),
    ],
  });
}
