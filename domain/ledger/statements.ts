/**
 * The exact texts that are signed (docs/adr/0045). The first line says what is meant, so that a signature for one purpose
 * never serves another; no part of a line can hold a line break.
 */

export interface ChainPoint {
  device: string;
  epoch: number;
  seq: number;
  /** Of op `seq`; it stands for every op before it. */
  hash: string;
}

/** By the author: everything of this chain up to here is mine. True for ever and for anyone, so it names no audience. */
export function headStatement({ device, epoch, seq, hash }: ChainPoint): string {
  return lines('yichuang/head/3', device, epoch, seq, hash);
}

export interface Promised {
  by: string;
  device: string;
  epoch: number;
  acked: number;
  head: string;
  at: string;
}

/** By a hub or centre: up to here this chain is durable with me. */
export function receiptStatement({ by, device, epoch, acked, head, at }: Promised): string {
  return lines('yichuang/receipt/3', by, device, epoch, acked, head, at);
}

export interface RequestPoint {
  device: string;
  /** Device id of the machine it is meant for; `-` before that is known. */
  audience: string;
  /** `-` for the request that asks for one. */
  session: string;
  /** Used once in its session. */
  counter: number;
  method: string;
  /** With its query. */
  path: string;
  /** SHA-256 of the body, hex. */
  digest: string;
}

/** By a device: this I ask of you, once. */
export function requestStatement(request: RequestPoint): string {
  const { device, audience, session, counter, method, path, digest } = request;
  return lines('yichuang/request/3', device, audience, session, counter, method, path, digest);
}

function lines(...parts: readonly (string | number)[]): string {
  return `${parts.join('\n')}\n`;
}
