import type { Staff } from '../../contract/rpc.ts';
import type { Store } from '../../db/store.ts';
import type { WindowChange, WindowRecord } from '../../domain/queue/hallTypes.ts';

/** The desk is left for a moment: locked by hand, by the machine or after idle minutes. */
export const AWAY = '暂离';

const KEPT_AS = 'window-clerk';

export interface WindowDeskOptions {
  store: Store;
  terminal: string;
  now: () => number;
  onCommitted: (streams: string[]) => void;
}

/**
 * How this window stands in the queue, as its clerk comes and goes. Only the machine itself writes it, into its own chain:
 * that works without the hub, and nobody else can contradict it.
 */
export class WindowDesk {
  readonly #options: WindowDeskOptions;

  constructor(options: WindowDeskOptions) {
    this.#options = options;
  }

  get record(): WindowRecord | null {
    const held = this.#options.store.hall.read('window', this.#options.store.ledger.device);
    return held?.type === 'window' ? held.record : null;
  }

  /** A clerk has signed in at the window's page. */
  opened(connection: string, { number, name }: Pick<Staff, 'number' | 'name'>): void {
    const { store, now } = this.#options;
    store.local.saveDraft(KEPT_AS, { connection }, new Date(now()).toISOString());
    this.#change({ state: 'open', reason: null, clerk: { id: number, name } });
  }

  /** Pauses with a reason, or opens again. */
  pause({ number, name }: Pick<Staff, 'number' | 'name'>, reason: string | null): void {
    this.#change({ state: reason === null ? 'open' : 'paused', reason, clerk: { id: number, name } });
  }

  /**
   * The clerk's session has ended. Joins the surrounding transaction.
   * @param comesBack the page is covered and waits for the same clerk
   */
  left(clerk: string, comesBack: boolean): void {
    const { record } = this;
    if (record?.clerk?.id !== clerk || record.state === 'closed') return;
    if (comesBack) this.#change({ state: 'paused', reason: AWAY, clerk: record.clerk });
    else this.close();
  }

  /** Nobody is here and nobody is expected back. */
  close(): void {
    this.#change({ state: 'closed', reason: null, clerk: null });
  }

  /** After a start: the clerk at the same page goes on, whoever else stands there is gone. */
  resume(clerkAt: (connection: string) => Pick<Staff, 'number' | 'name'> | null): void {
    const { record } = this;
    const connection = this.#options.store.local.loadDraft(KEPT_AS)?.connection;
    const clerk = typeof connection === 'string' ? clerkAt(connection) : null;
    if (clerk) {
      if (record?.state === 'closed') this.pause(clerk, null);
    } else if (record) {
      this.close();
    }
  }

  /** Nothing is written when nothing changes. */
  #change(to: Pick<WindowChange, 'state' | 'reason' | 'clerk'>): void {
    const { record } = this;
    if (record ? isSame(record, to) : to.state === 'closed') return;
    const { store, terminal, now, onCommitted } = this.#options;
    const actor = to.clerk?.id ?? record?.clerk?.id ?? 'system';
    const stream = `window:${store.ledger.device}`;
    const body: WindowChange = { ...to, terminal, at: new Date(now()).toISOString() };
    store.ledger.append({ kind: 'window.changed', stream, actor, body });
    onCommitted([stream]);
  }
}

function isSame(record: WindowRecord, to: Pick<WindowChange, 'state' | 'reason' | 'clerk'>): boolean {
  return record.state === to.state && record.reason === to.reason && record.clerk?.id === to.clerk?.id;
}
