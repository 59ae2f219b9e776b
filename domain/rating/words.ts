import type { Grade } from './types.ts';

/** The five central grades (GB/T 39734-2020), in the words that stand there. */
export const GRADE_NAMES = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
} as const satisfies Record<Grade, string>;

/** Asked in front of the window, and on a phone. */
export const ASKED = {
  title: (number: string) => `${number} 号，请您评价本次服务`,
  voluntary: '自愿评价。为您办理的工作人员看不到您的评价。',
  thanks: '感谢您的评价',
  notKept: '没有记下，请再按一次',
} as const;

/** Of the page on a phone alone. */
export const PHONE = {
  name: '服务评价',
  thanksHow: '可以关闭本页',
  answered: { title: '本次服务已经评价过了', how: '每次服务评价一次，谢谢' },
  over: { title: '二维码已经过期', how: '还想反映情况，请到咨询台' },
  unknown: { title: '二维码无效', how: '请重新扫描窗口屏幕上的二维码，或到咨询台' },
  elsewhere: { title: '现在不能用手机评价', how: '请在窗口的评价器上评价，或到咨询台' },
} as const;
