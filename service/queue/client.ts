import { YichuangError } from '../../contract/errors.ts';
import type { QueueAnswer } from '../../contract/queue.ts';
import type { QueueCommand } from '../../domain/queue/commands.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { HallNow } from './hallNow.ts';
import type { HubWatch } from './hubWatch.ts';
import type { Asker, LocalDesk, QueueResult } from './localDesk.ts';

export interface QueueClientOptions {
  sync: SyncClient;
  watch: HubWatch;
  desk: LocalDesk;
  hall: HallNow;
  /** The hub answered: what it said may be here before the op that says so. */
  onAnswer: (streams: readonly string[]) => void;
}

/**
 * Commands to the queue: the hub decides; without it this machine does, within less (hall of domain.md §6, 应急模式).
 * The same `commandId` is done once, whoever decided.
 */
export class QueueClient {
  readonly #options: QueueClientOptions;

  constructor(options: QueueClientOptions) {
    this.#options = options;
  }

  /**
   * @throws YichuangError `queue-hub-silent` when the hub does not answer and has not been silent for long enough: nobody
   * can say then whether it was done, and the same command may be sent again; otherwise why it is refused
   */
  async ask(commandId: string, asker: Asker, command: QueueCommand): Promise<QueueResult> {
    const { watch, desk } = this.#options;
    const done = desk.recall(commandId);
    if (done) return done;
    if (watch.mode === 'hub') {
      try {
        return await this.askHub(commandId, asker.actor, command);
      } catch (error) {
        if (!isSilence(error)) throw error;
        // While it waited for the answer the hub may have been given up.
        if (watchedMode(watch) === 'hub') throw new YichuangError('queue-hub-silent', { cause: error });
      }
    }
    return desk.decide(commandId, asker, command, 'emergency');
  }

  /** @throws YichuangError `offline`, `deadline`, or the hub's refusal */
  async askHub(commandId: string, actor: string, command: QueueCommand): Promise<QueueResult> {
    const { sync, hall, onAnswer } = this.#options;
    const answer: QueueAnswer = await sync.queue({ commandId, actor, command });
    if (answer.ticket) {
      hall.noteAnswer(answer.ticket);
      onAnswer([`ticket:${answer.ticket.id}`]);
    }
    return { ticket: answer.ticket, changed: answer.changed };
  }
}

/** Nothing was heard of what was asked. */
export function isSilence(error: unknown): boolean {
  return error instanceof YichuangError && (error.code === 'offline' || error.code === 'deadline');
}

/** Asked anew: it may have changed since. */
function watchedMode({ mode }: HubWatch): HubWatch['mode'] {
  return mode;
}
