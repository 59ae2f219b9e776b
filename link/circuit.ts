/** So much was not answered that nothing is asked at present; nothing was sent. */
export class GivenUpError extends Error {
  override name = 'GivenUpError';
}

export interface CircuitOptions {
  /** After so many in a row that got no answer nobody is asked for a while. */
  silent: number;
  /** So long, ms; then one tries it for all, who wait for what comes of it. */
  givenUpMs: number;
  /** Whether the other side fell silent; any other failure says nothing of the line. */
  isSilence: (error: unknown) => boolean;
  /** Milliseconds of a clock that nobody sets: one that is put back by an hour must not keep a line given up for an hour. */
  monotonic?: () => number;
}

/** Gives up for a while what does not answer, so that who asks hears so at once instead of waiting for a deadline each. */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #monotonic: () => number;
  #silent = 0;
  #givenUpAt: number | null = null;
  #trial: Promise<void> | null = null;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? (() => performance.now());
  }

  get isGivenUp(): boolean {
    return this.#givenUpAt !== null;
  }

  /** @throws GivenUpError when nothing was asked; otherwise what `ask` throws */
  async through<T>(ask: () => Promise<T>): Promise<T> {
    while (this.#givenUpAt !== null) {
      if (this.#trial === null) {
        if (this.#monotonic() - this.#givenUpAt < this.#options.givenUpMs) throw new GivenUpError();
        return this.#try(ask);
      }
      await this.#trial;
    }
    return this.#noting(ask);
  }

  /** Somebody has answered: everybody may ask again. */
  close(): void {
    this.#silent = 0;
    this.#givenUpAt = null;
  }

  #try<T>(ask: () => Promise<T>): Promise<T> {
    const trying = this.#noting(ask);
    const over = (): void => {
      this.#trial = null;
    };
    this.#trial = trying.then(over, (error: unknown) => {
      over();
      // Meanwhile somebody else may have been answered.
      if (this.#givenUpAt === null) return;
      // Refused at once is no silence: nobody has to be spared a deadline.
      this.#givenUpAt = this.#options.isSilence(error) ? this.#monotonic() : null;
    });
    return trying;
  }

  async #noting<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.close();
      return answer;
    } catch (error) {
      if (this.#options.isSilence(error)) this.#noteSilence();
      throw error;
    }
  }

  #noteSilence(): void {
    this.#silent += 1;
    // One that was asked long ago says nothing of now.
    if (this.#silent >= this.#options.silent) this.#givenUpAt ??= this.#monotonic();
  }
}
