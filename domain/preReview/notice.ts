/**
 * What a self-service machine says before it reads anything (个人信息保护法 §17, §30; domain.md §7.1): who, why, what, how
 * long, which rights. A text that changes gets a new version; a pre-review keeps the one that was shown.
 */
export const NOTICE = {
  version: '2026-1',
  lines: [
    { title: '谁在处理', text: '本登记机构' },
    { title: '为了什么', text: '预审材料、取号、办理登记' },
    { title: '用到什么', text: '姓名、证件号码、住址、证件有效期' },
    { title: '保存多久', text: '中途退出的不保存；提交的按登记档案规定保存' },
    { title: '您的权利', text: '可以查询、更正，也可以不用本机，到人工预审台办理' },
  ],
} as const;

/** From this age on type is big and speech slow (users.md §C.16). */
const ELDER_YEARS = 60;

/** @param birth ISO date @param today local calendar day, ISO */
export function isElder(birth: string, today: string): boolean {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return (today.slice(5) >= birth.slice(5) ? years : years - 1) >= ELDER_YEARS;
}
