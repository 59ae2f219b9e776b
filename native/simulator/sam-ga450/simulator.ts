import { setTimeout as delay } from 'node:timers/promises';
import { type Line, openLine, sendPaced } from '../line.ts';
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

const KNOWN_FAULTS: readonly Fault[] = [
  'silence',
  'half-frame',
  'garbage',
  'bad-checksum',
  'late',
  'duplicate',
  'disconnect',
  'slow',
];
const LATE_MS = 1500;
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
  #fault: { name: Fault; command: string | null; left: number } | null = null;
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
    if (fault && !KNOWN_FAULTS.includes(fault)) throw new RangeError(`a card reader has no fault ${fault}`);
    this.#fault = fault && {
      name: fault,
      command: scope.command ?? null,
      left: scope.times ?? Number.POSITIVE_INFINITY,
    };
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
    const fault = this.#takeFault(name);
    const answer = this.#reader.answer(request.code, request.checksumOk);
    const reply = buildReply(answer.sw3, answer.data);
    const baudRate = fault === 'slow' ? SLOW_BAUD : this.#options.baudRate;
    const wireMs = baudRate ? arrivedAt + (request.bytes * 10_000) / baudRate - performance.now() : 0;
    if (wireMs > 0) await delay(wireMs);
    const send = async (bytes: Uint8Array) => (baudRate ? sendPaced(line, bytes, baudRate) : line.send(bytes));
    this.#options.onExchange?.(`${name} ${answer.sw3.toString(16)} ${reply.length} bytes${fault ? ` ${fault}` : ''}`);
    await this.#sendWith(fault, reply, line, send);
  }

  async #sendWith(
    fault: Fault | null,
    reply: Buffer,
    line: Line,
    send: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const half = reply.subarray(0, Math.floor(reply.length / 2));
    switch (fault) {
      case 'silence':
        return;
      case 'half-frame':
        return send(half);
      case 'disconnect':
        await send(half);
        return line.hangUp();
      case 'garbage':
        return send(Buffer.concat([NOISE[this.#noiseTurn++ % NOISE.length] ?? Buffer.alloc(0), reply]));
      case 'bad-checksum':
        return send(Buffer.concat([reply.subarray(0, -1), Buffer.of((reply.at(-1) ?? 0) ^ 0xff)]));
      case 'late':
        await delay(this.#options.lateMs ?? LATE_MS);
        return send(reply);
      case 'duplicate':
        await send(reply);
        return send(reply);
      default:
        return send(reply);
    }
  }

  #takeFault(command: string): Fault | null {
    const fault = this.#fault;
    if (!fault || (fault.command !== null && fault.command !== command)) return null;
    fault.left -= 1;
    if (fault.left <= 0) this.#fault = null;
    return fault.name;
  }
}
