/** A pause that a sign of new work cuts short, also one that came while nobody paused. */
export class Pauser {
  #wake: (() => void) | null = null;
  #isPending = false;

  get isPausing(): boolean {
    return this.#wake !== null;
  }

  wake(): void {
    if (this.#wake) this.#wake();
    else this.#isPending = true;
  }

  /** Signs of work so far are of no use: the line is down. */
  forget(): void {
    this.#isPending = false;
  }

  pause(ms: number): Promise<void> {
    if (this.#isPending) {
      this.#isPending = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
    });
  }
}
