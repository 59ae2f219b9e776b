import type { DecodeOptions } from './context.ts';
import { EscposDecoder } from './decode.ts';
import { isMark, type Op } from './ops.ts';
import { RealTimeScanner } from './realTime.ts';
import { type Slip, Strip } from './slip.ts';

export type PaperState = 'ok' | 'near-end' | 'out';

export interface PrinterState {
  paper: PaperState;
  coverOpen: boolean;
  /** Does not print: no paper, or cover open. */
  offline: boolean;
  /** Steps received and not yet printed. */
  queued: number;
}

export interface PrinterOptions extends DecodeOptions {
  answer(bytes: Uint8Array, kind: 'status' | 'paper' | 'processId'): void;
  onSlip?(slip: Slip): void;
  /** Paper speed in mm/s, asked before each step; null: printing takes no time. */
  speed?(): number | null;
  /** Only used with a speed. */
  delay?(ms: number): Promise<void>;
}

const DOTS_PER_MM = 8;

interface Step {
  op: Op;
  bytes: Uint8Array;
}

/** A ticket printer without its cable: bytes in, paper and answers out (devices.md §2.4, §2.5). */
export class EscposPrinter {
  readonly #options: PrinterOptions;
  readonly #decoder: EscposDecoder;
  readonly #scanner = new RealTimeScanner();
  readonly #strip = new Strip();
  readonly #slips: Slip[] = [];
  #queue: Step[] = [];
  #unattributed: number[] = [];
  #paper: PaperState = 'ok';
  #coverOpen = false;
  #moving = false;
  /** Counts clearings, so that a step under way notices that it was forgotten. */
  #life = 0;

  constructor(options: PrinterOptions) {
    this.#options = options;
    this.#decoder = new EscposDecoder(options);
  }

  get state(): PrinterState {
    return { paper: this.#paper, coverOpen: this.#coverOpen, offline: this.#offline, queued: this.#queue.length };
  }

  get slips(): readonly Slip[] {
    return this.#slips;
  }

  /** On the paper that hangs out of the printer, not cut. */
  get unfinished(): readonly Op[] {
    return this.#strip.ops;
  }

  /** True between the first mark of a slip, received or printed, and its cut. */
  get isMidJob(): boolean {
    return this.#strip.isMarked || this.#queue.some((step) => isMark(step.op));
  }

  get #offline(): boolean {
    return this.#coverOpen || this.#paper === 'out';
  }

  /** Bytes have arrived. Real-time commands are answered before this returns. */
  receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#unattributed.push(byte);
      for (const op of this.#decoder.push(Uint8Array.of(byte))) {
        this.#enqueue(op);
      }
      const realTime = this.#scanner.push(byte);
      if (realTime?.command === 'status') this.#options.answer(Uint8Array.of(this.#status(realTime.n)), 'status');
      if (realTime?.command === 'recover' && realTime.n === 2) this.clear();
      this.#print();
    }
  }

  /** A request makes no paper: its bytes, always the newest, belong to no slip. */
  #enqueue(op: Op): void {
    const own = requestLength(op);
    const bytes = this.#unattributed.splice(own > 0 ? -own : 0);
    this.#queue.push({ op, bytes: Uint8Array.from(bytes) });
  }

  /** As DLE ENQ 2: what is received and not printed is forgotten, a pending process id with it (§2.5). */
  clear(): void {
    this.#life += 1;
    this.#moving = false;
    this.#queue = [];
    this.#unattributed = [];
    this.#decoder.clear();
  }

  /** Printing goes on by itself when the cause of the stop is gone. */
  setMedia(paper: PaperState, coverOpen: boolean): void {
    this.#paper = paper;
    this.#coverOpen = coverOpen;
    this.#print();
  }

  /** §2.4; fixed bits 1 and 4. */
  #status(n: 1 | 2 | 3 | 4): number {
    const isOut = this.#paper === 'out';
    if (n === 1) return 0x12 | (this.#offline ? 0x08 : 0);
    if (n === 2) return 0x12 | (this.#coverOpen ? 0x04 : 0) | (isOut ? 0x20 : 0);
    if (n === 3) return 0x12;
    return 0x12 | (this.#paper === 'ok' ? 0 : 0x0c) | (isOut ? 0x60 : 0);
  }

  #print(): void {
    if (this.#moving) return;
    for (let step = this.#queue[0]; step; step = this.#queue[0]) {
      if (this.#offline && needsPaper(step.op)) return;
      const ms = this.#duration(step.op);
      if (ms > 0) {
        void this.#printSlowly(ms);
        return;
      }
      this.#queue.shift();
      this.#perform(step);
    }
  }

  async #printSlowly(ms: number): Promise<void> {
    const life = this.#life;
    this.#moving = true;
    await this.#options.delay?.(ms);
    if (life !== this.#life) return;
    this.#moving = false;
    const step = this.#queue[0];
    if (step && !this.#offline) {
      this.#queue.shift();
      this.#perform(step);
    }
    this.#print();
  }

  #duration(op: Op): number {
    const speed = this.#options.speed?.() ?? null;
    return speed === null ? 0 : (paperDots(op) / DOTS_PER_MM / speed) * 1000;
  }

  #perform({ op, bytes }: Step): void {
    switch (op.kind) {
      case 'processId':
        this.#options.answer(Uint8Array.of(0x37, 0x22, ...Buffer.from(op.id, 'latin1'), 0), 'processId');
        return;
      case 'statusRequest':
        if (op.command === 'GS r') this.#options.answer(Uint8Array.of(this.#paperByte(op.n)), 'paper');
        return;
      case 'recover':
      case 'autoStatus':
        return;
      case 'init':
        if (this.#strip.isMarked) this.#finish(false);
        this.#strip.add(op, bytes);
        return;
      case 'cut':
        this.#strip.add(op, bytes);
        if (this.#strip.isMarked) this.#finish(true);
        return;
      default:
        this.#strip.add(op, bytes);
    }
  }

  /** GS r 1: 00 ok, 03 near end, 0C out; other sensors say 00. */
  #paperByte(n: number): number {
    if (n !== 1 || this.#paper === 'ok') return 0;
    return this.#paper === 'out' ? 0x0c : 0x03;
  }

  #finish(cut: boolean): void {
    const slip = this.#strip.tear(this.#slips.length + 1, cut);
    this.#slips.push(slip);
    this.#options.onSlip?.(slip);
  }
}

/** Requests are answered in order, but need no paper to move. */
function needsPaper(op: Op): boolean {
  return op.kind === 'feed' || op.kind === 'cut' || isMark(op);
}

function requestLength(op: Op): number {
  if (op.kind === 'processId') return 11;
  return op.kind === 'statusRequest' || op.kind === 'recover' || op.kind === 'autoStatus' ? 3 : 0;
}

/** Roughly how far the paper moves; text counts with its line feed. */
function paperDots(op: Op): number {
  switch (op.kind) {
    case 'feed':
      return op.dots;
    case 'qr':
      return op.size * 29;
    case 'barcode':
      return op.height;
    case 'raster':
      return op.height * op.scaleY;
    default:
      return 0;
  }
}
