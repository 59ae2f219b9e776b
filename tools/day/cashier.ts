import { v7 } from 'uuid';
import { WorkingLedger } from '../../centre/ledger/workingLedger.ts';
import { decidePayment } from '../../centre/payment/commands.ts';
import { findPayment, giveBack, type SettleContext, type Settled, takeMoney } from '../../centre/payment/settle.ts';
import type { CentreStore } from '../../centre/store/types.ts';
import type { PayMethod } from '../../domain/case/progress.ts';

/** A payment channel that needs no network: what citizens do with their telephones, told to the centre's own code. */
export class Channel {
  readonly #store: CentreStore;
  readonly #hall: string;
  readonly #now: () => number;

  constructor(store: CentreStore, hall: string, now: () => number) {
    this.#store = store;
    this.#hall = hall;
    this.#now = now;
  }

  /**
   * A code is asked for at the window, and paid.
   * @param times how often the channel says so
   * @returns what became of each, or the code with which the request was refused
   */
  async pay(
    caseId: string,
    actor: string,
    method: Extract<PayMethod, 'WECHAT' | 'ALIPAY' | 'SCAN'>,
    amountFen: number,
    times: number,
  ): Promise<Settled[] | string> {
    const verdict = await this.#decide((context) =>
      decidePayment(
        { ...context, hall: this.#hall, hasGateway: true },
        { commandId: v7({ msecs: this.#now() }), actor, caseId, change: { kind: 'request', method } },
      ),
    );
    if (!verdict.ok) return verdict.code;
    const money = { amountFen, receipt: `42${verdict.payment.replaceAll('-', '').slice(-16)}`, at: this.#instant() };
    const settled: Settled[] = [];
    for (let time = 0; time < times; time++) {
      settled.push(await this.#decide((context) => takeMoney(context, verdict.payment, money)));
    }
    return settled;
  }

  /** Everything that the centre has asked back of this case. */
  async refund(caseId: string): Promise<void> {
    await this.#decide((context) => {
      for (const stream of context.ledger.findPaymentsOfCase(caseId)) {
        const payment = stream.slice('payment:'.length);
        const record = findPayment(context, payment)?.record;
        if (record?.state !== 'REFUNDING') continue;
        giveBack(context, payment, {
          amountFen: record.amountFen,
          receipt: `R${payment.slice(-12)}`,
          at: this.#instant(),
        });
      }
    });
  }

  #decide<T>(decide: (context: SettleContext) => T): Promise<T> {
    return this.#store.write([], (known) => {
      const ledger = new WorkingLedger(known);
      const value = decide({ ledger, self: this.#store.self, now: this.#now() });
      return { decision: ledger.decision(), value };
    });
  }

  #instant(): string {
    return new Date(this.#now()).toISOString();
  }
}
