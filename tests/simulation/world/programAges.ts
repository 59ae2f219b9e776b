import { Random } from '../engine/random.ts';
import type { Met } from '../engine/reading.ts';
import { type Life, livesNow } from '../engine/scope.ts';
import type { Machine } from './machine.ts';
import type { OlderVersion } from './olderProgram.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs in which not every machine has been updated yet. */
const WITH_AGES = 0.3;
/** From when on, and until when, machines are updated one by one, virtual ms. */
const UPDATES = { from: 4000, to: 22_000 };
/** Of which a newer program may write bodies that an older one cannot read. */
const KINDS = [
  ...['case.accepted', 'case.advanced', 'note.added', 'scan.attached'],
  ...['window.changed', 'ticket.taken', 'ticket.called', 'blanks.assigned'],
] as const;

interface Hall extends Surroundings {
  readonly machines: readonly Machine[];
  readonly terminals: readonly { speaks: OlderVersion | null }[];
  machineOf(life: Life): Machine | undefined;
}

/**
 * Machines whose program is older than that of the others, until each is updated: it is killed, and starts with the newer one.
 * What newer programs write of some kinds has a field more; older ones write the same kinds without it. Who wrote an op is
 * known by who meets it first: a terminal when it appends it, the others when they judge what they made.
 */
export class ProgramAges {
  readonly #world: Hall;
  readonly #older = new Set<string>();
  readonly #kinds = new Set<string>();
  /** By op id: whether a newer program wrote it. */
  readonly #isNewer = new Map<string, boolean>();

  constructor(world: Hall) {
    this.#world = world;
  }

  /** Draws who is older, what it cannot read, and when it is updated. */
  plan(seed: number): void {
    const random = new Random(seed, 'ages');
    const { machines, terminals, trace } = this.#world;
    // Whoever speaks an earlier protocol is never updated within a run.
    if (!random.chance(WITH_AGES) || terminals.some(({ speaks }) => speaks !== null)) return;
    for (const kind of KINDS) if (random.chance(0.4)) this.#kinds.add(kind);
    for (const machine of machines) {
      if (!random.chance(0.5)) continue;
      this.#older.add(machine.name);
      this.#world.later(random.int(UPDATES.from, UPDATES.to), () => this.#update(machine));
    }
    if (this.#older.size > 0)
      trace.note(
        `older: ${[...this.#older].join(', ')}; of newer ones they do not read ${[...this.#kinds].join(', ')}`,
      );
  }

  /** A terminal is about to write this. */
  noteWritten(opId: string): void {
    const machine = this.#machineNow();
    if (machine && !this.#isNewer.has(opId)) this.#isNewer.set(opId, !this.#older.has(machine.name));
  }

  /** Whether the program that runs at the moment can read it. */
  canRead({ op_id, kind }: Met): boolean {
    const machine = this.#machineNow();
    if (!machine) return true;
    this.noteWritten(op_id);
    if (!this.#isNewer.get(op_id) || !this.#kinds.has(kind) || !this.#older.has(machine.name)) return true;
    this.#world.trace.count(`op of a newer program at ${roleOf(machine)}`);
    return false;
  }

  #machineNow(): Machine | undefined {
    const life = livesNow();
    return life && this.#world.machineOf(life);
  }

  #update(machine: Machine): void {
    machine.die('kill', 500);
    this.#older.delete(machine.name);
    this.#world.trace.count(`${roleOf(machine)} updated`);
    this.#world.trace.note(`${machine.name} is updated`);
  }
}

function roleOf({ name }: Machine): string {
  if (name === 'C') return 'an older centre';
  return name.startsWith('H') ? 'an older hub' : 'an older terminal';
}
