import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME } from '../../contract/bridge.ts';
import { pageHeaders } from '../../contract/pageSecurity.ts';
import { answerScheme, type PageAnswer } from '../platform/answerScheme.ts';
import type { FailurePage } from './failurePage.ts';
import { pageFile } from './pageFiles.ts';

/** Before `ready`, once: afterwards Electron ignores it. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the pages, each answer with the headers of contract/pageSecurity.ts; GET only. */
export function serveApp(session: Session, renderer: string, failurePage: FailurePage): void {
  answerScheme(session, APP_SCHEME, async ({ method, url }) => {
    if (method !== 'GET') return answer(405, '', 'text/plain');
    const failure = failurePage.answer(url);
    if (failure) return answer(200, failure.body, failure.type);
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
