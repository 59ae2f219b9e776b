import { signed } from '../signature.ts';
import type { GatewayFault } from './faults.ts';
import type { SimulatedOrder } from './orders.ts';

/** Pauses before a notice that was not taken is sent again, ms: as real channels do, only faster. */
const RETRY_MS = [200, 500, 1000, 2000, 5000] as const;

export interface NotifierOptions {
  key: string;
  has: (fault: GatewayFault) => boolean;
  now: () => number;
  onExchange: (line: object) => void;
}

type NoticeEvent = 'paid' | 'refunded';

/** Tells the centre about money, again and again until it hears 2xx. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop = new AbortController();
  readonly #held = new Map<string, SimulatedOrder>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** @returns when the centre has taken it, or nobody tries any more */
  async tell(event: NoticeEvent, found: SimulatedOrder): Promise<void> {
    const { has } = this.#options;
    const { payment } = found.order;
    if (has('silent')) return;
    if (event === 'paid' && has('refund-first')) {
      this.#held.set(payment, found);
      return;
    }
    const times = has('double-confirm') ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => this.#send(event, found)));
    if (event === 'refunded' && this.#held.delete(payment)) await this.#send('paid', found);
  }

  async #send(event: NoticeEvent, { order, paid, refunded }: SimulatedOrder): Promise<void> {
    const money = event === 'paid' ? paid : refunded;
    if (!money) return;
    const body = JSON.stringify({ event, payment: order.payment, ...money });
    for (const pause of [0, ...RETRY_MS]) {
      await this.#sleep(pause);
      if (this.#stop.signal.aborted) return;
      const status = await this.#post(order.notifyUrl, body);
      this.#options.onExchange({ notice: event, payment: order.payment, status });
      if (status >= 200 && status < 300) return;
    }
  }

  /** @returns the status, or 0 when nobody answered */
  async #post(url: string, body: string): Promise<number> {
    const { key, has, now } = this.#options;
    const secret = has('wrong-signature') ? `${key} of somebody else` : key;
    try {
      const headers = { 'content-type': 'application/json', ...signed(secret, new URL(url).pathname, body, now()) };
      const response = await fetch(url, { method: 'POST', headers, body, signal: this.#stop.signal });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#stop.signal.addEventListener('abort', done);
    });
  }
}
