import { CALL_DEADLINE_MS, withDeadline } from '../deadline.ts';
import type { EndReason } from '../ending.ts';
import { type Transport, TransportError } from '../types.ts';
import { COM_PORT, type CommandName, encodeSetting, lineErrors, parseAnswer, type Setting } from './comPort.ts';
import { TelnetOptions } from './options.ts';
import { escaped, TelnetReader, type Verb } from './telnet.ts';

/** Enough for the words of a server that refuses. */
const KEPT_UNASKED = 256;

/** A serial line at the far end of a telnet connection: bytes in and out, and what the server says about the line. */
export class Rfc2217Session implements Transport {
  readonly #inner: Transport;
  readonly #options = new TelnetOptions();
  readonly #waiting = new Map<CommandName, PromiseWithResolvers<number>>();
  readonly #comPort = Promise.withResolvers<void>();
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLineError: (errors: readonly string[]) => void = () => {};
  /** Set while the server asks us to hold back. */
  #suspended: PromiseWithResolvers<void> | null = null;
  #unasked = Buffer.alloc(0);
  #settled = false;

  /** @param inner the connection, with nothing read from it yet */
  constructor(inner: Transport) {
    this.#inner = inner;
    this.#comPort.promise.catch(() => {});
    const reader = new TelnetReader({
      onData: (bytes) => this.#receive(bytes),
      onOption: (verb, option) => this.#agree(verb, option),
      onSubnegotiation: (option, payload) => this.#told(option, payload),
    });
    inner.onData((bytes) => reader.push(bytes));
    inner.onClose(() => this.#letGo());
  }

  get port(): string {
    return this.#inner.port;
  }

  /** What came before the line was set: the server's own words. */
  get unaskedData(): Uint8Array {
    return this.#unasked;
  }

  /** @throws TransportError `wrong-mode` when the server has no COM-PORT-OPTION, `closed` */
  async begin(): Promise<void> {
    await this.#inner.write(this.#options.begin());
    await this.#comPort.promise;
  }

  /** @returns what the server made of it. @throws TransportError `closed` */
  async set(setting: Setting): Promise<number> {
    const answer = Promise.withResolvers<number>();
    this.#waiting.set(setting.name, answer);
    await this.#inner.write(encodeSetting(setting));
    return answer.promise;
  }

  /** The line is set: from now on what comes is the device's. */
  settled(): void {
    this.#settled = true;
  }

  async write(bytes: Uint8Array, patienceMs = CALL_DEADLINE_MS): Promise<void> {
    const held = this.#suspended;
    if (held) await withDeadline(held.promise, patienceMs, `write ${this.port}`);
    await this.#inner.write(escaped(bytes), patienceMs);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  /** Overrun, parity, framing, break: what a wrong speed or a bad cable shows. */
  onLineError(listener: (errors: readonly string[]) => void): void {
    this.#onLineError = listener;
  }

  onClose(listener: (reason: EndReason) => void): void {
    this.#inner.onClose(listener);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#settled) this.#onData(bytes);
    else this.#unasked = Buffer.concat([this.#unasked, bytes]).subarray(0, KEPT_UNASKED);
  }

  #agree(verb: Verb, option: number): void {
    const reply = this.#options.answer(verb, option);
    if (reply) this.#inner.write(reply).catch(() => {});
    const comPort = TelnetOptions.comPort(verb, option);
    if (comPort === 'accepted') this.#comPort.resolve();
    if (comPort === 'declined') {
      this.#comPort.reject(new TransportError('wrong-mode', `${this.port}: the server has no COM-PORT-OPTION`));
    }
  }

  #told(option: number, payload: Uint8Array): void {
    const answer = option === COM_PORT ? parseAnswer(payload) : null;
    if (!answer) return;
    if (answer.name === 'suspend') this.#suspended ??= Promise.withResolvers<void>();
    else if (answer.name === 'resume') this.#resume();
    else if (answer.name === 'lineState') {
      const errors = lineErrors(answer.value);
      if (errors.length > 0) this.#onLineError(errors);
    } else {
      this.#waiting.get(answer.name)?.resolve(answer.value);
      this.#waiting.delete(answer.name);
    }
  }

  #resume(): void {
    this.#suspended?.resolve();
    this.#suspended = null;
  }

  #letGo(): void {
    const error = new TransportError('refused', `${this.port}: closed while the line was set`);
    this.#comPort.reject(error);
    for (const { reject, promise } of this.#waiting.values()) {
      promise.catch(() => {});
      reject(error);
    }
    this.#waiting.clear();
    this.#resume();
  }
}
