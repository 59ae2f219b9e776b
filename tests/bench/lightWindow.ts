import { v7 } from 'uuid';
import type { QueueAnswer } from '../../contract/queue.ts';
import { enrolTerminal, type QueueTerminal } from '../fixtures/queueDesk.ts';
import { clerkAt, type Hub } from '../fixtures/queueTerminals.ts';
import type { Pressed } from './hallProcess.ts';
import { steadyMs } from './steadyMs.ts';

/**
 * A window as the hub sees it, for as little of this machine as can be: it sends the commands a window sends, says that it
 * is there, follows the hints and pulls what is new, and does nothing with it. In a hall every window has cores of its own.
 */
export class LightWindow {
  readonly id: string;
  readonly #terminal: QueueTerminal;
  readonly #stop = new AbortController();
  readonly #presence: NodeJS.Timeout;
  #inHand: string | null = null;
  #head = 0;
  #cursor = 0;
  #isPulling = false;

  private constructor(id: string, terminal: QueueTerminal) {
    this.id = id;
    this.#terminal = terminal;
    this.#presence = setInterval(() => void sayPresence(terminal).catch(() => {}), 2_000);
    void this.#follow();
  }

  static async open(hub: Pick<Hub, 'url' | 'code'>, id: string): Promise<LightWindow> {
    const terminal = await enrolTerminal({ url: hub.url, createEnrolmentCode: () => hub.code(id) }, id);
    await sayPresence(terminal);
    const { maker } = terminal;
    const [actor, at] = [clerkAt(id), new Date().toISOString()];
    const body = { terminal: id, state: 'open', reason: null, clerk: { id: actor, name: '示例' }, at } as const;
    await terminal.push([maker.make('window.changed', `window:${maker.device}`, body, { actor })]);
    return new LightWindow(id, terminal);
  }

  async press(): Promise<Pressed> {
    const pressedAt = steadyMs();
    const answer = await this.#ask({ kind: 'next' });
    this.#inHand = answer.ticket?.id ?? null;
    return { terminal: this.id, number: answer.ticket?.number ?? null, pressedAt, answeredAt: steadyMs() };
  }

  async finish(): Promise<void> {
    if (this.#inHand !== null) await this.#ask({ kind: 'finish', ticketId: this.#inHand });
    this.#inHand = null;
  }

  close(): void {
    clearInterval(this.#presence);
    this.#stop.abort();
  }

  async #ask(command: { kind: 'next' } | { kind: 'finish'; ticketId: string }): Promise<QueueAnswer> {
    const answer = await this.#terminal.ask(command, { actor: clerkAt(this.id), commandId: v7() });
    if (typeof answer === 'string') throw new Error(`${this.id}: ${answer}`);
    return answer;
  }

  async #follow(): Promise<void> {
    const { url, token } = this.#terminal;
    try {
      const { body } = await fetch(`${url}/sync/v1/live`, {
        headers: { authorization: `Bearer ${token}` },
        signal: this.#stop.signal,
      });
      for await (const chunk of body ?? []) {
        for (const [, head] of Buffer.from(chunk)
          .toString()
          .matchAll(/"hall:[^}]*"head":(\d+)/g)) {
          this.#head = Math.max(this.#head, Number(head));
          void this.#pull();
        }
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  /** One at a time, as a terminal does; the rows are read off the line and thrown away. */
  async #pull(): Promise<void> {
    if (this.#isPulling) return;
    this.#isPulling = true;
    const { url, token } = this.#terminal;
    while (this.#cursor < this.#head && !this.#stop.signal.aborted) {
      const upTo = this.#head;
      const query = `scope=hall:main&after=${this.#cursor}&limit=500`;
      const answer = await fetch(`${url}/sync/v1/pull?${query}`, { headers: { authorization: `Bearer ${token}` } });
      await answer.arrayBuffer();
      this.#cursor = upTo;
    }
    this.#isPulling = false;
  }
}

async function sayPresence({ url, token }: QueueTerminal): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await fetch(`${url}/office/v1/queue/presence`, { method: 'POST', headers, body: JSON.stringify({ unsent: 0 }) });
}
