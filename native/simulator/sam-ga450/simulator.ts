import { setTimeout as delay } from 'node:timers/promises';
import { damageLastByte, FaultSwitch, LINE_FAULTS, paceOf, sendFaulty } from '../faults.ts';
import { type Line, openLine } from '../line.ts';
import type { Fault, Simulator, SimulatorOptions } from '../types.ts';
import { buildReply, type Request, RequestReader } from './protocol.ts';
import { COMMAND_NAMES, SimulatedReader } from './reader.ts';

export interface SamSimulatorOptions extends SimulatorOptions {
  /** How late the fault `late` is. Beyond the deadline of every request but a reading. */
  lateMs?: number | undefined;
  /** False: a card can be found again without lifting it. */
  hidesReadCard?: boolean | undefined;
}

/** Limits a fault to one command and a number of its answers; afterwards the simulator is healthy again. */
export interface FaultScope {
  /** `find`, `select`, `read`, `address`, `status`, `sam-id`, `reset` */
  command?: string;
  times?: number;
}

export interface SamSimulator extends Simulator {
  setFault(fault: Fault | null, scope?: FaultScope): void;
  /** @throws RangeError for a name nobody has */
  layCard(name: string): void;
  liftCard(): void;
  /** How often somebody looked for a card since the last one was lifted. */
  readonly looksSinceLift: number;
  /** The next `times` answers to `command` are this status alone; 0 forgets what was forced. */
  forceStatus(command: string, sw3: number, times?: number): void;
}

/** Nobody's line, but slow enough to show every assumption about chunks. */
const SLOW_BAUD = 9600;
/** Noise with half a preamble, and a whole preamble whose length swallows the frame that follows. */
const NOISE = [Buffer.from('00ffaaaa9613', 'hex'), Buffer.from('aaaaaa96690200', 'hex')];

/**
 * A card reader that exists as bytes only. Without `baudRate` it answers at once; with it both directions take the
 * time they would take on the wire.
 */
export async function startSamSimulator(options: SamSimulatorOptions): Promise<SamSimulator> {
  const simulator = new RunningSimulator(options);
  await simulator.open();
  return simulator;
}

class RunningSimulator implements SamSimulator {
  readonly #options: SamSimulatorOptions;
  readonly #reader = new SimulatedReader();
  readonly #requests = new RequestReader();
  #line: Line | null = null;
  readonly #faults = new FaultSwitch<string>();
  #noiseTurn = 0;
  /** A reader does one thing after the other. */
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: SamSimulatorOptions) {
    this.#options = options;
    this.#reader.hidesReadCard = options.hidesReadCard ?? true;
    if (options.fault) this.setFault(options.fault);
  }

  async open(): Promise<void> {
    this.#line = await openLine(this.#options.port, {
      onData: (bytes) => this.#arrive(bytes),
      secondClient: 'refuse',
      serialHangUp: 'reopen',
    });
  }

  #arrive(bytes: Uint8Array): void {
    const arrivedAt = performance.now();
    for (const request of this.#requests.push(bytes)) {
      this.#work = this.#work.then(() => this.#serve(request, arrivedAt)).catch(() => {});
    }
  }

  get port(): string {
    return this.#line?.port ?? this.#options.port;
  }

  setFault(fault: Fault | null, scope: FaultScope = {}): void {
    if (fault && !(LINE_FAULTS as readonly Fault[]).includes(fault))
      throw new RangeError(`a card reader has no fault ${fault}`);
    this.#faults.set(fault, { part: scope.command, times: scope.times });
  }

  layCard(name: string): void {
    this.#reader.lay(name);
  }

  liftCard(): void {
    this.#reader.lift();
  }

  get looksSinceLift(): number {
    return this.#reader.looksSinceLift;
  }

  forceStatus(command: string, sw3: number, times = 1): void {
    this.#reader.force(command, sw3, times);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#line?.close();
    await this.#work;
  }

  async #serve(request: Request, arrivedAt: number): Promise<void> {
    const line = this.#line;
    if (!line || this.#closed) return;
    const name = COMMAND_NAMES[request.code] ?? request.code;
    const fault = this.#faults.take(String(name));
    const answer = this.#reader.answer(request.code, request.checksumOk);
    const reply = buildReply(answer.sw3, answer.data);
    const { lateMs, baudRate: usual } = this.#options;
    const baudRate = paceOf(fault, { baudRate: usual, slowBaud: SLOW_BAUD });
    const wireMs = baudRate ? arrivedAt + (request.bytes * 10_000) / baudRate - performance.now() : 0;
    if (wireMs > 0) await delay(wireMs);
    this.#options.onExchange?.(`${name} ${answer.sw3.toString(16)} ${reply.length} bytes${fault ? ` ${fault}` : ''}`);
    const noise = NOISE[fault === 'garbage' ? this.#noiseTurn++ % NOISE.length : 0] ?? Buffer.alloc(0);
    await sendFaulty(line, reply, fault, {
      ...{ baudRate, lateMs, noise, slowBaud: SLOW_BAUD },
      damage: damageLastByte,
    });
  }
}
