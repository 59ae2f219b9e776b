import { APP_ORIGIN } from '../../contract/bridge.ts';
import { type CitizenFace, OUT_OF_SERVICE } from '../../contract/outOfService.ts';
import { escapeHtml } from './escapeHtml.ts';
import type { Failure } from './failure.ts';
import { CITIZEN_SCRIPT, CITIZEN_STYLE, citizenHtml } from './failurePageCitizen.ts';

/** Made of nothing but text in this file and the one beside it, so that it works when everything else does not. */

const FAILURE_URL = `${APP_ORIGIN}/failure.html`;
const STYLE_PATH = '/failure.css';

const STYLE = `
body { margin: 0; height: 100vh; display: grid; place-content: center; background: #f5f6f7; color: #1f2329;
  font: 14px/22px "Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; }
main { max-width: 560px; }
h1 { font-size: 20px; line-height: 28px; margin: 0 0 16px; }
p { margin: 0 0 8px; }
code { color: #646a73; }
a { display: inline-block; margin-top: 16px; padding: 8px 16px; border-radius: 4px; background: #1456c4; color: #fff;
  text-decoration: none; }
a:focus-visible { outline: 3px solid #1456c4; outline-offset: 2px; }
`;

/** Holds the failure to show; the protocol asks it before it looks for files. */
export class FailurePage {
  #failure: Failure | null = null;

  /**
   * @param face of a display that citizens see; null: staff alone
   * @returns the address to load
   */
  set(failure: Failure, face: CitizenFace | null = null): string {
    this.#failure = failure;
    return face === null ? FAILURE_URL : `${FAILURE_URL}?face=${face}`;
  }

  /** @returns body and type when `url` is one of this page's own addresses */
  answer(url: string): { body: string; type: string } | null {
    const failure = this.#failure;
    if (!failure) return null;
    if (url === FAILURE_URL) return { body: html(failure), type: 'text/html; charset=utf-8' };
    if (url === APP_ORIGIN + STYLE_PATH) return { body: STYLE, type: 'text/css; charset=utf-8' };
    if (url === `${APP_ORIGIN}/failure-citizen.css`) return { body: CITIZEN_STYLE, type: 'text/css; charset=utf-8' };
    if (url === `${APP_ORIGIN}/failure-citizen.js`)
      return { body: CITIZEN_SCRIPT, type: 'text/javascript; charset=utf-8' };
    const face = citizenFaceOf(url);
    return face && { body: citizenHtml(failure, face), type: 'text/html; charset=utf-8' };
  }
}

function citizenFaceOf(url: string): CitizenFace | null {
  const asked = url.startsWith(`${FAILURE_URL}?face=`) ? url.slice(`${FAILURE_URL}?face=`.length) : '';
  return Object.hasOwn(OUT_OF_SERVICE, asked) ? (asked as CitizenFace) : null;
}

function html(failure: Failure): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>一窗 · ${escapeHtml(failure.heading)}</title>
<link rel="stylesheet" href="${STYLE_PATH}"></head>
<body><main><h1>${escapeHtml(failure.heading)}</h1>
${failure.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<p><code>${escapeHtml(failure.code)}</code></p>
${failure.retry ? '<a href="/index.html" autofocus>重新打开</a>' : ''}
</main></body></html>
`;
}
