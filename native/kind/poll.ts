import type { DriverEnvironment } from '../driver/types.ts';

/** How often it is looked whether a device that speaks by itself has spoken; asking it costs nothing. */
const LOOK_MS = 50;

/** Between two questions to a device that has to be asked. */
export function pollMsOf(config: object): number {
  return 'pollMs' in config ? Number(config.pollMs) : LOOK_MS;
}

/** Asks again and again until it is ended; a question that fails is only asked again: the supervisor says what is wrong. */
export class Poll {
  readonly #ask: () => Promise<void>;
  readonly #periodMs: number;
  readonly #environment: Pick<DriverEnvironment, 'delay'>;
  #ended = false;
  #wake: () => void = () => {};

  constructor(periodMs: number, environment: Pick<DriverEnvironment, 'delay'>, ask: () => Promise<void>) {
    this.#periodMs = periodMs;
    this.#environment = environment;
    this.#ask = ask;
    void this.#run();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      await this.#ask().catch(() => {});
      if (!this.#ended) await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      void this.#environment.delay(this.#periodMs).then(resolve);
    });
  }
}
