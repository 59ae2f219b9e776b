import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux (from 32768) and Windows (from 49152) give to connections that go out and to whoever asks for any port. */
const LOWEST = 20_000;
const END = 32_768;
const TRIES = 50;

/**
 * A TCP port of the loopback address for a program that must be told one, or come back under the same. Never one that the
 * system hands out by itself: between two starts a client that knocks could be given it.
 * @throws Error when none of many is free
 */
export async function findStablePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const port = randomInt(LOWEST, END);
    if (await isFree(port)) return port;
  }
  throw new Error(`no TCP port between ${LOWEST} and ${END} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
