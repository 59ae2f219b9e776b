import type { CaseFile } from '../../../domain/case/types.ts';
import type { QueueCommand } from '../../../domain/queue/commands.ts';
import { indexOf } from '../../../domain/queue/viewIndex.ts';
import { Random } from '../engine/random.ts';
import { runIn } from '../engine/scope.ts';
import { v7 } from '../engine/uuid.ts';
import { acceptCase, isAnswer, noteSaved, openWindow, RECEIVED, SUPPLEMENT } from './deeds.ts';
import { PERSON } from './template.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

const TAKE = {
  ...{ kind: 'take', queue: 'A', class: 'ordinary', itemCode: null, person: null, elder: false, batch: 1 },
  ...{ preReview: null, appointment: null, backFor: null, pinned: null, source: 'kiosk' },
} as const satisfies QueueCommand;
const ASKER = { actor: PERSON, roles: ['WIN', 'SUP'] as const };

/** People at one terminal, who do what comes to their hands until they are told to stop. */
export class Clerk {
  isAtWork = true;
  readonly #world: World;
  readonly #terminal: Terminal;
  readonly #random: Random;
  readonly #serial: number;
  #assigned = 0;

  constructor(world: World, terminal: Terminal, seed: number) {
    this.#world = world;
    this.#terminal = terminal;
    this.#random = new Random(seed, `clerk ${terminal.name}`);
    this.#serial = 1000 * Number(terminal.id.slice(1));
    this.#again();
  }

  #again(): void {
    this.#world.later(this.#random.int(300, 2400), () => {
      if (!this.isAtWork) return;
      const { life } = this.#terminal;
      const work = this.#choose();
      if (life && !life.isOver && this.#terminal.running) {
        const running = this.#terminal.running;
        runIn(life, async () => {
          try {
            await work(running);
          } catch (error) {
            if (!isAnswer(error)) this.#world.fail(`${this.#terminal.name}: ${(error as Error).stack}`);
          }
        }).catch(() => {});
      }
      this.#again();
    });
  }

  #choose(): (running: NonNullable<Terminal['running']>) => unknown {
    const isKiosk = this.#terminal.id.startsWith('K');
    const dice = this.#random.next();
    if (isKiosk) return dice < 0.75 ? (running) => this.#take(running) : (running) => this.#look(running);
    if (dice < 0.38) return () => acceptCase(this.#world, this.#terminal);
    if (dice < 0.55) return (running) => this.#note(running);
    if (dice < 0.7) return (running) => this.#act(running);
    if (dice < 0.78) return (running) => this.#blanks(running);
    return (running) => this.#serve(running);
  }

  #note({ store, sync }: NonNullable<Terminal['running']>): void {
    const known = this.#someCase(store);
    if (!known) return;
    const body = { caseId: known.id, kind: 'remark' as const, text: `备注${this.#random.int(0, 1000)}` };
    const { op } = store.ledger.append({ kind: 'note.added', stream: `note:${v7()}`, actor: PERSON, body });
    this.#saved(op.op_id, `note on ${known.acceptance.number}`);
    sync.notify();
  }

  /** An act at the centre, which changes the same case over and over: supplement asked for, supplement brought. */
  async #act({ store, sync }: NonNullable<Terminal['running']>): Promise<void> {
    const known = this.#someCase(store);
    if (!known) return;
    const commandId = v7();
    const advance = known.state === 'PARALLEL' ? SUPPLEMENT : RECEIVED;
    const request = { commandId, actor: PERSON, caseId: known.id, baseVersion: known.version };
    this.#world.promises.attempted.add(commandId);
    await sync.act({ ...request, change: { kind: 'advance', advance } });
    this.#saved(commandId, `${advance.transition} of ${known.acceptance.number}`);
    this.#world.trace.count('act at the centre');
  }

  /** A pack of blanks of its own for each window, and one blank after the other into the drawer. */
  async #blanks({ sync }: NonNullable<Terminal['running']>): Promise<void> {
    const commandId = v7();
    this.#world.promises.attempted.add(commandId);
    const serialOf = (index: number) => `D${String(22_000_000_000 + this.#serial + index)}`;
    const command =
      this.#assigned === 0
        ? ({ kind: 'receive', form: 'certificate', first: serialOf(0), count: 100 } as const)
        : ({ kind: 'assign', from: serialOf(this.#assigned - 1), count: 1, window: this.#terminal.id } as const);
    await sync.moveBlanks({ commandId, actor: PERSON, command });
    this.#assigned += 1;
    this.#saved(commandId, `blank ${command.kind}`);
    this.#world.trace.count('blank moved');
  }

  async #take({ dispenser }: NonNullable<Terminal['running']>): Promise<void> {
    const { number, day, id } = await dispenser.take(v7(), { ...TAKE });
    const { name, id: terminal } = this.#terminal;
    this.#world.promises.tickets.push({ key: `${day}/${number}`, ticketId: id, by: name, id: terminal });
    this.#world.trace.count('ticket printed');
    if (number.startsWith('Z')) this.#world.trace.count('emergency number');
    if (Number(number.slice(-3)) >= 5) this.#world.trace.count('block of numbers used up');
    this.#world.trace.note(`${name}: ticket ${number}`);
  }

  async #look({ dispenser }: NonNullable<Terminal['running']>): Promise<void> {
    await dispenser.look();
  }

  async #serve({ hall, queue }: NonNullable<Terminal['running']>): Promise<void> {
    const { id } = this.#terminal;
    const view = hall.view();
    const window = view.windows.get(id);
    if (window?.state !== 'open') {
      openWindow(this.#world, this.#terminal);
      return;
    }
    const inHand = indexOf(view).inHand.get(id);
    const isHere = inHand?.calls.at(-1)?.arrivedAt != null;
    const command: QueueCommand = inHand
      ? { kind: isHere ? 'finish' : 'arrive', ticketId: inHand.id }
      : { kind: 'next' };
    const { ticket } = await queue.ask(v7(), ASKER, command);
    if (ticket) this.#world.trace.count(`ticket ${command.kind}`);
    if (ticket && command.kind === 'next') this.#world.promises.noteCalled(ticket, this.#terminal);
  }

  #someCase(store: NonNullable<Terminal['running']>['store']): CaseFile | null {
    const numbers = store.db
      .prepare('SELECT number FROM case_file ORDER BY ref DESC LIMIT 8')
      .pluck()
      .all() as string[];
    if (numbers.length === 0) return null;
    return store.cases.find(this.#random.pick(numbers))?.record ?? null;
  }

  #saved(opId: string, what: string): void {
    noteSaved(this.#world, this.#terminal, opId, what);
  }
}
