import { v7 } from 'uuid';
import { YichuangError } from '../../contract/errors.ts';
import type { OfficeChange } from '../../contract/office.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { type Agenda, makeAgenda } from './agenda.ts';
import { nextStep, type Step } from './course.ts';
import { Drawers } from './drawers.ts';
import { DayHall, type HallOptions, type HallWindow, staffOf } from './hall.ts';
import type { DayPlan, PlannedCase } from './plan.ts';
import { type Chance, chanceFrom } from './random.ts';
import { decideAtWindow } from './window.ts';

const MINUTE = 60_000;
/** How often the first window takes what the others have done. */
const PULL_EVERY = 10 * MINUTE;
/** The hall's line is down in the windows; upstairs work goes on. */
const LINE_DOWN = { from: 150 * MINUTE, to: 170 * MINUTE };

export interface DayResult {
  cases: number;
  /** Cases in each state when the doors close. */
  states: Record<string, number>;
  /** What was asked for and refused, by code. */
  refusals: Record<string, number>;
  /** Ops in the log of the centre, and of the first window. */
  ops: { centre: number; terminal: number };
}

interface RunningCase {
  planned: PlannedCase;
  id: string;
  number: string;
  chance: Chance;
}

/** Lets a planned day happen in a real hall: the windows write, the centre decides, and the clock is the plan's. */
export async function runDay(plan: DayPlan, options: Pick<HallOptions, 'dir' | 'keyHex'>): Promise<DayResult> {
  let now = plan.opensAt;
  const hall = await DayHall.open({ ...options, windows: plan.windows, now: () => now });
  try {
    const day = new Day(plan, hall, () => now);
    await day.begin();
    for (let next = day.agenda.take(); next; next = day.agenda.take()) {
      now = Math.max(now, next.at);
      await next.work();
    }
    now = plan.closesAt;
    return await day.end();
  } finally {
    await hall.close();
  }
}

class Day {
  readonly agenda: Agenda = makeAgenda();
  readonly #plan: DayPlan;
  readonly #hall: DayHall;
  readonly #now: () => number;
  readonly #cases = new Map<number, RunningCase>();
  readonly #refusals = new Map<string, number>();
  readonly #sessions: string[] = [];
  readonly #drawers: Drawers;

  constructor(plan: DayPlan, hall: DayHall, now: () => number) {
    this.#plan = plan;
    this.#hall = hall;
    this.#now = now;
    this.#drawers = new Drawers(this.#first, now);
  }

