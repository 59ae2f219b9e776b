import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const WILDCARDS: readonly string[] = ['0.0.0.0', '::'];

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === 'localhost' : LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Under what names browsers may call a server that listens on `host`: the host itself and those given; on a wildcard,
 * the addresses and the name of this machine. The first one stands in the address that is printed.
 */
export function namesOf(host: string, given: readonly string[]): string[] {
  const names = WILDCARDS.includes(host) ? [...ownAddresses(), hostname()] : [host];
  return [...new Set([...given, ...names, ...(isLoopback(host) ? ['localhost'] : [])])];
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  // A scoped address cannot stand in a Host header; the loopback comes last, as nobody else can use it.
  const usable = all.filter(({ address }) => !address.startsWith('fe80:'));
  return usable.sort((a, b) => Number(a.internal) - Number(b.internal)).map(({ address }) => address);
}

/** `http://10.0.0.5:7480` */
export function urlOf(scheme: 'http' | 'https', name: string, port: number): string {
  return `${scheme}://${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}
