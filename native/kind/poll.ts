import type { Driver, DriverEnvironment } from '../driver/types.ts';
import type { Running, Workshop } from './types.ts';

/** How often it is looked whether a device that speaks by itself has spoken; asking it costs nothing. */
const LOOK_MS = 50;

type PressOf<Device extends { poll(): Promise<object | null> }> = NonNullable<Awaited<ReturnType<Device['poll']>>>;

/** Asks a running device whether it was pressed until it is closed. @param tell of each press, once */
export function pollPresses<Device extends Driver & { poll(): Promise<object | null> }>(
  running: Running<Device>,
  config: object,
  { environment }: Pick<Workshop, 'environment'>,
  tell: (pressed: PressOf<Device>) => void,
): Running<Device> {
  const poll = new Poll(pollMsOf(config), environment, async () => {
    const pressed = await running.supervisor.run((device) => device.poll());
    if (pressed) tell(pressed as PressOf<Device>);
  });
  return {
    ...running,
    close: () => {
      poll.end();
      return running.close();
    },
  };
}

/** Between two questions to a device that has to be asked. */
function pollMsOf(config: object): number {
  return 'pollMs' in config ? Number(config.pollMs) : LOOK_MS;
}

/** Asks again and again until it is ended; a question that fails is only asked again: the supervisor says what is wrong. */
class Poll {
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
