/** The buffer of a printer: fills from the wire, is emptied by the mechanics, and tells the other side to wait. */

export interface FlowOptions {
  /** Bytes. */
  capacity: number;
  /** XOFF or XON. */
  tell: (go: boolean) => void;
}

const XOFF_ABOVE = 3 / 4;
const XON_BELOW = 1 / 4;

export class InputBuffer {
  readonly #options: FlowOptions;
  #bytes: number[] = [];
  #going = true;
  #offline = false;
  /** Bytes that came although the buffer was full: they are not on the paper. */
  lost = 0;

  constructor(options: FlowOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#bytes.length;
  }

  put(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#bytes.length < this.#options.capacity) this.#bytes.push(byte);
      else this.lost += 1;
    }
    // Whoever goes on sending has not heard it.
    if (this.#going) this.#tell();
    else this.#options.tell(false);
  }

  take(most: number): Uint8Array {
    const taken = Uint8Array.from(this.#bytes.splice(0, most));
    this.#tell();
    return taken;
  }

  /** Off line nothing is wanted, however empty the buffer. */
  setOffline(offline: boolean): void {
    this.#offline = offline;
    this.#tell();
  }

  /** Power gone and back. */
  clear(): void {
    this.#bytes = [];
    this.#going = !this.#offline;
    this.#options.tell(this.#going);
  }

  #tell(): void {
    const { capacity, tell } = this.#options;
    const isFull = this.#bytes.length > capacity * XOFF_ABOVE;
    const isLow = this.#bytes.length < capacity * XON_BELOW;
    const going = !this.#offline && (this.#going ? !isFull : isLow);
    if (going === this.#going) return;
    this.#going = going;
    tell(going);
  }
}
