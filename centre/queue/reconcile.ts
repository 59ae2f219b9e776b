import { doubtOf, isBeforeReconciliation, type OvertakenStep, reconciliation } from '../../domain/queue/reconcile.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { Published } from '../ingest.ts';
import { OVERTAKEN } from '../ledger/overtaken.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import type { CentreStore, Judgement } from '../store/types.ts';

type Late = OvertakenStep & { stream: string; base_ver: number };

/**
 * The centre has answered that these steps, which took effect here, were overtaken there: it is told how their tickets stand.
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export function reconcileOvertaken(
  store: CentreStore,
  hall: string,
  steps: readonly Pick<Late, 'stream' | 'base_ver'>[],
  now: number,
): Promise<readonly Published[]> {
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    if (ledger.hall.whyNotHere(hall) === null) {
      const reconciliation = new Reconciliation(ledger, hall);
      for (const step of steps) reconciliation.noteOwn(step);
      reconciliation.write(store.self, now);
    }
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}

/**
 * Tickets of which another hub has decided what does not fit what was decided here: the hub that decides now says how each of
 * them stands, once, for the centre, the other hub and every window (docs/adr/0064).
 */
export class Reconciliation {
  readonly #ledger: WorkingLedger;
  readonly #hall: string;
  readonly #contested = new Map<string, OvertakenStep[]>();

  constructor(ledger: WorkingLedger, hall: string) {
    this.#ledger = ledger;
    this.#hall = hall;
  }

  /** A step of the other hub was overtaken already: what that one did after it has no effect either, though its version may fit. */
  isContested(stream: string): boolean {
    return this.#contested.has(stream);
  }

  /** What has come, with what became of it here. */
  note(op: Late, { code }: Judgement): void {
    // How the other one had it stands in its replicas and at the centre, whichever of the two came last there.
    const isOfOther = op.kind === 'ticket.reconciled';
    if (!isOfOther && (code !== OVERTAKEN || !this.#isNews(op))) return;
    const steps = this.#contested.get(op.stream) ?? [];
    if (!isOfOther) steps.push(op);
    this.#contested.set(op.stream, steps);
  }

  /** A step decided here does not fit at the centre, whatever that has or lacks. */
  noteOwn({ stream, base_ver }: Pick<Late, 'stream' | 'base_ver'>): void {
    const ticket = this.#ticketOf(stream);
    if (ticket && !isBeforeReconciliation(ticket, base_ver)) this.#contested.set(stream, []);
  }

  /** @param now milliseconds since 1970, UTC */
  write(self: { device: string; epoch: number }, now: number): void {
    for (const [stream, steps] of this.#contested) {
      const ticket = this.#ticketOf(stream);
      if (!ticket || this.#ledger.isParked(stream)) continue;
      const body = reconciliation(ticket, steps, new Date(now).toISOString());
      const own = { hall: this.#hall, kind: 'ticket.reconciled', stream, actor: 'system', body } as const;
      takeOwnOp(this.#ledger, self, own, now);
    }
  }

  /** What was decided before the last reconciliation has no effect anywhere; only that somebody was called is worth naming still. */
  #isNews(op: Late): boolean {
    const ticket = this.#ticketOf(op.stream);
    if (!ticket || !isBeforeReconciliation(ticket, op.base_ver)) return true;
    return op.kind === 'ticket.called' && !ticket.doubts.includes(doubtOf(op));
  }

  #ticketOf(stream: string): TicketRecord | null {
    const held = this.#ledger.findEntity(stream);
    return held?.hall === this.#hall && held.entity.type === 'ticket' ? held.entity.record : null;
  }
}
