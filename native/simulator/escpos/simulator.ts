import { type Line, openLine } from '../line.ts';
import type { Fault, Simulator, SimulatorOptions } from '../types.ts';
import { WirePace } from '../wirePace.ts';
import type { DecodeOptions } from './context.ts';
import type { Op } from './ops.ts';
import { EscposPrinter, type PrinterState } from './printer.ts';
import { openSlipFolder } from './save.ts';
import { describeSlip, type Slip } from './slip.ts';

export const ESCPOS_FAULTS = [
  'silence',
  'half-frame',
  'garbage',
  'late',
  'duplicate',
  'disconnect',
  'slow',
  'paper-out',
  'near-end',
  'cover-open',
] as const satisfies readonly Fault[];

export interface EscposSimulatorOptions extends SimulatorOptions, DecodeOptions {
  /** Paper speed in mm/s; without it printing takes no time. Real printers: 100–250. */
  printSpeed?: number | undefined;
  /** How late `late` and the second half of `half-frame` are; default 1500 ms. */
  lateMs?: number | undefined;
}

export interface EscposSimulator extends Simulator {
  /** All that came out, oldest first. */
  slips(): readonly Slip[];
  /** Called for every slip from now on; returns the way to stop. */
  onSlip(listener: (slip: Slip) => void): () => void;
  /** What hangs out of the printer, not yet cut. */
  unfinished(): readonly Op[];
  state(): PrinterState & { connected: boolean };
}

/** The baud rate of `slow` when none was given. */
const DEFAULT_BAUD = 9600;
const SLOW_PAPER = 20;
/** None of these is a status byte, an ASB, a process id, XON or XOFF (devices.md §2.4). */
const GARBAGE = Uint8Array.of(0xff, 0x00, 0x41, 0x85);
/** Paced input is handed on in such pieces, so that a status request in the middle is answered in the middle. */
const PIECE = 16;

/**
 * A ticket printer on a TCP port or a serial path. Not every fault fits this device: see {@link ESCPOS_FAULTS}.
 * @throws RangeError for a fault it does not know
 */
export async function startEscposSimulator(options: EscposSimulatorOptions): Promise<EscposSimulator> {
  const session = new Session(options);
  session.setFault(options.fault ?? null);
  await session.open();
  return session;
}

class Session implements EscposSimulator {
  readonly #options: EscposSimulatorOptions;
  readonly #printer: EscposPrinter;
  readonly #pace: WirePace;
  readonly #listeners = new Set<(slip: Slip) => void>();
  #line: Line | null = null;
  #fault: Fault | null = null;
  /** Times somebody connected: an answer goes to who asked. */
  #connections = 0;
  #outgoing: Promise<void> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();
  /** The newest process id nobody could receive (devices.md §2.5). */
  #kept: Uint8Array | null = null;

  constructor(options: EscposSimulatorOptions) {
    this.#options = options;
    this.#pace = new WirePace({
      baudRate: () => options.baudRate ?? (this.#fault === 'slow' ? DEFAULT_BAUD : null),
      piece: PIECE,
      receive: (bytes) => this.#receive(bytes),
    });
    this.#printer = new EscposPrinter({
      rom: options.rom,
      chineseAtStart: options.chineseAtStart,
      answer: (bytes, kind) => this.#answer(bytes, kind === 'processId'),
      onSlip: (slip) => this.#slipOut(slip),
      speed: () => (this.#fault === 'slow' ? SLOW_PAPER : (options.printSpeed ?? null)),
      delay: (ms) => this.#pace.delay(ms),
    });
  }

  async open(): Promise<void> {
    if (this.#options.saveDir !== undefined) {
      const save = await openSlipFolder(this.#options.saveDir);
      this.onSlip((slip) => {
        this.#saving = this.#saving.then(() => save(slip));
        this.#saving.catch(() => {}); // close() reports it
      });
    }
    this.#line = await openLine(this.#options.port, {
      onData: (bytes) => this.#pace.arrive(bytes),
      onConnect: () => this.#connected(),
      secondClient: 'replace',
      serialHangUp: 'silence',
    });
  }

  get port(): string {
    return this.#line?.port ?? this.#options.port;
  }

  slips(): readonly Slip[] {
    return this.#printer.slips;
  }

  unfinished(): readonly Op[] {
    return this.#printer.unfinished;
  }

  state(): PrinterState & { connected: boolean } {
    return { ...this.#printer.state, connected: this.#line?.connected ?? false };
  }

  onSlip(listener: (slip: Slip) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  setFault(fault: Fault | null): void {
    const known: readonly Fault[] = ESCPOS_FAULTS;
    if (fault !== null && !known.includes(fault)) throw new RangeError(`not a fault of this device: ${fault}`);
    this.#fault = fault;
    const paper = fault === 'paper-out' ? 'out' : fault === 'near-end' ? 'near-end' : 'ok';
    this.#printer.setMedia(paper, fault === 'cover-open');
  }

  /** @throws when a slip could not be saved */
  async close(): Promise<void> {
    this.#pace.stop();
    this.#printer.clear();
    await this.#line?.close();
    await this.#saving;
  }

  #receive(bytes: Uint8Array): void {
    if (this.#fault !== 'disconnect') {
      this.#printer.receive(bytes);
      return;
    }
    for (const byte of bytes) {
      this.#printer.receive(Uint8Array.of(byte));
      if (this.#printer.isMidJob) {
        this.#pace.pull();
        void this.#line?.hangUp();
        return;
      }
    }
  }

  #answer(bytes: Uint8Array, isProcessId: boolean): void {
    if (this.#fault === 'silence') return;
    if (!this.#line?.connected) {
      if (isProcessId) this.#kept = bytes;
      return;
    }
    const late = this.#options.lateMs ?? 1500;
    if (this.#fault === 'garbage') this.#send(GARBAGE, 0);
    if (this.#fault === 'half-frame' && bytes.length > 1) {
      this.#send(bytes.subarray(0, bytes.length >> 1), 0);
      this.#send(bytes.subarray(bytes.length >> 1), late);
      return;
    }
    this.#send(bytes, this.#fault === 'late' ? late : 0);
    if (this.#fault === 'duplicate') this.#send(bytes, 0);
  }

  #connected(): void {
    this.#connections += 1;
    if (this.#kept) this.#send(this.#kept, 0);
    this.#kept = null;
  }

  /** Answers leave in order; a late one is late from now, not from the one before. */
  #send(bytes: Uint8Array, afterMs: number): void {
    const due = performance.now() + afterMs;
    const connection = this.#connections;
    this.#outgoing = this.#outgoing.then(async () => {
      await this.#pace.delay(Math.max(0, due - performance.now()) + this.#pace.wireTime(bytes.length));
      if (connection === this.#connections) this.#line?.send(bytes);
    });
  }

  #slipOut(slip: Slip): void {
    this.#options.onExchange?.(describeSlip(slip));
    for (const listener of this.#listeners) listener(slip);
  }
}
