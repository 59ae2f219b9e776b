import { COM_PORT } from './comPort.ts';
import { DO, DONT, IAC, type Verb, WILL, WONT } from './telnet.ts';

const BINARY = 0;
const ECHO = 1;
const SUPPRESS_GO_AHEAD = 3;

/** What we do and what the server may do; everything else is declined. */
const OURS = new Set([BINARY, SUPPRESS_GO_AHEAD, COM_PORT]);
const THEIRS = new Set([BINARY, ECHO, SUPPRESS_GO_AHEAD, COM_PORT]);

export type ComPortAnswer = 'accepted' | 'declined';

/**
 * Which options are on, both ways. An answer is given only to what changes something, so that two ends never agree in
 * circles (RFC 854).
 */
export class TelnetOptions {
  readonly #ours = new Map<number, boolean>();
  readonly #theirs = new Map<number, boolean>();

  /** Everything we want, in one go; a server that asks for the same first gets the same answer. */
  begin(): Uint8Array {
    for (const option of OURS) this.#ours.set(option, true);
    for (const option of [BINARY, SUPPRESS_GO_AHEAD]) this.#theirs.set(option, true);
    const wanted = [
      [WILL, COM_PORT],
      [WILL, BINARY],
      [DO, BINARY],
      [WILL, SUPPRESS_GO_AHEAD],
      [DO, SUPPRESS_GO_AHEAD],
    ] as const;
    return Uint8Array.from(wanted.flatMap(([verb, option]) => [IAC, verb, option]));
  }

  /** @returns what is to be sent, or null when nothing is */
  answer(verb: Verb, option: number): Uint8Array | null {
    const isTheirs = verb === WILL || verb === WONT;
    const table = isTheirs ? this.#theirs : this.#ours;
    const on = verb === WILL || verb === DO ? (isTheirs ? THEIRS : OURS).has(option) : false;
    const before = table.get(option);
    table.set(option, on);
    // A refusal of what was never on, and an agreement to what was asked for, need no answer.
    if (before === on || (before === undefined && (verb === WONT || verb === DONT))) return null;
    const reply = isTheirs ? (on ? DO : DONT) : on ? WILL : WONT;
    return Uint8Array.of(IAC, reply, option);
  }

  /** What this says about COM-PORT-OPTION, the one thing the whole is for. */
  static comPort(verb: Verb, option: number): ComPortAnswer | null {
    if (option !== COM_PORT) return null;
    if (verb === DO || verb === WILL) return 'accepted';
    return verb === DONT ? 'declined' : null;
  }
}
