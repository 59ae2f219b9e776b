import { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import { INSIDE_TERMINAL, isInside } from './insideDoor.ts';
import { Refusal } from './refusal.ts';

/** PEM; with `ca` every connection must show a certificate that it has signed. */
export interface ServerTls {
  cert: string;
  key: string;
  ca?: string | undefined;
}

/** For whom the certificate of this connection is: its subject, and its other names. */
function namesOf(request: FastifyRequest): string[] {
  const { socket } = request.raw;
  if (!(socket instanceof TLSSocket)) return [];
  const { subject, subjectaltname } = socket.getPeerCertificate();
  const names = (subjectaltname ?? '').split(', ').map((name) => name.replace(/^(DNS|URI):(urn:uuid:)?/, ''));
  return [...[subject?.CN].flat(), ...names].filter((name) => name !== undefined).map((name) => name.toLowerCase());
}

/**
 * Where certificates are asked for, one is for one machine: it names the terminal, such as `W07`, or its device id. A key that
 * was stolen from another machine of the hall does not help. The door inside is for one terminal likewise.
 * @throws Refusal `unauthorised`
 */
export function checkCertificate(
  tls: ServerTls | undefined,
  request: FastifyRequest,
  { id, terminal }: { id: string; terminal: string },
): void {
  if (isInside(request.raw.socket)) {
    if (terminal !== INSIDE_TERMINAL) throw new Refusal('unauthorised');
    return;
  }
  if (tls?.ca === undefined) return;
  const names = namesOf(request);
  if (!names.includes(terminal.toLowerCase()) && !names.includes(id.toLowerCase())) throw new Refusal('unauthorised');
}
