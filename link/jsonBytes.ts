/** JSON as it goes over a line: bytes are JSON already. */
export function jsonBytes(body: unknown): Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : Buffer.from(JSON.stringify(body));
}
