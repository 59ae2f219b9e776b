import { FaultSwitch, type FaultyWay, sendFaulty } from './faults.ts';
import { type Line, openLine } from './line.ts';
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

export interface PeerRole extends Pick<FaultyWay, 'noise' | 'damage'> {
  /** In messages: `a font card`. */
  name: string;
  faults: readonly Fault[];
  onData(bytes: Uint8Array, peer: Peer): void;
  onClose?(): void;
}

/** The device's end of a line with everything a line can do to an answer (devices.md §6.8); shares nothing with drivers. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #role: PeerRole;
  #line: Line | null = null;
  readonly #faults = new FaultSwitch();
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
    this.#faults.set(fault, scope);
  }

  /** The fault that strikes this answer; each asking counts as one answer. */
  takeFault(): Fault | null {
    return this.#faults.take();
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
    if (!line || this.#closed) return;
    const { baudRate, lateMs } = this.#options;
    const { noise } = this.#role;
    await sendFaulty(line, answer, fault, {
      ...{ baudRate, lateMs, noise },
      damage: (sent) => this.#role.damage(sent),
    });
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
