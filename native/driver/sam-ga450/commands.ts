import { encodeRequest, type Frame } from './frame.ts';

/** One request and the answers that can belong to it. Answers carry no echo, so their shape has to do (§1.3). */
export interface Command {
  name: string;
  request: Uint8Array;
  /** How long one answer is waited for. */
  deadline: keyof SamTimings;
  /** False for what can only be the late or repeated answer to an earlier request. */
  accepts(frame: Frame): boolean;
}

/** All in milliseconds (devices.md §1.8). */
export interface SamTimings {
  find: number;
  select: number;
  read: number;
  status: number;
  /** From the first request for a card to its record, repetitions included. */
  whole: number;
  /** Silence inside a frame after which it is given up. */
  interByte: number;
  /** Silence after a timeout before anything new is asked. */
  quiet: number;
}

/** 1,295 bytes take 1.35 s at 9,600 baud. A device server splits and joins what passes it (§6.7): three times the gap. */
export function defaultTimings(port: string, baudRate: number): SamTimings {
  return {
    find: 1000,
    select: 1000,
    read: baudRate <= 19_200 ? 5000 : 3000,
    status: 1000,
    whole: 6000,
    interByte: port.startsWith('tcp://') ? 600 : 200,
    quiet: 300,
  };
}

const OK = 0x90;
const FOUND = 0x9f;
const NOT_FOUND = 0x80;
const EMPTY = 0x91;
const MAX_ADDRESS_BYTES = 70;

const isError = ({ sw3 }: Frame) => ![OK, FOUND, EMPTY].includes(sw3);
/** 31–47 and 81 come from working on a card: never the answer to finding one or to a question about the reader. */
const isCardError = ({ sw3 }: Frame) => (sw3 >= 0x31 && sw3 <= 0x47) || sw3 === 0x81;
const isReaderError = (frame: Frame) => isError(frame) && !isCardError(frame) && frame.sw3 !== NOT_FOUND;
const isOk = (frame: Frame, min: number, max: number) =>
  frame.sw3 === OK && frame.data.length >= min && frame.data.length <= max;

export const RESET: Command = {
  name: 'reset',
  request: encodeRequest(0x10, 0xff),
  deadline: 'status',
  accepts: (frame) => isOk(frame, 0, 0) || isReaderError(frame),
};

export const STATUS: Command = {
  name: 'status',
  request: encodeRequest(0x11, 0xff),
  deadline: 'status',
  accepts: (frame) => isOk(frame, 0, 0) || isReaderError(frame),
};

export const SAM_ID: Command = {
  name: 'sam-id',
  request: encodeRequest(0x12, 0xff),
  deadline: 'status',
  accepts: (frame) => isOk(frame, 16, 16) || isReaderError(frame),
};

export const FIND: Command = {
  name: 'find',
  request: encodeRequest(0x20, 0x01),
  deadline: 'find',
  accepts: (frame) => frame.sw3 === FOUND || frame.sw3 === NOT_FOUND || isReaderError(frame),
};

export const SELECT: Command = {
  name: 'select',
  request: encodeRequest(0x20, 0x02),
  deadline: 'select',
  accepts: (frame) => isOk(frame, 0, 16) || isError(frame),
};

export const READ_TEXT: Command = {
  name: 'read',
  request: encodeRequest(0x30, 0x01),
  deadline: 'read',
  accepts: (frame) => isOk(frame, MAX_ADDRESS_BYTES + 1, 0x0c00) || isError(frame),
};

export const READ_ADDRESS: Command = {
  name: 'address',
  request: encodeRequest(0x30, 0x03),
  deadline: 'status',
  accepts: (frame) => frame.sw3 === EMPTY || isOk(frame, 0, MAX_ADDRESS_BYTES) || isError(frame),
};
