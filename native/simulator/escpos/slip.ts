import { barcodePayloads, isMark, type Op, qrPayloads, textLines } from './ops.ts';

/** One piece of paper that came out. */
export interface Slip {
  /** 1 for the first since the printer was switched on. */
  number: number;
  /** False when the next job began without a cut. */
  cut: boolean;
  lines: string[];
  qr: string[];
  barcodes: string[];
  ops: Op[];
  /** The bytes that made it, without status requests and process ids. */
  bytes: Uint8Array;
}

/** Takes what was printed until it is cut off. */
export class Strip {
  #ops: Op[] = [];
  #bytes: Uint8Array[] = [];

  get ops(): readonly Op[] {
    return this.#ops;
  }

  get isMarked(): boolean {
    return this.#ops.some(isMark);
  }

  add(op: Op, bytes: Uint8Array): void {
    this.#ops.push(op);
    this.#bytes.push(bytes);
  }

  /** The paper so far as a slip; the strip is empty afterwards. */
  tear(number: number, cut: boolean): Slip {
    const ops = this.#ops;
    const bytes = Uint8Array.from(Buffer.concat(this.#bytes));
    this.#ops = [];
    this.#bytes = [];
    return { number, cut, lines: textLines(ops), qr: qrPayloads(ops), barcodes: barcodePayloads(ops), ops, bytes };
  }
}

/** One line for the log: sizes only, because a slip names people. */
export function describeSlip(slip: Slip): string {
  const marks = `${slip.lines.length} lines, ${slip.qr.length} qr, ${slip.barcodes.length} bar codes`;
  return `slip ${slip.number}: ${slip.bytes.length} bytes, ${marks}, ${slip.cut ? 'cut' : 'not cut'}`;
}
