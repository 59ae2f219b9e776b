import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME } from '../../contract/bridge.ts';
import { pageHeaders } from '../../contract/pageSecurity.ts';
import { answerScheme, type PageAnswer } from '../platform/answerScheme.ts';
import { pageFile } from './pageFiles.ts';

/** Before `ready`, once: afterwards Electron ignores it. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Pages that are no files: made of text when they are needed. */
export interface MadePages {
  /** @returns null for an address that is none of its own */
  answer(url: string): { body: string; type: string } | null;
}

/** Serves the pages, each answer with the headers of contract/pageSecurity.ts; GET only. */
export function serveApp(session: Session, renderer: string, made: readonly MadePages[]): void {
  answerScheme(session, APP_SCHEME, async ({ method, url }) => {
    if (method !== 'GET') return answer(405, '', 'text/plain');
    for (const pages of made) {
      const page = pages.answer(url);
      if (page) return answer(200, page.body, page.type);
    }
    const found = pageFile(url, renderer);
    if (!found) return answer(404, '', 'text/plain');
    try {
      return answer(200, await readFile(found.file), found.type);
    } catch {
      return answer(404, '', 'text/plain');
    }
  });
}

function answer(status: number, body: string | Buffer<ArrayBuffer>, type: string): PageAnswer {
  return {
    status,
    headers: { ...pageHeaders(), 'Content-Type': type, 'Cache-Control': 'no-cache' },
    body: Buffer.from(body),
  };
}
