import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';

const KEPT = 5;
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * A log file that never outgrows the disk: 5 files of 10 MiB, the newest without a number. Lines are written at once,
 * since the last one before a crash is the one that is wanted; there are few of them.
 */
export class RotatingLog {
  readonly #file: string;
  readonly #maxBytes: number;
  #bytes: number;

  constructor(file: string, maxBytes: number = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** A full disk or a lost folder must not stop the terminal: what cannot be written is dropped. */
  write(line: string): void {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    try {
      if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) this.#rotate();
      appendFileSync(this.#file, text, { mode: 0o600 });
      this.#bytes += bytes;
    } catch {
      // Nowhere to report to.
    }
  }

  #rotate(): void {
    rmSync(this.#numbered(KEPT - 1), { force: true });
    for (let age = KEPT - 2; age >= 0; age--) {
      const from = age === 0 ? this.#file : this.#numbered(age);
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, this.#numbered(age + 1));
    }
    this.#bytes = 0;
  }

  #numbered(age: number): string {
    return `${this.#file}.${age}`;
  }
}
