import { v7 } from 'uuid';
import { CATALOGUE, findItem } from '../../domain/catalogue/catalogue.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { minimalDraft } from '../../tests/fixtures/acceptance.ts';
import type { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import { makePerson, makeUnitNumber } from '../day/people.ts';
import { chanceFrom } from '../day/random.ts';
import { RehearsalClerk } from './clerk.ts';
import type { Visit } from './figures.ts';
import type { RehearsalHall } from './hall.ts';
import type { Person } from './person.ts';
import type { RehearsalPlan } from './plan.ts';
import type { HallTime } from './time.ts';
import { comeIn, KioskLine } from './visitors.ts';
import { Watch } from './watch.ts';

/** Until everything the machines kept has reached the hub, ms of this machine. */
const SETTLE_MS = 120_000;
/** A slow printer on a busy machine, ms of this machine. */
const PRINTING_MS = 60_000;

/** The people of one day: visitors by the plan, a clerk at every window, eyes on the screens. */
export class RehearsalDay {
  readonly watch: Watch;
  readonly visits: Visit[] = [];
  /** What a clerk was told instead of what was asked for, by method and code. */
  readonly answers: Record<string, number> = {};
  /** Numbers called that nobody in the hall had. */
  strangers = 0;
  readonly #hall: RehearsalHall;
  readonly #time: HallTime;
  readonly #plan: RehearsalPlan;
  readonly #people = new Map<string, Person>();
  readonly #byNumber = new Map<string, Person>();
  #isHubUp = true;
  #isDoorClosed = false;

  constructor(hall: RehearsalHall, time: HallTime, plan: RehearsalPlan) {
    this.#hall = hall;
    this.#time = time;
    this.#plan = plan;
    this.watch = new Watch(hall.screens, ({ number, window, at }) =>
      this.#byNumber.get(number)?.hear(windowId(window), at),
    );
  }

  noteHub(isUp: boolean): void {
    this.#isHubUp = isUp;
    if (!isUp) this.watch.excuseOpen();
  }

  /** @param evening when the last clerk goes home, whoever still waits; ms since 1970 in the hall */
  async run(evening: number): Promise<void> {
    await this.watch.begin();
    const lines = this.#hall.kiosks.map((machine) => new KioskLine(machine));
    const coming = this.#plan.visitors.map(async (planned) => {
      const line = lines[planned.kiosk];
      if (!line) throw new RangeError('no such kiosk');
      const person = await comeIn(planned, this.#plan.opensAt, this.#time, line, (each) => {
        const { ticketId, number } = each.visit;
        if (ticketId !== null) this.#people.set(ticketId, each);
        if (number !== null) this.#byNumber.set(number, each);
      });
      this.visits.push(person.visit);
    });
    const doors = Promise.all(coming).then(() => {
      this.#isDoorClosed = true;
    });
    const clerks = this.#hall.windows.map((machine) =>
      new RehearsalClerk({
        machine,
        time: this.#time,
        findPerson: (ticketId) => this.#find(ticketId),
        speak: (ticket, call) => this.#speak(ticket, machine.id, call),
        accept: (client, ticket) => this.#accept(client, ticket),
        isOver: () => this.#time.now() > evening || (this.#isDoorClosed && this.#isEverybodyGone()),
        onStranger: () => {
          this.strangers += 1;
        },
        onRefused: (method, code) => {
          this.answers[`${method} ${code}`] = (this.answers[`${method} ${code}`] ?? 0) + 1;
        },
      }).work(),
    );
    await Promise.all([doors, ...clerks]);
    this.watch.end();
  }

  /** Waits until nothing of the day is only on one machine. @throws Error when that takes too long */
  async settle(): Promise<void> {
    const deadline = Date.now() + SETTLE_MS;
    for (const { id, client } of [...this.#hall.windows, ...this.#hall.kiosks]) {
      while ((await client.call('sync.status', {})).waitingOps > 0) {
        if (Date.now() > deadline) throw new Error(`${id} has something that the hub has not`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /** Who is called while the number is still being printed takes it out of the kiosk first. */
  async #find(ticketId: string): Promise<Person | null> {
    const deadline = Date.now() + PRINTING_MS;
    while (!this.#people.has(ticketId) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#people.get(ticketId) ?? null;
  }

  #isEverybodyGone(): boolean {
    return [...this.#people.values()].every(({ isGone }) => isGone);
  }

  /** By voice at the window, and the screens should show it. */
  #speak(ticket: TicketRecord, window: string, times: number): void {
    const call = ticket.calls.at(-1);
    this.#people.get(ticket.id)?.hear(window, call?.recalledAt ?? call?.at ?? '');
    const number = Number(window.slice(1));
    this.watch.note({ number: ticket.number, window: number, times, isExcused: !this.#isHubUp });
  }

  async #accept(client: RpcClient, ticket: TicketRecord): Promise<void> {
    const item = findItem(ticket.itemCode ?? 'A09');
    if (!item) throw new Error('an item that is not in the catalogue');
    const chance = chanceFrom(Number(ticket.number.replace(/\D/g, '')));
    const draft = {
      ...minimalDraft(item),
      parties: [makePerson(chance, 'holder')],
      property: { unitNumber: makeUnitNumber(chance), location: '辽源市龙山区示例街1号' },
      ticket: { id: ticket.id, number: ticket.number },
      ...(ticket.preReview !== null && { preReview: ticket.preReview }),
    };
    await client
      .call('case.accept', { commandId: v7(), draft, catalogueVersion: CATALOGUE.version })
      .catch((error: Error) => {
        this.answers[`case.accept ${error.message}`] = (this.answers[`case.accept ${error.message}`] ?? 0) + 1;
      });
  }
}

function windowId(window: number): string {
  return `W${String(window).padStart(2, '0')}`;
}
