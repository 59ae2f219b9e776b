import type { IncomingMessage } from 'node:http';

/** @returns every value that came under this name: a browser may send one more, for another path */
export function readCookies(incoming: IncomingMessage, name: string): string[] {
  return (incoming.headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each.startsWith(`${name}=`))
    .map((each) => each.slice(name.length + 1));
}
