import {
  type CitizenFace,
  HOLD_MS,
  OUT_OF_SERVICE,
  OUT_OF_SERVICE_STAFF,
  STAFF_PART_MS,
} from '../../contract/outOfService.ts';
import { escapeHtml } from './escapeHtml.ts';
import type { Failure } from './failure.ts';

/** The failure page on a display that citizens see: where to go, as large as for old eyes; the cause opens for staff. */
export function citizenHtml({ heading, lines, code, retry }: Failure, face: CitizenFace): string {
  const { todo, what } = OUT_OF_SERVICE[face];
  const { hold, region, back, again } = OUT_OF_SERVICE_STAFF;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${todo}</title>
<link rel="stylesheet" href="/failure-citizen.css"><script src="/failure-citizen.js" defer></script></head>
<body class="${face}">
<main id="citizen"><h1>${todo}</h1><p>${what}</p></main>
<main id="staff" aria-label="${region}" hidden><h1>${escapeHtml(heading)}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<p><code>${escapeHtml(code)}</code></p>
<div>${retry ? `<a href="/index.html?face=${face}">${again}</a>` : ''}<button id="back" type="button">${back}</button></div></main>
<footer><button id="hold" type="button">${hold}</button></footer>
</body></html>
`;
}

export const CITIZEN_STYLE = `
html { height: 100%; }
body { margin: 0; height: 100%; display: grid; grid-template-rows: minmax(0, 1fr) auto; background: #f5f6f7; color: #1f2329;
  font: 30px/45px "Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; }
body.screen { background: #0f1b2d; color: #fff; }
#citizen { display: grid; place-content: center; justify-items: center; gap: 4vmin; padding: 4vmin; text-align: center; }
h1, p { margin: 0; }
#citizen h1 { font-size: clamp(54px, 12vmin, 168px); line-height: 1.3; }
#citizen p { font-size: clamp(36px, 6vmin, 84px); line-height: 1.4; }
#staff { display: grid; align-content: center; gap: 16px; padding: 48px; max-width: 1080px; margin: 0 auto;
  overflow: auto; overflow-wrap: anywhere; }
#staff h1 { font-size: 40px; line-height: 54px; }
code { color: #5c626b; }
[hidden] { display: none !important; }
footer { padding: 16px; text-align: right; }
button, a { box-sizing: border-box; min-height: 88px; min-width: 88px; padding: 20px 32px; border: 2px solid #5c626b;
  border-radius: 4px; background: transparent; color: #5c626b; font: inherit; text-decoration: none; touch-action: none;
  user-select: none; }
#staff div { display: flex; gap: 24px; }
#staff a { border-color: #1456c4; background: #1456c4; color: #fff; }
body.screen button, body.screen code { border-color: #b4bfcc; color: #b4bfcc; }
:focus-visible { outline: 3px solid #1456c4; outline-offset: 2px; }
body.screen :focus-visible { outline-color: #fff; }
`;

/** No framework, no type: it runs as it stands. The key works without a focus, whose ring would draw every finger to it. */
export const CITIZEN_SCRIPT = `
const [citizen, staff, hold, back] = ['citizen', 'staff', 'hold', 'back'].map((id) => document.getElementById(id));
let holding;
let leaving;
function show(isStaff) {
  clearTimeout(holding);
  clearTimeout(leaving);
  citizen.hidden = isStaff;
  staff.hidden = !isStaff;
  hold.hidden = isStaff;
  if (isStaff) staff.querySelector('a, button').focus();
  if (isStaff) leaving = setTimeout(() => show(false), ${STAFF_PART_MS});
}
hold.addEventListener('pointerdown', () => {
  clearTimeout(holding);
  holding = setTimeout(() => show(true), ${HOLD_MS});
});
for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
  hold.addEventListener(end, () => clearTimeout(holding));
hold.addEventListener('contextmenu', (event) => event.preventDefault());
back.addEventListener('click', () => show(false));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !staff.hidden) show(false);
  if (event.key !== 'Enter' || !staff.hidden) return;
  event.preventDefault();
  show(true);
});
`;
