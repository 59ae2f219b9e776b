/** Telnet as far as RFC 2217 needs it (RFC 854, RFC 855; devices.md §6.7). */
export const IAC = 0xff;
export const DONT = 0xfe;
export const DO = 0xfd;
export const WONT = 0xfc;
export const WILL = 0xfb;
export const SB = 0xfa;
export const SE = 0xf0;

export type Verb = typeof DO | typeof DONT | typeof WILL | typeof WONT;

export interface TelnetListener {
  /** Bytes of the line, FF no longer doubled. */
  onData(bytes: Uint8Array): void;
  onOption(verb: Verb, option: number): void;
  /** Between IAC SB and IAC SE, without the option's own number. */
  onSubnegotiation(option: number, payload: Uint8Array): void;
}

type State = 'data' | 'iac' | 'option' | 'sub' | 'sub-iac';

/** Longer than any of RFC 2217: an end that never comes must not swallow the line for good. */
const MAX_SUBNEGOTIATION = 512;

/** Takes telnet apart byte by byte, whatever the chunks. */
export class TelnetReader {
  readonly #listener: TelnetListener;
  #state: State = 'data';
  #verb: Verb = DO;
  #sub: number[] = [];

  constructor(listener: TelnetListener) {
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    const data: number[] = [];
    const flush = () => {
      if (data.length > 0) this.#listener.onData(Uint8Array.from(data.splice(0)));
    };
    for (const byte of bytes) {
      if (this.#state === 'data' && byte !== IAC) data.push(byte);
      else if (this.#state === 'iac' && byte === IAC) {
        data.push(IAC);
        this.#state = 'data';
      } else {
        // What came before a command is handed on before it: order is kept.
        if (this.#state !== 'data') flush();
        this.#state = this.#step(byte);
      }
    }
    flush();
  }

  #step(byte: number): State {
    switch (this.#state) {
      case 'data':
        return 'iac';
      case 'iac':
        return this.#command(byte);
      case 'option':
        this.#listener.onOption(this.#verb, byte);
        return 'data';
      case 'sub':
        if (byte === IAC) return 'sub-iac';
        return this.#keep(byte);
      case 'sub-iac':
        return this.#inSub(byte);
    }
  }

  #command(byte: number): State {
    if (byte === DO || byte === DONT || byte === WILL || byte === WONT) {
      this.#verb = byte;
      return 'option';
    }
    if (byte === SB) {
      this.#sub = [];
      return 'sub';
    }
    // NOP, break, are-you-there: nothing a serial line knows.
    return 'data';
  }

  #inSub(byte: number): State {
    if (byte === IAC) return this.#keep(IAC);
    if (byte !== SE) return this.#command(byte);
    const [option, ...payload] = this.#sub;
    if (option !== undefined) this.#listener.onSubnegotiation(option, Uint8Array.from(payload));
    return 'data';
  }

  #keep(byte: number): State {
    this.#sub.push(byte);
    return this.#sub.length > MAX_SUBNEGOTIATION ? 'data' : 'sub';
  }
}

/** Doubles every FF. */
export function escaped(bytes: Uint8Array): Uint8Array {
  const doubled: number[] = [];
  for (const byte of bytes) {
    doubled.push(byte);
    if (byte === IAC) doubled.push(IAC);
  }
  return Uint8Array.from(doubled);
}

export function subnegotiation(option: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, SB, option, ...escaped(payload), IAC, SE);
}
