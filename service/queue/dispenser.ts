import type { TerminalConfig } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { Store } from '../../db/store.ts';
import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { QueueMode } from '../../domain/queue/candidates.ts';
import type { TakeTicket } from '../../domain/queue/commands.ts';
import { usableLease } from '../../domain/queue/leases.ts';
import { prefixOf } from '../../domain/queue/plan.ts';
import { TICKET_CLASSES, type TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { isSilence, type QueueClient } from './client.ts';
import type { HallNow } from './hallNow.ts';
import type { HubWatch } from './hubWatch.ts';
import type { Asker, LocalDesk } from './localDesk.ts';
import { nextOpeningDay } from './openDay.ts';

/** What a lease command may ask for at once. */
const MOST_PREFIXES = 12;
const LOOK_MS = 30_000;
/** Who acts at a self-service machine. */
export const KIOSK: Asker = { actor: 'kiosk', roles: [] };

export interface DispenserOptions {
  config: { terminal: Pick<TerminalConfig['terminal'], 'id'> };
  store: Store;
  hall: HallNow;
  client: QueueClient;
  watch: Pick<HubWatch, 'mode' | 'awaySince'>;
  desk: LocalDesk;
  rules: () => ClockRules;
  now: () => number;
  newId: () => string;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/** Gives ticket numbers: the hub's while it answers, otherwise its own. */
export class Dispenser {
  readonly #options: DispenserOptions;
  readonly #timer: NodeJS.Timeout;
  #asking: Promise<void> | null = null;

  constructor(options: DispenserOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
  }

  /**
   * One number, committed when this resolves: only then may it be printed. The same `commandId` gives the same ticket.
   * @throws YichuangError why none is given
   */
  async take(commandId: string, command: TakeTicket, asker: Asker = KIOSK): Promise<TicketRecord> {
    const { ticket } =
      this.#options.desk.recall(commandId) ??
      (await this.#takeAtHub(commandId, command, asker)) ??
      this.#takeHere(commandId, command, asker);
    if (!ticket) throw new Error('a ticket was taken and is not there');
    return ticket;
  }

  /** Asks for the leases that are missing for today and the next opening day. At most one at a time. */
  look(): Promise<void> {
    this.#asking ??= this.#askForLeases().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#asking;
  }

  /** A lost answer would leave a number that nobody holds: it is asked for once more before the hub is given up. */
  async #takeAtHub(commandId: string, command: TakeTicket, { actor }: Asker) {
    const { watch, client, log } = this.#options;
    if (watch.mode === 'emergency') return null;
    for (const turn of [1, 2]) {
      try {
        return await client.askHub(commandId, actor, command);
      } catch (error) {
        if (!isSilence(error)) throw error;
        const isLost = error instanceof YichuangError && error.code === 'deadline';
        if (!isLost) break;
        log('ticket-answer-lost', { turn });
      }
    }
    return null;
  }

  #takeHere(commandId: string, command: TakeTicket, asker: Asker) {
    const mode: QueueMode = 'emergency';
    return this.#options.desk.decide(commandId, asker, command, mode);
  }

  async #askForLeases(): Promise<void> {
    const { watch, client, store, newId, now, hall, rules, log } = this.#options;
    if (watch.mode !== 'hub' || watch.awaySince !== null) return;
    const { epoch } = store.ledger;
    for (const day of [hall.day, nextOpeningDay(rules(), now())]) {
      if (day === null) continue;
      const prefixes = this.#missing(day).slice(0, MOST_PREFIXES);
      if (prefixes.length === 0) continue;
      try {
        await client.askHub(newId(), KIOSK.actor, { kind: 'lease', prefixes, day, epoch });
      } catch (error) {
        log('lease-refused', { code: (error as { code?: string }).code ?? 'internal' });
        return;
      }
    }
  }

  /** Of what the windows of the plan serve. */
  #missing(day: string): string[] {
    const { store, hall } = this.#options;
    const { device, epoch } = store.ledger;
    const leases = store.hall.byDay('lease', day);
    const queues = [...new Set(hall.view().plan.windows.flatMap((window) => window.queues))];
    const usual = queues.flatMap((queue) => TICKET_CLASSES.map((each) => prefixOf(queue, each)));
    return [...new Set(usual)].filter((prefix) => usableLease(leases, { device, epoch, prefix, day }) === null);
  }
}
