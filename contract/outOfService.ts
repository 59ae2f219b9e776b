/**
 * What a citizen reads of a machine that does not work: where to go, and nothing about why. Said by the shell, which may have
 * no pages to show, and by the pages. No zod: both read it before anything else.
 */
export const OUT_OF_SERVICE = {
  /** The kiosk. */
  prereview: { todo: '请到咨询台办理', what: '本机暂停服务' },
  /** A calling screen: the windows go on, and show their numbers themselves; the voice may be this machine's. */
  screen: { todo: '请到咨询台办理', what: '叫号屏暂停，也可看各窗口屏上的号码' },
  /** The page in front of a citizen at a window. */
  citizen: { todo: '请听窗口工作人员安排', what: '本屏暂停服务' },
} as const;

export type CitizenFace = keyof typeof OUT_OF_SERVICE;

/** While the program starts. */
export const OUT_OF_SERVICE_WAIT = '请稍候';

/** For staff, on the same page. */
export const OUT_OF_SERVICE_STAFF = {
  hold: '工作人员请长按 3 秒',
  region: '故障说明',
  back: '返回',
  again: '重新打开',
} as const;

/** A finger that rests there by chance is no member of staff, ms. */
export const HOLD_MS = 3_000;
/** Whoever opened the part for staff and went away leaves nothing technical behind, ms. */
export const STAFF_PART_MS = 120_000;

/** How a page learns whose eyes it is for before the service has told it: part of its address. */
export function citizenFaceIn(search: string): CitizenFace | null {
  const face = new URLSearchParams(search).get('face') ?? '';
  return Object.hasOwn(OUT_OF_SERVICE, face) ? (face as CitizenFace) : null;
}
