import { crc16 } from '../line/checksum.ts';

/** Physical layer of BX-5K and BX-6K font cards (devices.md §4.2). */

export const FRAME_START = 0xa5;
export const FRAME_END = 0x5a;
const LEADING = 8;
export const HEADER_BYTES = 14;
const CRC_BYTES = 2;
/** Byte → the two that stand for it between start and end. */
const ESCAPES: Readonly<Record<number, readonly [number, number]>> = {
  165: [0xa6, 0x02],
  166: [0xa6, 0x01],
  90: [0x5b, 0x02],
  91: [0x5b, 0x01],
};
const HOST = 0x8000;
const PROTOCOL_VERSION = 0x02;
/** In the place of the CRC: not checked. */
const UNCHECKED = 0xffff;

export interface OnbonFrame {
  destination: number;
  source: number;
  data: Uint8Array;
}

/** @param options.address screen address, 1–65,535 @param options.deviceType 254: any card */
export function encodeFrame(data: Uint8Array, options: { address: number; deviceType: number }): Uint8Array {
  const body = new Uint8Array(HEADER_BYTES + data.length + CRC_BYTES);
  const view = new DataView(body.buffer);
  view.setUint16(0, options.address, true);
  view.setUint16(2, HOST, true);
  body[10] = options.deviceType;
  body[11] = PROTOCOL_VERSION;
  view.setUint16(12, data.length, true);
  body.set(data, HEADER_BYTES);
  view.setUint16(body.length - CRC_BYTES, crc16(body.subarray(0, -CRC_BYTES), 0), true);
  const escaped = [...body].flatMap((byte) => ESCAPES[byte] ?? [byte]);
  return Uint8Array.from([...new Array(LEADING).fill(FRAME_START), ...escaped, FRAME_END]);
}

/** @param body unescaped, between start and end. @returns null when length or CRC are wrong */
export function parseBody(body: Uint8Array): OnbonFrame | null {
  if (body.length < HEADER_BYTES + CRC_BYTES) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (view.getUint16(12, true) !== body.length - HEADER_BYTES - CRC_BYTES) return null;
  const crc = view.getUint16(body.length - CRC_BYTES, true);
  if (crc !== UNCHECKED && crc !== crc16(body.subarray(0, -CRC_BYTES), 0)) return null;
  return {
    destination: view.getUint16(0, true),
    source: view.getUint16(2, true),
    data: body.slice(HEADER_BYTES, -CRC_BYTES),
  };
}
