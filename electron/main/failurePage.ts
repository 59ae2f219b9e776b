import { APP_ORIGIN } from '../../contract/bridge.ts';
import { escapeHtml } from './escapeHtml.ts';

/**
 * What people see when the pages themselves cannot be shown. Made of nothing but text in this file, so that it works
 * when everything else does not.
 */
export interface Failure {
  heading: string;
  /** What happened, what is kept, what to do; no personal data. */
  lines: readonly string[];
  code: string;
  /** A link back to the start page makes sense. */
  retry: boolean;
}

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

  /** @returns the address to load */
  set(failure: Failure): string {
    this.#failure = failure;
    return FAILURE_URL;
  }

  /** @returns body and type when `url` is one of this page's own two addresses */
  answer(url: string): { body: string; type: string } | null {
    if (!this.#failure) return null;
    if (url === FAILURE_URL) return { body: html(this.#failure), type: 'text/html; charset=utf-8' };
    if (url === APP_ORIGIN + STYLE_PATH) return { body: STYLE, type: 'text/css; charset=utf-8' };
    return null;
  }
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
