import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';

/** Columns of a table of appointments, by the words that offices use, and what their cells mean (domain.md §3.8). */

export interface Column {
  /** Field of the appointment, or of its visit. */
  key: keyof typeof TITLES;
  /** Titles it may have; the first is the one it is called by. */
  names: readonly [string, ...string[]];
  isOptional: boolean;
}

const TITLES = {
  code: ['预约码', '预约号', '预约编号'],
  name: ['姓名', '预约人'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系电话'],
  itemCode: ['事项', '事项代码', '预约事项', '办理事项'],
  floor: ['楼层', '办理楼层'],
  day: ['日期', '预约日期'],
  slot: ['时段', '预约时段', '预约时间'],
  source: ['来源', '预约来源', '预约渠道'],
  address: ['上门地址'],
  reasonClass: ['上门原因'],
  staff: ['上门人员'],
  terminal: ['上门终端'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

const VISIT = ['address', 'reasonClass', 'staff', 'terminal'] as const;

export const COLUMNS: readonly Column[] = (Object.keys(TITLES) as Column['key'][]).map((key) => ({
  key,
  names: TITLES[key],
  isOptional: VISIT.some((each) => each === key),
}));

const SOURCES: Partial<Record<string, string>> = {
  ...{ 微信: 'wechat', 公众号: 'wechat', 小程序: 'wechat', 电话: 'phone' },
  ...{ 现场: 'desk', 窗口: 'desk', 咨询台: 'desk', 连心卡: 'card' },
};
const REASONS: Partial<Record<string, string>> = { 高龄: 'elder', 残疾: 'disabled', 患病: 'ill', 其他: 'other' };
const DIGITS = '零一二三四五六七八九';

/**
 * The appointment of a row, as a booking system would send it. A cell that means nothing stays as it is, for the schema of
 * the op to name it: no value is guessed.
 */
export function fieldsOf(cell: (key: Column['key']) => string): unknown {
  const plain = (key: Column['key']): string => tidy(cell(key));
  const day = dayOf(plain('day'));
  return {
    code: plain('code'),
    name: cell('name').trim(),
    phone: plain('phone'),
    itemCode: itemOf(plain('itemCode')),
    floor: floorOf(plain('floor')),
    day,
    slot: slotOf(day, plain('slot')),
    source: SOURCES[plain('source')] ?? plain('source'),
    ...(VISIT.some((key) => plain(key) !== '') && {
      visit: {
        address: cell('address').trim(),
        reasonClass: REASONS[plain('reasonClass')] ?? plain('reasonClass'),
        staff: plain('staff').split(/[、,;/\s]+/),
        terminal: plain('terminal').toUpperCase(),
      },
    }),
  };
}

/** Full-width digits and signs as half-width ones, and without what keeps a spreadsheet from taking text for a number. */
function tidy(text: string): string {
  const plain = text.normalize('NFKC').trim();
  return (/^="(.*)"$/.exec(plain)?.[1] ?? plain.replace(/^'/, '')).trim();
}

/** A05, `A05 一般抵押权首次登记`, or the name alone. */
function itemOf(text: string): string {
  const code = /^[A-Za-z]\d{2}(?!\d)/.exec(text)?.[0].toUpperCase();
  return code ?? CATALOGUE.items.find(({ name }) => name.normalize('NFKC') === text)?.code ?? text;
}

/** 3, 3楼, 3F, 三楼. */
function floorOf(text: string): number | string {
  const [, sign] = /^([\d一二三四五六七八九])(?:楼|层|F)?$/.exec(text) ?? [];
  if (sign === undefined) return text;
  return DIGITS.includes(sign) ? DIGITS.indexOf(sign) : Number(sign);
}

/** 2026-11-30, 2026/11/3, 2026.11.3, 2026年11月3日; a clock after it, as spreadsheets add one, means nothing. */
function dayOf(text: string): string {
  const [, year, month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** 9:00-10:00, also with 至, ~ and dashes of all lengths. The hour that begins it must be followed by the one that ends it. */
function slotOf(day: string, text: string): unknown {
  const [, from, to] = /^(\d{1,2}:\d{2})\s*[-–—−~至到]+\s*(\d{1,2}:\d{2})$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return { from: text, to: text };
  return { from: instantOf(day, from), to: instantOf(day, to) };
}

/** The hall's clock as an instant; what is no time of the day stays as it is. */
function instantOf(day: string, clock: string): string {
  const ms = Date.parse(`${day}T${clock.padStart(5, '0')}:00.000+08:00`);
  return Number.isNaN(ms) ? clock : new Date(ms).toISOString();
}
