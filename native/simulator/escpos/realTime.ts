export type RealTimeCommand = { command: 'status'; n: 1 | 2 | 3 | 4 } | { command: 'recover'; n: 1 | 2 };

const DLE = 0x10;
const EOT = 0x04;
const ENQ = 0x05;

/**
 * Finds DLE EOT 1–4 and DLE ENQ 1–2 wherever they occur, also inside a raster, as printers do (devices.md §2.4). The
 * bytes stay part of the data they were found in.
 */
export class RealTimeScanner {
  #previous = 0;
  #last = 0;

  push(byte: number): RealTimeCommand | null {
    const isReal = this.#previous === DLE;
    const kind = this.#last;
    this.#previous = this.#last;
    this.#last = byte;
    if (!isReal) return null;
    if (kind === EOT && (byte === 1 || byte === 2 || byte === 3 || byte === 4)) return { command: 'status', n: byte };
    if (kind === ENQ && (byte === 1 || byte === 2)) return { command: 'recover', n: byte };
    return null;
  }
}
