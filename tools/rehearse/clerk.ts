import { v7 } from 'uuid';
import type { MethodInput, MethodName } from '../../contract/rpc.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import type { Machine } from './hall.ts';
import type { Person } from './person.ts';
import type { HallTime } from './time.ts';

type ClerkMethod = Extract<MethodName, `queue.${string}`>;

export interface ClerkOptions {
  machine: Machine;
  time: HallTime;
  /** Whose number it is; null when nobody in the hall has such a ticket. */
  findPerson(ticketId: string): Promise<Person | null>;
  /** The voice of the window: heard also where no screen shows it. */
  speak(ticket: TicketRecord, times: number): void;
  /** Accepts a case with this ticket. */
  accept(client: RpcClient, ticket: TicketRecord): Promise<void>;
  /** Nobody waits any more and no number is given. */
  isOver(): boolean;
  /** What was called and belongs to nobody. */
  onStranger(ticket: TicketRecord): void;
  onRefused(method: string, code: string): void;
}

const SECOND = 1000;
/** A clerk looks again whether somebody waits. */
const LOOK_AGAIN_MS = 20 * SECOND;
/** Between two calls; the rule is 15 s (domain.md §6.4). */
const RECALL_AFTER_MS = 16 * SECOND;
const PASS_AFTER_MS = 61 * SECOND;
const ELDER_PASS_AFTER_MS = 121 * SECOND;
/** ms of this machine: what says whether the hub is there runs by its clock. */
const PRESS_AGAIN_MS = 500;
const FETCH_PAPER_MS = 8 * 60 * SECOND;

/** A clerk at one window, from the first call to the last, by the same methods as the page. */
export class RehearsalClerk {
  readonly #options: ClerkOptions;
  /** Set aside to fetch a paper, with the time they are back. */
  readonly #held: { ticketId: string; backAt: number }[] = [];

  constructor(options: ClerkOptions) {
    this.#options = options;
  }

  async work(): Promise<void> {
    const { time, isOver } = this.#options;
    while (!isOver() || this.#held.length > 0) {
      const ticket = await this.#callSomebody();
      if (ticket === null) await time.sleep(LOOK_AGAIN_MS);
      else await this.#serve(ticket);
    }
  }

  async #callSomebody(): Promise<TicketRecord | null> {
    const { time } = this.#options;
    const back = this.#held.findIndex(({ backAt }) => backAt <= time.now());
    if (back >= 0) {
      const [held] = this.#held.splice(back, 1);
      if (held) return this.#ask('queue.callBack', (of) => ({ ...of, ticketId: held.ticketId }));
    }
    return this.#ask('queue.callNext', (of) => of);
  }

  async #serve(called: TicketRecord): Promise<void> {
    const { machine, time, findPerson, onStranger } = this.#options;
    const person = await findPerson(called.id);
    if (person === null) {
      onStranger(called);
      await this.#ask('queue.finish', (of) => ({ ...of, ticketId: called.id }));
      return;
    }
    if (!(await this.#waitFor(called, person))) return;
    await this.#ask('queue.arrive', (of) => ({ ...of, ticketId: called.id }));
    person.sitDown(machine.id);
    const { planned } = person;
    if (planned.isHeld && called.calls.length === 1) {
      await time.sleep(planned.serviceMs / 3);
      if (await this.#ask('queue.hold', (of) => ({ ...of, ticketId: called.id, reason: '取身份证复印件' }))) {
        person.stepAside();
        this.#held.push({ ticketId: called.id, backAt: time.now() + FETCH_PAPER_MS });
        return;
      }
    }
    if (planned.isTransferred && called.calls.length === 1) {
      const queue = called.queue === 'A' ? 'B' : 'A';
      if (
        await this.#ask('queue.transfer', (of) => ({
          ...of,
          ticketId: called.id,
          queue,
          to: null,
          reason: '不属本窗口业务',
        }))
      ) {
        person.stepAside();
        return;
      }
    }
    await time.sleep(planned.serviceMs);
    if (planned.brings) await this.#options.accept(machine.client, called);
    if ((await this.#ask('queue.finish', (of) => ({ ...of, ticketId: called.id }))) !== null) person.leave();
  }

  /** @returns false when they did not come and were passed */
  async #waitFor(called: TicketRecord, person: Person): Promise<boolean> {
    const { machine, time, speak } = this.#options;
    const passAfter = called.elder ? ELDER_PASS_AFTER_MS : PASS_AFTER_MS;
    let current = called;
    for (let times = 1; times <= 3; times++) {
      speak(current, times);
      const patience = time.now() + Math.max(times === 3 ? passAfter : RECALL_AFTER_MS, person.planned.walkMs);
      while (time.now() < patience) {
        if (person.isAt(machine.id)) return true;
        await time.sleep(2 * SECOND);
      }
      if (person.isAt(machine.id)) return true;
      if (times < 3) current = (await this.#ask('queue.recall', (of) => ({ ...of, ticketId: called.id }))) ?? current;
    }
    const passed = await this.#ask('queue.noShow', (of) => ({ ...of, ticketId: called.id }));
    if (passed?.state === 'VOIDED') person.giveUp();
    return false;
  }

  /** In the first seconds without the hub nothing is decided: the key is pressed again until somebody answers. */
  async #ask<M extends ClerkMethod>(
    method: M,
    input: (of: { commandId: string }) => MethodInput<M>,
  ): Promise<TicketRecord | null> {
    const { machine, onRefused } = this.#options;
    const commandId = v7();
    for (;;) {
      try {
        const answer = await machine.client.call(method, input({ commandId }));
        return (answer as { ticket: TicketRecord | null }).ticket;
      } catch (error) {
        const code = (error as Error).message;
        onRefused(method, code);
        if (code !== 'queue-hub-silent' && code !== 'closed') return null;
        await new Promise((resolve) => setTimeout(resolve, PRESS_AGAIN_MS));
      }
    }
  }
}
