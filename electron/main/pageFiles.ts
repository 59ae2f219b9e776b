import path from 'node:path';
import { APP_ORIGIN } from '../../contract/bridge.ts';
import { type CitizenFace, OUT_OF_SERVICE } from '../../contract/outOfService.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

/** The page every window opens. */
const START_URL = `${APP_ORIGIN}/index.html`;

/** @param face of a display that citizens see: its page knows that before the service answers; null: staff alone */
export function startUrl(face: CitizenFace | null): string {
  return face === null ? START_URL : `${START_URL}?face=${face}`;
}

/** Where a page may go. */
export function isStartUrl(url: string): boolean {
  return url === START_URL || (Object.keys(OUT_OF_SERVICE) as CitizenFace[]).some((face) => url === startUrl(face));
}

/**
 * The file an `app://yichuang/…` address means.
 * @returns null for another host, a way out of `root` in any spelling, or a kind of file that pages do not consist of
 */
export function pageFile(url: string, root: string): { file: string; type: string } | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || originOf(parsed) !== APP_ORIGIN || parsed.username !== '' || parsed.password !== '') return null;
  const name = decode(parsed.pathname === '/' ? '/index.html' : parsed.pathname);
  if (name === null || name.includes('\0') || name.includes('\\')) return null;
  const file = path.resolve(root, `.${name}`);
  if (!file.startsWith(path.resolve(root) + path.sep)) return null;
  const type = TYPES[path.extname(file)];
  return type === undefined ? null : { file, type };
}

/** `URL.origin` is the text `null` for schemes that are not the web's own. */
function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
