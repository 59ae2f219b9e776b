import type { ScreenCall } from '../../contract/rpc/screen.ts';
import type { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import type { Machine } from './hall.ts';

interface Spoken {
  number: string;
  window: number;
  times: number;
  /** By this machine's clock, ms. */
  at: number;
  onScreen: number | null;
  /** Nobody expects a screen to know it: the hub was away when it was spoken, or went away before the screen could show it. */
  isExcused: boolean;
}

/** Eyes on every screen: who is shown is told so, and how long it took from the clerk's key. */
export class Watch {
  readonly #screens: readonly Machine[];
  readonly #onShown: (call: ScreenCall) => void;
  readonly #spoken: Spoken[] = [];
  readonly #stops: (() => void)[] = [];

  constructor(screens: readonly Machine[], onShown: (call: ScreenCall) => void) {
    this.#screens = screens;
    this.#onShown = onShown;
  }

  async begin(): Promise<void> {
    for (const [index, { client }] of this.#screens.entries()) {
      await client.call('events.subscribe', { topics: ['queue'] });
      let isLooking = false;
      let isDue = false;
      const look = async () => {
        isDue = true;
        if (isLooking) return;
        isLooking = true;
        while (isDue) {
          isDue = false;
          await this.#look(client, 2 + index).catch(() => {});
        }
        isLooking = false;
      };
      this.#stops.push(client.on('queue.changed', () => void look()));
    }
  }

  end(): void {
    for (const stop of this.#stops) stop();
  }

  /** A clerk called: from now on the screens should show it. */
  note(call: Pick<Spoken, 'number' | 'window' | 'times' | 'isExcused'>): void {
    this.#spoken.push({ ...call, at: Date.now(), onScreen: null });
  }

  /** Excuses what no screen has shown yet: the hub is gone. */
  excuseOpen(): void {
    for (const call of this.#spoken) if (call.onScreen === null) call.isExcused = true;
  }

  lag(): { p50: number; p99: number; missed: number } {
    const asked = this.#spoken.filter(({ isExcused }) => !isExcused);
    const lags = asked.flatMap(({ at, onScreen }) => (onScreen === null ? [] : [onScreen - at])).sort((a, b) => a - b);
    const share = (part: number) => lags[Math.min(lags.length - 1, Math.floor(part * lags.length))] ?? 0;
    return { p50: share(0.5), p99: share(0.99), missed: asked.length - lags.length };
  }

  async #look(client: RpcClient, floor: number): Promise<void> {
    const state = await client.call('screen.state', { floor });
    for (const shown of state.now) {
      const { number, window, times } = shown;
      this.#onShown(shown);
      for (const call of this.#spoken) {
        if (call.onScreen === null && call.number === number && call.window === window && call.times <= times)
          call.onScreen = Date.now();
      }
    }
  }
}
