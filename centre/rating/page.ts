import { createHash } from 'node:crypto';
import { GRADES } from '../../domain/rating/types.ts';
import { ASKED, GRADE_NAMES, PHONE } from '../../domain/rating/words.ts';

/**
 * The page on a phone: five answers of one size and weight, in the central order, none chosen and none coloured. No
 * script, and only the colours of the phone itself, light or dark: it works in whatever reads codes.
 */

const STYLE = `
:root { color-scheme: light dark; font: 20px/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { display: grid; gap: 16px; max-width: 480px; margin: 0 auto; padding: 24px 16px; }
h1 { margin: 0; font-size: 28px; line-height: 1.3; text-wrap: balance; word-break: keep-all; overflow-wrap: anywhere; }
p { margin: 0; }
form { display: grid; gap: 16px; margin: 0; }
button { min-height: 72px; border: 2px solid currentColor; border-radius: 4px; background: Canvas; color: CanvasText; font: inherit; font-size: 26px; font-weight: 600; }
button:focus-visible { outline: 4px solid Highlight; outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Of every answer: nothing is loaded, kept, framed or told to another site. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** @param number of the ticket, such as A015 @param failed the last press was not kept */
export function askPage(number: string, failed: boolean): string {
  const buttons = GRADES.map(
    (grade) => `<button type="submit" name="grade" value="${grade}">${GRADE_NAMES[grade]}</button>`,
  );
  return page(
    ASKED.title(number),
    failed ? `<p role="alert">${ASKED.notKept}</p>` : `<p>${ASKED.voluntary}</p>`,
    `<form method="post">${buttons.join('')}</form>`,
  );
}

export function wordsPage({ title, how }: { title: string; how: string }): string {
  return page(title, `<p>${how}</p>`);
}

/** Nothing a person wrote stands in it: words of ours and the number of a ticket, which is letters and digits. */
function page(title: string, ...parts: string[]): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${PHONE.name}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${parts.join('')}</main></body></html>`;
}
