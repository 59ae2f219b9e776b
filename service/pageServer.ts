import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pageHeaders } from '../contract/pageSecurity.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves the built pages, read only, with the same headers as inside Electron. Nothing outside the folder. */
export function servePage(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: {
    pagesDir: string | undefined;
    webSocketOrigin: string;
    /** Beside those of every page. */
    headers?: Readonly<Record<string, string>>;
  },
): void {
  const { pagesDir, webSocketOrigin } = options;
  const headers = { ...pageHeaders({ webSocketOrigin }), 'Cache-Control': 'no-store', ...options.headers };
  const file = incoming.method === 'GET' ? findFile(pagesDir, incoming.url ?? '/') : null;
  if (file === null) {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('not found');
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
  // A file that vanished in between ends the answer, and nothing else.
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function findFile(pagesDir: string | undefined, url: string): string | null {
  if (pagesDir === undefined) return null;
  let pathname: string;
  try {
    pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  const file = path.resolve(pagesDir, `.${pathname === '/' ? '/index.html' : pathname}`);
  const isInside = file.startsWith(path.resolve(pagesDir) + path.sep);
  return isInside && existsSync(file) && statSync(file).isFile() ? file : null;
}
