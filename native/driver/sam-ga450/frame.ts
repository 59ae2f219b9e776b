/** Frames between host and reader module (devices.md §1.2). No byte stuffing: the preamble may occur inside data. */

export const PREAMBLE: readonly number[] = [0xaa, 0xaa, 0xaa, 0x96, 0x69];
/** Preamble and the two length bytes. */
export const HEADER_BYTES = 7;
/** LEN counts what follows it: status, data and checksum. */
export const MIN_RESPONSE_LENGTH = 4;
export const MAX_RESPONSE_LENGTH = 0x0c00;

/** A response whose checksum was right. */
export interface Frame {
  sw1: number;
  sw2: number;
  /** The reader's own status. */
  sw3: number;
  data: Uint8Array;
}

/** XOR of every byte after the preamble up to the checksum, the length bytes included. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

export function encodeRequest(command: number, parameter: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const length = data.length + 3;
  const body = Uint8Array.of(length >> 8, length & 0xff, command, parameter, ...data);
  return Uint8Array.of(...PREAMBLE, ...body, checksum(body));
}

/** @param bytes one whole response, preamble and checksum included */
export function parseResponse(bytes: Uint8Array): Frame {
  const [sw1 = 0, sw2 = 0, sw3 = 0] = bytes.subarray(HEADER_BYTES, HEADER_BYTES + 3);
  return { sw1, sw2, sw3, data: bytes.slice(HEADER_BYTES + 3, -1) };
}
