import { setTimeout as delay } from 'node:timers/promises';
import { type Line, openLine, sendPaced } from './line.ts';
import type { Fault, Simulator, SimulatorOptions } from './types.ts';

/** Limits a fault to a number of answers; afterwards the simulator is healthy again. */
export interface FaultScope {
  times?: number;
}

export interface FaultySimulator extends Simulator {
  setFault(fault: Fault | null, scope?: FaultScope): void;
}

export interface PeerOptions extends SimulatorOptions {
  /** How late the fault `late` is. */
  lateMs?: number | undefined;
}

export interface PeerRole {
  /** In messages: `a font card`. */
  name: string;
  faults: readonly Fault[];
  onData(bytes: Uint8Array, peer: Peer): void;
  /** Bytes that look like the beginning of an answer. */
  noise: Uint8Array;
  /** The answer with a wrong checksum; what that means where there is none. */
  damage(answer: Buffer): Buffer;
  onClose?(): void;
}

const LATE_MS = 1500;
/** Nobody's line, but slow enough to show every assumption about chunks. */
const SLOW_BAUD = 1200;

/** The device's end of a line with everything a line can do to an answer (devices.md §6.8); shares nothing with drivers. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #role: PeerRole;
  #line: Line | null = null;
  #fault: { name: Fault; left: number } | null = null;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: PeerOptions, role: PeerRole) {
    this.#options = options;
    this.#role = role;
    if (options.fault) this.setFault(options.fault);
  }

  static async open(options: PeerOptions, role: PeerRole): Promise<Peer> {
    const peer = new Peer(options, role);
    peer.#line = await openLine(options.port, {
      onData: (bytes) => role.onData(bytes, peer),
      secondClient: 'refuse',
      serialHangUp: 'reopen',
    });
    return peer;
  }

  get port(): string {
    return this.#line?.port ?? this.#options.port;
  }

  /** @throws RangeError for a fault this device does not have */
  setFault(fault: Fault | null, scope: FaultScope = {}): void {
    if (fault && !this.#role.faults.includes(fault)) throw new RangeError(`${this.#role.name} has no fault ${fault}`);
    this.#fault = fault && { name: fault, left: scope.times ?? Number.POSITIVE_INFINITY };
  }

  /** The fault that strikes this answer; each asking counts as one answer. */
  takeFault(): Fault | null {
    const fault = this.#fault;
    if (!fault) return null;
    fault.left -= 1;
    if (fault.left <= 0) this.#fault = null;
    return fault.name;
  }

  /** One after the other. @param fault what is done to it on the line */
  answer(answer: Uint8Array, fault: Fault | null, label: string): void {
    this.#options.onExchange?.(`${label}${fault ? ` ${fault}` : ''}`);
    this.#work = this.#work.then(() => this.#send(Buffer.from(answer), fault)).catch(() => {});
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#role.onClose?.();
    await this.#line?.close();
    await this.#work;
  }

  async #send(answer: Buffer, fault: Fault | null): Promise<void> {
    const line = this.#line;
    if (!line || this.#closed || fault === 'silence') return;
    const baudRate = fault === 'slow' ? SLOW_BAUD : this.#options.baudRate;
    const put = async (bytes: Uint8Array) => (baudRate ? sendPaced(line, bytes, baudRate) : line.send(bytes));
    const half = answer.subarray(0, Math.floor(answer.length / 2));
    switch (fault) {
      case 'half-frame':
        return put(half);
      case 'disconnect':
        await put(half);
        return line.hangUp();
      case 'garbage':
        return put(Buffer.concat([this.#role.noise, answer]));
      case 'bad-checksum':
        return put(this.#role.damage(answer));
      case 'late':
        await delay(this.#options.lateMs ?? LATE_MS);
        return put(answer);
      case 'duplicate':
        await put(answer);
        return put(answer);
      default:
        return put(answer);
    }
  }
}

/** The face every simulator made of a peer shows. */
export function simulatorOf(peer: Peer): FaultySimulator {
  return {
    port: peer.port,
    setFault: (fault, scope) => peer.setFault(fault, scope),
    close: () => peer.close(),
  };
}
