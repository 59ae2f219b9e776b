/**
 * Addresses of this machine that nobody else uses, so that a process which is killed finds its own free again: a port of
 * 127.0.0.1 could be somebody's outgoing connection by then. Linux answers for all of 127.0.0.0/8.
 */
const PORT = 7400;
let last = 0;

/** Of one process to be; another one at each call, unless the host is given. */
export function ownAddress(given?: string): { host: string; port: string; url: string } {
  last += 1;
  const host = given ?? `127.${(process.pid >> 8) & 0xff || 1}.${process.pid & 0xff}.${last}`;
  return { host, port: String(PORT), url: `http://${host}:${PORT}` };
}
