import { randomBytes, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { queueAnswer } from '../../contract/queue.ts';
import { enrolAnswer } from '../../contract/sync.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { attach, jpegWith } from '../fixtures/attachments.ts';
import { jsonRequest } from '../fixtures/centre.ts';
import { TAKE } from '../fixtures/queueDesk.ts';
import { RpcClient } from '../fixtures/rpcClient.ts';
import { CLERK, SUPERVISOR, type TerminalReady } from './hall.ts';
import type { Machine } from './machines.ts';

/** People at work whose machines die under their hands: who gets no answer asks again, with the same command. */

const AGAIN_MS = 20;
const again = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

/** Nobody there, the line broke, or the answer is not to be had now. Anything else is a refusal, and a failure. */
const UNANSWERED =
  /^(closed|fetch failed|terminated|connect ECONN|read ECONN|socket hang up|The operation|not-signed-in|session-)/;
/** What a terminal answers whose disk is full: nothing was saved, and the same command may be given again. */
const NO_ROOM = 'store-full';
const isUnanswered = (error: unknown): boolean =>
  (error as Error).message === NO_ROOM ||
  UNANSWERED.test((error as Error).message) ||
  'errors' in (error as object) ||
  error instanceof SyntaxError;

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      await again();
    }
  }
}

/** A clerk at a headless terminal, who signs in again after each death of it. */
export class WindowClerk {
  /** What the terminal said it accepted: id of the case → its number. */
  readonly accepted = new Map<string, string>();
  /** How often it said that there was no room. */
  refusedForRoom = 0;
  /** Hashes of pages it said are attached. */
  readonly attached = new Set<string>();
  readonly #terminal: Machine<TerminalReady>;
  #client: Promise<RpcClient> | null = null;

  constructor(terminal: Machine<TerminalReady>) {
    this.#terminal = terminal;
  }

  async accept(): Promise<string> {
    const command = { commandId: v7(), draft: acceptanceDraft() };
    const { id, acceptance } = await this.#ask((client) => client.call('case.accept', command));
    this.accepted.set(id, acceptance.number);
    return id;
  }

  /** A case with one page; when the answer is lost it is scanned again, as a clerk would. */
  async acceptWithPage(): Promise<void> {
    const caseId = await this.accept();
    const page = await this.#ask((client) => attach(client, jpegWith(randomUUID(), randomBytes(30_000)), { caseId }));
    this.attached.add(page.blob.sha256);
  }

  syncStatus() {
    return this.#ask((client) => client.call('sync.status', {}));
  }

  close(): void {
    void this.#client?.then(
      (client) => client.close(),
      () => {},
    );
  }

  #ask<T>(ask: (client: RpcClient) => Promise<T>): Promise<T> {
    return untilAnswered(async () => {
      this.#client ??= this.#connect();
      const mine = this.#client;
      try {
        return await ask(await mine);
      } catch (error) {
        if ((error as Error).message === NO_ROOM) this.refusedForRoom += 1;
        else if (this.#client === mine) this.#client = null;
        throw error;
      }
    });
  }

  async #connect(): Promise<RpcClient> {
    const { rpc, token } = await this.#terminal.ready.catch(() => {
      throw new Error('closed');
    });
    const client = await RpcClient.connect(rpc, token);
    await client.signIn(CLERK.number, CLERK.password);
    return client;
  }
}

/** A kiosk that asks the hub for tickets by itself. */
export class Kiosk {
  /** Numbers that were given, each with its day. */
  readonly taken: string[] = [];
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async enrol(url: string, code: string, terminal: string): Promise<Kiosk> {
    const body = jsonRequest({ code, device: randomUUID(), terminal });
    const answer = await fetch(`${url}/sync/v1/enrol`, body);
    return new Kiosk(url, enrolAnswer.parse(await answer.json()).token);
  }

  /** Whatever the hour. */
  async openHall(): Promise<void> {
    const stop = { queue: 'all', reason: '测试开放', force: 'open' };
    await this.#ask(SUPERVISOR.number, { kind: 'issue', queue: 'all', stop });
  }

  async take(): Promise<void> {
    const { ticket } = await this.#ask('kiosk', TAKE);
    if (!ticket) throw new Error('no ticket');
    this.taken.push(`${ticket.day} ${ticket.number}`);
  }

  #ask(actor: string, command: object) {
    const body = { commandId: v7(), actor, command };
    return untilAnswered(async () => {
      const answer = await fetch(`${this.#url}/office/v1/queue`, jsonRequest(body, this.#token));
      const said: unknown = await answer.json();
      // Busy, or without room: nothing was changed.
      if (answer.status === 429 || answer.status >= 500) throw new Error('closed');
      if (!answer.ok) throw new Error(`refused: ${JSON.stringify(said)}`);
      return queueAnswer.parse(said);
    });
  }
}
