/** Dates, money and counts as they stand on official papers. */

/**
 * @param local `2018-05-23` or `2018-05-23 09:00`, hall time
 * @returns `2018年5月23日` or `2018年5月23日 09:00`; anything else as it is
 */
export function chineseDate(local: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(local);
  if (!match) return local;
  const [, year, month, day, time] = match;
  return `${year}年${Number(month)}月${Number(day)}日${time === undefined ? '' : ` ${time}`}`;
}

/** The day alone: `2018年5月23日`. */
export function chineseDay(local: string): string {
  return chineseDate(local.slice(0, 10));
}

/** @param fen integer @returns `1,234.50` */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const cents = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * 大写金额 of a bill: 55000 → 伍佰伍拾元整.
 * @param fen integer, at least 0
 */
export function yuanInWords(fen: number): string {
  const whole = Math.trunc(fen / 100);
  const jiao = Math.trunc((fen % 100) / 10);
  const cents = fen % 10;
  const front = whole === 0 && fen > 0 ? '' : `${wholeInWords(whole)}元`;
  if (jiao === 0 && cents === 0) return `${front}整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : front === '' ? '' : '零';
  return `${front}${tenths}${cents > 0 ? `${DIGITS[cents]}分` : '整'}`;
}

function wholeInWords(whole: number): string {
  if (whole === 0) return '零';
  const groups = groupsOf(whole);
  let words = '';
  let zero = false;
  for (const [index, group] of groups.entries()) {
    if (group === 0) {
      zero = words !== '';
      continue;
    }
    if (words !== '' && (zero || group < 1000)) words += '零';
    words += groupInWords(group) + (GROUPS[groups.length - 1 - index] ?? '');
    zero = false;
  }
  return words;
}

/** Four digits each, the highest first. */
function groupsOf(whole: number): number[] {
  const groups: number[] = [];
  for (let rest = whole; rest > 0; rest = Math.trunc(rest / 10_000)) groups.unshift(rest % 10_000);
  return groups;
}

function groupInWords(group: number): string {
  let words = '';
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.trunc(group / 10 ** place) % 10;
    if (digit === 0) {
      zero = words !== '';
      continue;
    }
    words += (zero ? '零' : '') + DIGITS[digit] + PLACES[place];
    zero = false;
  }
  return words;
}
