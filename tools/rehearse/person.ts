import type { Visit } from './figures.ts';
import type { Visitor } from './plan.ts';
import type { HallTime } from './time.ts';

/** One visitor in the hall: waits to be called, walks, is served, leaves. */
export class Person {
  readonly planned: Visitor;
  readonly visit: Visit;
  readonly #time: HallTime;
  readonly #heard = new Set<string>();
  #missesLeft: number;
  /** Window they go to or stand at, and when they are there, ms since 1970 in the hall. */
  #goal: { window: string; from: number } | null = null;

  constructor(planned: Visitor, cameAt: number, time: HallTime) {
    this.planned = planned;
    this.#time = time;
    this.#missesLeft = planned.misses;
    this.visit = {
      visitor: planned.index,
      number: null,
      ticketId: null,
      cameAt,
      tookAt: null,
      calledAt: null,
      arrivedAt: null,
      leftAt: null,
      servedAt: [],
      refused: null,
    };
  }

  /**
   * The number is called, on the screen or by voice: gets up, unless the call is missed.
   * @param call the same call heard twice is one
   */
  hear(window: string, call: string): void {
    if (this.#heard.has(call) || this.#goal !== null || this.visit.leftAt !== null) return;
    this.#heard.add(call);
    if (this.#missesLeft > 0) {
      this.#missesLeft -= 1;
      return;
    }
    this.visit.calledAt ??= this.#time.now();
    this.#goal = { window, from: this.#time.now() + this.planned.walkMs };
  }

  isAt(window: string): boolean {
    return this.#goal?.window === window && this.#time.now() >= this.#goal.from;
  }

  /** The clerk begins. */
  sitDown(window: string): void {
    this.visit.arrivedAt ??= this.#time.now();
    this.visit.servedAt.push(window);
  }

  /** Sent away from the window, to wait or to fetch something: somebody else may go on. */
  stepAside(): void {
    this.#goal = null;
    this.visit.servedAt.pop();
  }

  leave(): void {
    this.visit.leftAt = this.#time.now();
  }

  /** The number was passed for good; it says to take a new one, and this one goes home. */
  giveUp(): void {
    this.visit.refused = 'passed';
  }

  get isGone(): boolean {
    return this.visit.leftAt !== null || this.visit.refused !== null;
  }
}
