import { YichuangError } from '../../contract/errors.ts';
import { sha256Hex } from '../../db/digest.ts';
import { readMeta } from '../../db/meta.ts';
import type { Store } from '../../db/store.ts';
import { ReduceError } from '../../domain/ledger/reduce.ts';
import type { QueueMode } from '../../domain/queue/candidates.ts';
import { decidedIds } from '../../domain/queue/commandIds.ts';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import { decide, type TicketCommand } from '../../domain/queue/decide.ts';
import { type Decided, isRefused, type QueueStep } from '../../domain/queue/decision.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { derivedId } from './derivedId.ts';
import type { HallNow } from './hallNow.ts';
import { ownNumbers } from './ownNumbers.ts';

/** Who asks: staff number, or `kiosk`. */
export interface Asker {
  actor: string;
  roles: readonly StaffRole[];
}

/** What a command came to. */
export interface QueueResult {
  /** As the command left it; null: there was nobody to call, or it is about none. */
  ticket: TicketRecord | null;
  changed: string[];
}

export interface LocalDeskOptions {
  store: Store;
  hall: HallNow;
  terminal: { id: string; floor: number };
  newId: () => string;
  onCommitted: (streams: string[]) => void;
}

/** Decides what this machine may decide without the hub, by the rules the hub has, into its own chain. */
export class LocalDesk {
  readonly #options: LocalDeskOptions;

  constructor(options: LocalDeskOptions) {
    this.#options = options;
  }

  /**
   * All ops of a command in one transaction; the same command again answers what came of it.
   * @throws YichuangError why it is refused; nothing is written then. `queue-needs-hub` for what only the hub decides
   */
  decide(commandId: string, { actor, roles }: Asker, command: QueueCommand, mode: QueueMode): QueueResult {
    const { store, hall, terminal, newId, onCommitted } = this.#options;
    const known = this.recall(commandId) ?? this.#findOfHubs(commandId);
    if (known !== null) return known;
    if (!mayDecide(command)) throw new YichuangError('queue-needs-hub');
    const changed = store.ledger.transact(() => {
      const decision = decide(command, hall.view(), {
        terminal: terminal.id,
        actor,
        roles,
        floor: terminal.floor,
        mode,
        // The hub keeps the tickets of a silent window for it, unless the last it heard of the window is that it closed.
        isKeptForUs: store.delivery.lastAckedWindowState() !== 'closed',
        newId,
        nextNumber: ownNumbers(store, hall, terminal.id),
      });
      if (isRefused(decision)) throw new YichuangError(decision.refused, { details: decision.details });
      this.#write(commandId, actor, decision);
      return decision;
    });
    const streams = [...new Set(changed.steps.map(({ stream }) => stream))];
    if (streams.length > 0) onCommitted(streams);
    return { ticket: changed.ticketId === null ? null : hall.ticket(changed.ticketId), changed: streams };
  }

  /** What came of a command that was carried out here; null when it was not. */
  recall(commandId: string): QueueResult | null {
    return this.#find(ownIdOf(commandId));
  }

  /** The hub has carried it out, and what came of it is here though its answer is not. */
  #findOfHubs(commandId: string): QueueResult | null {
    const fence = Number(readMeta(this.#options.store.db, 'hub-fence') ?? '0');
    for (const opId of decidedIds(commandId, fence, sha256Hex)) {
      const found = this.#find(opId);
      if (found !== null) return found;
    }
    return null;
  }

  #find(opId: string): QueueResult | null {
    const { store, hall } = this.#options;
    const stream = store.ledger.findRecent(opId);
    return stream === null ? null : { ticket: hall.ticket(idOf(stream)), changed: [] };
  }

  /** By the op about the answered ticket the command is known again. */
  #write(commandId: string, actor: string, { steps, ticketId }: Decided): void {
    const answered = steps.findIndex(({ stream }) => stream === `ticket:${ticketId}`);
    steps.forEach((step, index) => {
      this.#append(step, actor, index === Math.max(0, answered) ? ownIdOf(commandId) : undefined);
    });
  }

  #append({ kind, stream, body }: QueueStep, actor: string, opId: string | undefined): void {
    try {
      this.#options.store.ledger.append({ kind, stream, body, actor, opId });
    } catch (error) {
      // The hub's answer told of a step that has not been pulled: nothing can follow it here yet.
      throw error instanceof ReduceError ? new YichuangError('queue-needs-hub', { cause: error }) : error;
    }
  }
}

/** The hub would not take these from a terminal: what was done here would be undone later. */
const OF_THE_HUB = ['plan', 'issue', 'release', 'acknowledge', 'contact', 'settle', 'lease', 'raise', 'catch-up'];

function mayDecide(command: QueueCommand): command is TicketCommand {
  return !OF_THE_HUB.includes(command.kind) && !command.kind.endsWith('-appointment');
}

/**
 * The hub may have carried out the same command unheard, and its op is named after it too. Two ops of one id would keep
 * this machine's whole chain from the hub.
 */
function ownIdOf(commandId: string): string {
  return derivedId(commandId, 'decided-here');
}

function idOf(stream: string): string {
  return stream.slice(stream.indexOf(':') + 1);
}