  async begin(): Promise<void> {
    const [clerk] = staffOf('WIN');
    for (const { store, plan } of this.#hall.windows) {
      const stream = `session:${v7({ msecs: this.#now() })}`;
      store.ledger.append({ kind: 'session.opened', stream, actor: clerk, body: { staff: clerk, terminal: plan.id } });
      this.#sessions.push(stream);
    }
    await this.#drawers.fill(2 * this.#plan.cases.length);
    await this.#first.pull();
    for (const planned of this.#plan.cases) this.agenda.add(planned.at, () => this.#receive(planned));
    for (let at = this.#plan.opensAt + PULL_EVERY; at < this.#plan.closesAt; at += PULL_EVERY) {
      this.agenda.add(at, () => this.#first.pull());
    }
    this.agenda.add(this.#lineIsBack, async () => {
      for (const window of this.#hall.windows) await window.push();
    });
  }

  async end(): Promise<DayResult> {
    const [clerk] = staffOf('WIN');
    for (const [index, { store, plan, push }] of this.#hall.windows.entries()) {
      const body = { staff: clerk, terminal: plan.id, reason: 'logout' } as const;
      store.ledger.append({ kind: 'session.closed', stream: this.#sessions[index] ?? '', actor: clerk, body });
      await push();
    }
    const records: CaseRecord[] = [];
    for (const { id } of this.#cases.values()) {
      const record = await this.#hall.read(id);
      if (record) records.push(record);
    }
    const states = new Map<string, number>();
    for (const { state } of records) count(states, state);
    await this.#drawers.count(this.#plan.day, records);
    await this.#first.pull();
    const { ops } = this.#hall.stats();
    const { store } = this.#first;
    const terminal = store.db.prepare('SELECT count(*) FROM op').pluck().get() as number;
    store.textIndex.catchUp();
    return {
      cases: this.#cases.size,
      states: Object.fromEntries([...states].sort()),
      refusals: Object.fromEntries(this.#refusals),
      ops: { centre: ops, terminal },
    };
  }

  get #first(): HallWindow {
    return this.#windowAt(0);
  }

  get #lineIsBack(): number {
    return this.#plan.opensAt + LINE_DOWN.to;
  }

  #windowAt(index: number): HallWindow {
    const window = this.#hall.windows[index];
    if (!window) throw new RangeError(`no window ${index}`);
    return window;
  }

  #isLineDown(): boolean {
    const since = this.#now() - this.#plan.opensAt;
    return since >= LINE_DOWN.from && since < LINE_DOWN.to;
  }

  /** Somebody stands at the window: the decision is kept there, and goes to the centre when the line is up. */
  async #receive(planned: PlannedCase): Promise<void> {
    const window = this.#windowAt(planned.window);
    const loan = planned.linkTo === undefined ? undefined : this.#cases.get(planned.linkTo);
    const decided = decideAtWindow(window, planned, this.#plan.day, staffOf('WIN')[0], loan);
    const running = { ...decided, planned, chance: chanceFrom(planned.seed) };
    this.#cases.set(planned.index, running);
    if (!this.#isLineDown()) await window.push();
    this.#later(running, 1, 3);
  }

  #later(running: RunningCase, low: number, high: number): void {
    const at = this.#now() + running.chance.between(low * MINUTE, high * MINUTE);
    if (at < this.#plan.closesAt) this.agenda.add(at, () => this.#goOn(running));
  }

  async #goOn(running: RunningCase): Promise<void> {
    const record = await this.#hall.read(running.id);
    if (!record) return this.#later(running, 5, 10);
    const step = nextStep({
      record,
      fate: running.planned.fate,
      chance: running.chance,
      day: this.#plan.day,
      mortgage: await this.#mortgageOf(running),
      witness: staffOf('SUP')[0],
      takeBlank: (kind) => this.#drawers.take(kind),
    });
    if (step === null) return;
    const isAtWindow = step.kind === 'act' && step.role === 'WIN';
    if (isAtWindow && this.#isLineDown()) {
      this.agenda.add(this.#lineIsBack, () => this.#goOn(running));
      return;
    }
    await this.#take(running, record, step);
    this.#later(running, ...pauseAfter(step));
  }

  async #take(running: RunningCase, record: CaseRecord, step: Step): Promise<void> {
    const { chance, id, planned } = running;
    if (step.kind === 'wait') return;
    if (step.kind === 'pay') return this.#pay(running, step.amountFen);
    if (step.kind === 'refund') return this.#hall.channel.refund(id);
    const actor = actorOf(record, step, planned.index);
    const window = this.#windowAt(step.role === 'WIN' ? planned.window : 0);
    const request = { caseId: id, actor, baseVersion: record.version, change: step.change };
    const commandId = v7({ msecs: this.#now() });
    const ask = (command: string) => this.#ask(() => this.#hall.act(window, { ...request, commandId: command }));
    await ask(commandId);
    // An answer that got lost is asked for again; and two people press at once.
    if (chance.next() < 0.02) await ask(commandId);
    if (chance.next() < 0.02) await ask(v7({ msecs: this.#now() }));
  }

  /** At the counter, or with a telephone. */
  async #pay({ chance, id, planned }: RunningCase, amountFen: number): Promise<void> {
    const actor = staffOf('FEE')[planned.index % 2] ?? staffOf('FEE')[0];
    const method = chance.pick(['WECHAT', 'ALIPAY', 'SCAN', 'CARD', 'CASH'] as const);
    if (method === 'CARD' || method === 'CASH') {
      const change = { kind: 'record', method, receipt: `PJ${String(planned.index).padStart(8, '0')}` } as const;
      const commandId = v7({ msecs: this.#now() });
      await this.#ask(() => this.#first.api.payment({ commandId, actor, caseId: id, change }));
      return;
    }
    // The channel says it twice now and then.
    const settled = await this.#hall.channel.pay(id, actor, method, amountFen, chance.next() < 0.2 ? 2 : 1);
    if (typeof settled === 'string') this.#note(settled);
    else for (const each of settled.slice(1)) this.#note(`payment-${each}`);
  }

  async #ask(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof YichuangError)) throw error;
      this.#note(error.code);
    }
  }

  #note(code: string | null): void {
    if (code !== null) count(this.#refusals, code);
  }

  async #mortgageOf({ planned }: RunningCase): Promise<CaseRecord | null> {
    const mortgage = this.#plan.cases.find(({ linkTo }) => linkTo === planned.index);
    const running = mortgage && this.#cases.get(mortgage.index);
    return running ? this.#hall.read(running.id) : null;
  }
}

/** Who has the task in hand goes on with it; else one of the two by turns. */
function actorOf(
  record: CaseRecord,
  { role, change }: { role: StaffRole; change: OfficeChange },
  index: number,
): string {
  const staff = staffOf(role);
  const lane =
    change.kind === 'lane' ? change.change.lane : role in record.lanes ? (role as keyof typeof record.lanes) : null;
  const holder = lane === null ? null : record.lanes[lane].by;
  return holder !== null && staff.includes(holder) ? holder : (staff[index % 2] ?? staff[0]);
}

/** Minutes until somebody looks at the case again. */
function pauseAfter(step: Step): [number, number] {
  if (step.kind === 'wait') return [15, 30];
  if (step.kind !== 'act' || step.change.kind !== 'advance') return [1, 4];
  return step.change.advance.transition === 'T15' ? [40, 120] : [1, 5];
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
