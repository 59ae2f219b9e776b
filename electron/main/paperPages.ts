import { randomUUID } from 'node:crypto';
import { APP_ORIGIN } from '../../contract/bridge.ts';
import type { PaperJob } from '../../contract/serviceProtocol.ts';
import { escapeHtml } from './escapeHtml.ts';

const STYLE = `
@page { size: A4 portrait; margin: 0; }
body { margin: 0; }
img { display: block; width: 210mm; height: 297mm; break-after: page; }
img:last-child { break-after: auto; }
`;

/**
 * The pages of papers on their way to the printer, at addresses that nobody can guess and that end with the print. They
 * are never a file: a paper has whole names and numbers.
 */
export class PaperPages {
  readonly #papers = new Map<string, Pick<PaperJob, 'title' | 'pages'>>();

  /** @returns the address to load, and what ends it */
  add(paper: Pick<PaperJob, 'title' | 'pages'>): { url: string; remove(): void } {
    const folder = `${APP_ORIGIN}/print/${randomUUID()}/`;
    this.#papers.set(folder, paper);
    return { url: `${folder}index.html`, remove: () => this.#papers.delete(folder) };
  }

  /** @returns body and type when `url` belongs to a paper that is being printed */
  answer(url: string): { body: string; type: string } | null {
    const end = url.lastIndexOf('/') + 1;
    const paper = this.#papers.get(url.slice(0, end));
    if (!paper) return null;
    const name = url.slice(end);
    if (name === 'index.html') return { body: html(paper), type: 'text/html; charset=utf-8' };
    if (name === 'print.css') return { body: STYLE, type: 'text/css; charset=utf-8' };
    const page = paper.pages[Number(/^(\d{1,3})\.svg$/.exec(name)?.[1] ?? 0) - 1];
    return page === undefined ? null : { body: page, type: 'image/svg+xml' };
  }
}

/** The title is what the queue of the printer shows: the kind of paper, and nobody's name. */
function html({ title, pages }: Pick<PaperJob, 'title' | 'pages'>): string {
  const images = pages.map((_, index) => `<img src="${index + 1}.svg" alt="">`);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="print.css"></head>
<body>${images.join('')}</body></html>
`;
}
