import type { PortOptions } from '../types.ts';
import { subnegotiation } from './telnet.ts';

/** COM-PORT-OPTION (RFC 2217 §3; devices.md §6.7). */
export const COM_PORT = 44;
/** A server answers a command with its code and this. */
const ANSWER = 100;

export const COMMAND = {
  baudRate: 1,
  dataSize: 2,
  parity: 3,
  stopSize: 4,
  control: 5,
  lineState: 6,
  modemState: 7,
  suspend: 8,
  resume: 9,
  lineStateMask: 10,
  modemStateMask: 11,
  purge: 12,
} as const;

export type CommandName = keyof typeof COMMAND;

export interface Setting {
  name: CommandName;
  value: number;
}

export interface WantedSetting extends Setting {
  /** False: servers that do not know it work all the same. */
  required: boolean;
}

const PARITY = { none: 1, odd: 2, even: 3 } as const;
const FLOW_CONTROL = { none: 1, xonxoff: 2, rtscts: 3 } as const;
const DATA_BITS = 8;
const ONE_STOP_BIT = 1;
/** Overrun, parity error, framing error, break: all a wrong speed or a bad cable shows. */
const LINE_ERRORS = 0b0001_1110;
/** Modem lines say nothing a driver asks. */
const NO_MODEM_LINES = 0;
const PURGE_BOTH = 3;

const LINE_ERROR_NAMES: readonly (readonly [number, string])[] = [
  [0b0000_0010, 'overrun'],
  [0b0000_0100, 'parity'],
  [0b0000_1000, 'framing'],
  [0b0001_0000, 'break'],
];

/** What is asked of the server, in this order; the last throws away what an earlier program left behind. */
export function settingsOf({ baudRate, parity = 'none', flowControl = 'none' }: PortOptions): WantedSetting[] {
  return [
    { name: 'baudRate', value: baudRate, required: true },
    { name: 'dataSize', value: DATA_BITS, required: true },
    { name: 'parity', value: PARITY[parity], required: true },
    { name: 'stopSize', value: ONE_STOP_BIT, required: true },
    { name: 'control', value: FLOW_CONTROL[flowControl], required: flowControl !== 'none' },
    { name: 'lineStateMask', value: LINE_ERRORS, required: false },
    { name: 'modemStateMask', value: NO_MODEM_LINES, required: false },
    { name: 'purge', value: PURGE_BOTH, required: false },
  ];
}

/** The bytes of one setting: the speed as u32, everything else as one byte. */
export function encodeSetting({ name, value }: Setting): Uint8Array {
  const bytes =
    name === 'baudRate' ? [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff] : [value];
  return subnegotiation(COM_PORT, Uint8Array.of(COMMAND[name], ...bytes));
}

/**
 * What a server said, with the option's own number taken off.
 * @returns null for what is none of the server's codes or too short
 */
export function parseAnswer(payload: Uint8Array): Setting | null {
  const [code = 0, ...value] = payload;
  const found = Object.entries(COMMAND).find(([, own]) => own + ANSWER === code);
  if (!found) return null;
  const name = found[0] as CommandName;
  if (name === 'suspend' || name === 'resume') return { name, value: 0 };
  if (value.length < (name === 'baudRate' ? 4 : 1)) return null;
  if (name !== 'baudRate') return { name, value: value[0] ?? 0 };
  const [a = 0, b = 0, c = 0, d = 0] = value;
  return { name, value: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 };
}

/** The errors in a line state, such as `framing`; empty for one that only says that there is data. */
export function lineErrors(state: number): string[] {
  return LINE_ERROR_NAMES.filter(([bit]) => (state & bit) !== 0).map(([, name]) => name);
}
