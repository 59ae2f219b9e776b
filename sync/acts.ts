import type { BlanksRequest } from '../contract/blanks.ts';
import { type ErrorCode, YichuangError } from '../contract/errors.ts';
import type { OfficeRequest } from '../contract/office.ts';
import type { OutageRequest } from '../contract/outage.ts';
import type { PaymentAnswer, PaymentRequest, ReconcileAnswer, ReconcileRequest } from '../contract/payment.ts';
import type { QueueAnswer, QueueRequest } from '../contract/queue.ts';
import { CentreError } from './centreError.ts';
import type { Exchange } from './exchange.ts';
import type { Hubs } from './hubs.ts';
import { type Patience, patiently } from './patience.ts';

export interface ActsOptions extends Pick<Patience, 'monotonic' | 'stop'> {
  hubs: Hubs;
  exchange: Exchange;
  /** What came of it could not be fetched: the loop does. */
  wakeUp: () => void;
}

/** Waits for a busy centre, ms: with the answer itself it stays within the 30 s of a page. */
const ACT_PATIENCE_MS = 10_000;
/** Refusals behind which may be that the centre lacks what this machine shows. */
const TELL_OF_LOSS: readonly ErrorCode[] = ['ahead-of-centre', 'not-at-centre', 'fee-not-assessed'];
/** Somebody stands at the window, and without the hub it goes on by itself. */
const QUEUE_PATIENCE_MS = 3_000;

/** What a person asks of hub and centre, and waits for. Whoever is busy is asked again for a while (`patience.ts`). */
export class Acts {
  readonly #options: ActsOptions;

  constructor(options: ActsOptions) {
    this.#options = options;
  }

  /**
   * One act at the centre: what waits here goes first, so that the centre decides on the newest, and what comes of it is
   * here when this returns.
   * @throws YichuangError `offline` when the centre cannot be reached, `centre-busy` when it took nothing on for too long,
   * `deadline` when nobody can say whether it was done (the same command may be sent again), or the centre's refusal
   */
  async act(request: OfficeRequest): Promise<void> {
    await this.#ask(() => this.#aboutCase(request, () => this.#options.hubs.current.act(request)));
  }

  /** A command about money. @throws YichuangError as `act` */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.#ask(() => this.#aboutCase(request, () => this.#options.hubs.current.payment(request)));
  }

  /** @throws YichuangError as `act` */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.#ask(() => this.#options.hubs.current.reconcile(request));
  }

  /** A move of blank certificates. @throws YichuangError as `act` */
  async moveBlanks(request: BlanksRequest): Promise<void> {
    await this.#ask(() => this.#options.hubs.current.moveBlanks(request));
  }

  /** An outage, or its end. @throws YichuangError as `act` */
  async outage(request: OutageRequest): Promise<void> {
    await this.#ask(() => this.#options.hubs.current.outage(request));
  }

  /**
   * A command to the queue desk. What waits here goes first, and nothing else: somebody stands at the window. What the
   * command changed is pulled right after. A hub that is gone or no longer decides has done nothing: the other one is asked.
   * @throws YichuangError `offline` when it surely was not done, `centre-busy`, `deadline` when nobody can say (the same
   * `commandId` may be sent again), or the desk's refusal
   */
  async queue(request: QueueRequest): Promise<QueueAnswer> {
    const { hubs, exchange, wakeUp } = this.#options;
    try {
      return await this.#patiently(QUEUE_PATIENCE_MS, () => {
        const asked = hubs.current;
        return this.#askDesk(request).catch((error: unknown) => {
          if (!hubs.hasStandby || !isUndone(error)) throw error;
          hubs.goOn(asked);
          return this.#askDesk(request);
        });
      });
    } catch (error) {
      if (!(error instanceof CentreError)) throw error;
      throw new YichuangError(isUndone(error) ? 'offline' : 'deadline', { cause: error });
    } finally {
      exchange.hint();
      wakeUp();
    }
  }

  /** @throws YichuangError with the desk's refusal, or `offline`; CentreError */
  async #askDesk(request: QueueRequest): Promise<QueueAnswer> {
    const { hubs, exchange } = this.#options;
    await this.#tryAgain();
    await exchange
      .sendWaiting()
      .catch((error: unknown) => (isUndone(error) || isBusy(error) ? Promise.reject(error) : failOffline(error)));
    return await hubs.current.queue(request);
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    const { exchange, wakeUp } = this.#options;
    let isSent = false;
    try {
      return await this.#patiently(ACT_PATIENCE_MS, async () => {
        isSent = false;
        await this.#tryAgain();
        await exchange.runFull();
        isSent = true;
        return await ask();
      });
    } catch (error) {
      if (!isSent && !isRefusal(error)) failOffline(error);
      if (!(error instanceof CentreError)) throw error;
      throw new YichuangError(isNotActive(error) ? 'not-active' : 'deadline', { cause: error });
    } finally {
      if (isSent) await exchange.runFull().catch(wakeUp);
    }
  }

  /** Refused for what may be here alone: before the person hears of it, the centre is asked what of the case it has. */
  #aboutCase<T>({ caseId }: { caseId: string }, ask: () => Promise<T>): Promise<T> {
    return ask().catch((error: unknown) => {
      if (error instanceof YichuangError && TELL_OF_LOSS.includes(error.code)) this.#options.exchange.doubt(caseId);
      throw error;
    });
  }

  /** A line that was given up, or is silent, is tried for whoever waits: he shall not wait for a silence that is over. */
  async #tryAgain(): Promise<void> {
    const { current } = this.#options.hubs;
    if (current.isGivenUp || current.isSilent) await current.reach();
  }

  #patiently<T>(forMs: number, ask: () => Promise<T>): Promise<T> {
    const { monotonic, stop } = this.#options;
    return patiently(ask, { forMs, monotonic, stop });
  }
}

/** Another hub decides. */
export function isNotActive(error: unknown): boolean {
  return error instanceof CentreError && error.kind === 'not-active';
}

/** Surely nothing was done: nobody is there, or another hub decides. */
function isUndone(error: unknown): boolean {
  return error instanceof CentreError && (error.isUnsent || isNotActive(error));
}

function isBusy(error: unknown): boolean {
  return error instanceof CentreError && error.isBusy;
}

/** Said in words for people already. */
function isRefusal(error: unknown): boolean {
  return error instanceof YichuangError;
}

function failOffline(error: unknown): never {
  throw new YichuangError('offline', { cause: error });
}
