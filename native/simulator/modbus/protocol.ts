/** The slave's side of a Modbus RTU line, written from the protocol alone: it shares no code with the master it tests. */

const READ_HOLDING = 3;
const READ_INPUT = 4;
const WRITE_ONE = 6;
const WRITE_SEVERAL = 16;
const KNOWN = new Set([READ_HOLDING, READ_INPUT, WRITE_ONE, WRITE_SEVERAL]);
const MAX_FRAME = 256;

export interface Request {
  unit: number;
  code: number;
  address: number;
  /** Registers asked for or written. */
  count: number;
  values: number[];
  bytes: number;
}

/** Takes whole requests out of the incoming bytes; damaged ones are passed over, as a real slave does. */
export class RequestReader {
  #rest = Buffer.alloc(0);

  push(bytes: Uint8Array): Request[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests: Request[] = [];
    while (this.#rest.length >= 2) {
      const length = requestLength(this.#rest);
      if (length !== null && length > this.#rest.length) break;
      const frame = length === null ? null : this.#rest.subarray(0, length);
      if (frame && checksum(frame) === 0) {
        requests.push(parse(frame));
        this.#rest = this.#rest.subarray(frame.length);
      } else this.#rest = this.#rest.subarray(1);
    }
    return requests;
  }

  /** The line was silent: what is held is no beginning of a frame. */
  reset(): void {
    this.#rest = Buffer.alloc(0);
  }
}

export function registersReply({ unit, code }: Request, values: readonly number[]): Buffer {
  const body = Buffer.alloc(3 + values.length * 2);
  body.set([unit, code, values.length * 2]);
  for (const [index, value] of values.entries()) body.writeUInt16BE(value, 3 + index * 2);
  return closed(body);
}

export function writtenReply({ unit, code, address, count, values }: Request): Buffer {
  const body = Buffer.alloc(6);
  body.set([unit, code]);
  body.writeUInt16BE(address, 2);
  body.writeUInt16BE(code === WRITE_ONE ? (values[0] ?? 0) : count, 4);
  return closed(body);
}

export function exceptionReply({ unit, code }: Request, exception: number): Buffer {
  return closed(Buffer.of(unit, code | 0x80, exception));
}

export const isWrite = ({ code }: Request) => code === WRITE_ONE || code === WRITE_SEVERAL;
export const isKnown = ({ code }: Request) => KNOWN.has(code);
export const readsHolding = ({ code }: Request) => code === READ_HOLDING;

/** The same frame from another address, with a right checksum. */
export function fromUnit(frame: Buffer, unit: number): Buffer {
  return closed(Buffer.concat([Buffer.of(unit), frame.subarray(1, -2)]));
}

function requestLength(bytes: Buffer): number | null {
  if (bytes[1] !== WRITE_SEVERAL) return 8;
  if (bytes.length < 7) return 9;
  const length = 9 + (bytes[6] ?? 0);
  return length <= MAX_FRAME ? length : null;
}

function parse(frame: Buffer): Request {
  const [unit = 0, code = 0] = frame;
  const values: number[] = [];
  if (code === WRITE_ONE) values.push(frame.readUInt16BE(4));
  if (code === WRITE_SEVERAL) for (let at = 7; at < frame.length - 2; at += 2) values.push(frame.readUInt16BE(at));
  const count = code === WRITE_ONE ? 1 : frame.readUInt16BE(4);
  return { unit, code, address: frame.readUInt16BE(2), count, values, bytes: frame.length };
}

function closed(body: Buffer): Buffer {
  const sum = checksum(body);
  return Buffer.concat([body, Buffer.of(sum & 0xff, sum >> 8)]);
}

/** By table, as most firmware does it; 0 over a frame that carries its right checksum. */
function checksum(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => (crc >> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0), 0xffff);
}

const TABLE = Uint16Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value % 2 === 1 ? (value >> 1) ^ 0xa001 : value >> 1;
  return value;
});
