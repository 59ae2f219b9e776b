import { v7 as uuidv7 } from 'uuid';
import type { BlanksCommand, BlanksRequest } from '../../contract/blanks.ts';
import { BLANK_MOVES } from '../../domain/blanks/moves.ts';
import type { BlankChange } from '../../domain/blanks/reducePack.ts';
import { splitSerial } from '../../domain/blanks/serial.ts';
import type { StaffRecord } from '../../domain/ledger/reduce.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { custodiesOf, type RunPart, splitDelivery, splitRun } from './blankRuns.ts';
import { takeOwnOp } from './ownOp.ts';
import { findActiveStaff } from './permission.ts';

export type MoveVerdict = { kind: 'done'; published: readonly Published[] } | { kind: 'refused'; code: string };

/**
 * Receives, assigns, gives back, voids, restores, loses, destroys, counts and signs: one transaction, all or nothing.
 * @param device the terminal that asks; whoever is not a supervisor moves only the blanks of its own window
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function moveBlanks(
  store: CentreStore,
  device: Pick<EnrolledDevice, 'hall' | 'terminal'>,
  request: BlanksRequest,
  now: number,
): Promise<MoveVerdict> {
  return store.write<MoveVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const code = new Clerk(ledger, store.self, device, request, now).carryOut(request.command);
    if (code !== null) return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code } };
    const decision = ledger.decision();
    return { decision, value: { kind: 'done', published: decision.scopes } };
  });
}

type OnPack = Exclude<BlanksCommand, { kind: 'receive' | 'count' | 'sign' }>;

/** One command over the working ledger. Every method answers why it is refused, or null. */
class Clerk {
  readonly #ledger: WorkingLedger;
  readonly #self: CentreStore['self'];
  readonly #hall: string;
  readonly #terminal: string;
  readonly #actor: string;
  readonly #now: number;
  #opId: string | undefined;

  constructor(
    ledger: WorkingLedger,
    self: CentreStore['self'],
    { hall, terminal }: Pick<EnrolledDevice, 'hall' | 'terminal'>,
    { actor, commandId }: BlanksRequest,
    now: number,
  ) {
    this.#ledger = ledger;
    this.#self = self;
    this.#hall = hall;
    this.#terminal = terminal;
    this.#actor = actor;
    this.#opId = commandId;
    this.#now = now;
  }

  carryOut(command: BlanksCommand): string | null {
    if (this.#opId !== undefined && this.#ledger.hasOpId(this.#opId)) return null;
    const staff = findActiveStaff(this.#ledger, this.#hall, this.#actor);
    if (!staff?.roles.some((role) => ROLES[command.kind].includes(role))) return 'forbidden';
    const witness = 'witness' in command ? command.witness : null;
    if (witness === this.#actor) return 'two-person';
    if (witness !== null && !findActiveStaff(this.#ledger, this.#hall, witness)) return 'witness-unknown';
    switch (command.kind) {
      case 'receive':
        return this.#receive(command);
      case 'count':
        return this.#count(command, staff);
      case 'sign':
        return this.#sign(command);
      default:
        return this.#move(command, staff);
    }
  }

  #receive({ form, first, count }: Extract<BlanksCommand, { kind: 'receive' }>): string | null {
    const { prefix, number } = splitSerial(first);
    // Packs do not overlap, so the nearest one below the end says whether any of it is known.
    const below = this.#ledger.blanks.findPackBelow(prefix, number + count - 1);
    if (below && below.last >= number) return 'blank-known';
    for (const body of splitDelivery({ form, first, count })) {
      const refused = this.#take({ kind: 'blanks.received', body }, `blanks:${uuidv7()}`);
      if (refused !== null) return refused;
    }
    return null;
  }

  #move(command: OnPack, staff: StaffRecord): string | null {
    const { from, count } = 'serial' in command ? { from: command.serial, count: 1 } : command;
    const parts = splitRun(this.#ledger, this.#hall, from, count);
    if (!parts) return 'blank-unknown';
    for (const part of parts) {
      const problem = this.#findForeign(part, staff) ?? (command.kind === 'destroy' ? this.#findUnspoiled(part) : null);
      if (problem !== null) return problem;
      const refused = this.#take(changeOf(command, part), part.stream);
      if (refused !== null) return refused;
    }
    return null;
  }

  /** Only a supervisor reaches into the store and into other people's drawers. */
  #findForeign(part: RunPart, { roles }: StaffRecord): string | null {
    if (roles.includes('SUP')) return null;
    for (const { custody } of custodiesOf(part)) {
      if (custody.state === 'IN_STORE') return 'blank-not-assigned';
      if (custody.state === 'ASSIGNED' && custody.window !== this.#terminal) return 'blank-other-window';
    }
    return null;
  }

  /** A blank that was bound is destroyed only when its case has spoiled it. */
  #findUnspoiled(part: RunPart): string | null {
    for (const { serial, custody } of custodiesOf(part)) {
      if (custody.state !== 'BOUND') continue;
      const entity = this.#ledger.findEntity(`case:${custody.caseId ?? ''}`)?.entity;
      const certificates = entity?.type === 'case' ? entity.record.certificates : [];
      if (!certificates.some(({ spoiled }) => spoiled.some((each) => each.blank === serial))) return 'blank-used';
    }
    return null;
  }

  #count({ kind: _kind, ...count }: Extract<BlanksCommand, { kind: 'count' }>, { roles }: StaffRecord): string | null {
    if (!roles.includes('SUP') && count.window !== this.#terminal) return 'forbidden';
    if (count.day > hallDay(this.#now)) return 'not-yet';
    const drawer = { hall: this.#hall, window: count.window, form: count.form };
    const expected = this.#ledger.blanks.closingOf(drawer, count.day);
    const papersExpected = this.#ledger.blanks.papersOf(drawer, count.day);
    const { sheets, bound: sheetsExpected } = this.#ledger.blanks.sheetsOf(drawer, count.day);
    const difference = count.counted - expected;
    const body = { ...count, expected, difference, papersExpected, sheets, sheetsExpected };
    const stream = this.#ledger.blanks.findCount(drawer, count.day) ?? `count:${uuidv7()}`;
    const own = { hall: this.#hall, kind: 'count.closed' as const, stream, actor: this.#actor, body };
    return takeOwnOp(this.#ledger, this.#self, { ...own, ...this.#nextId() }, this.#now);
  }

  #sign({ count, note }: Extract<BlanksCommand, { kind: 'sign' }>): string | null {
    const stream = `count:${count}`;
    if (this.#ledger.findEntity(stream)?.hall !== this.#hall) return 'count-not-found';
    const own = { hall: this.#hall, kind: 'count.signed' as const, stream, actor: this.#actor, body: { note } };
    return takeOwnOp(this.#ledger, this.#self, { ...own, ...this.#nextId() }, this.#now);
  }

  #take({ kind, body }: BlankChange, stream: string): string | null {
    const own = { hall: this.#hall, kind, stream, actor: this.#actor, body, ...this.#nextId() };
    return takeOwnOp(this.#ledger, this.#self, own, this.#now);
  }

  /** The first op bears the id of the command. */
  #nextId(): { opId?: string } {
    const opId = this.#opId;
    this.#opId = undefined;
    return opId === undefined ? {} : { opId };
  }
}

const ROLES: Readonly<Record<BlanksCommand['kind'], readonly StaffRole[]>> = {
  receive: BLANK_MOVES['blanks.received'].who,
  assign: BLANK_MOVES['blanks.assigned'].who,
  return: BLANK_MOVES['blanks.returned'].who,
  spoil: BLANK_MOVES['blanks.spoiled'].who,
  restore: BLANK_MOVES['blanks.restored'].who,
  lost: BLANK_MOVES['blanks.lost'].who,
  destroy: BLANK_MOVES['blanks.destroyed'].who,
  count: ['WIN', 'PRT', 'SUP'],
  sign: ['SUP'],
};

function changeOf(command: OnPack, { from, count }: RunPart): BlankChange {
  switch (command.kind) {
    case 'assign':
      return { kind: 'blanks.assigned', body: { from, count, window: command.window } };
    case 'return':
      return { kind: 'blanks.returned', body: { from, count, witness: command.witness, note: command.note } };
    case 'spoil':
      return { kind: 'blanks.spoiled', body: bodyOf(command) };
    case 'restore':
      return { kind: 'blanks.restored', body: bodyOf(command) };
    case 'lost':
      return { kind: 'blanks.lost', body: bodyOf(command) };
    case 'destroy':
      return { kind: 'blanks.destroyed', body: { from, count, witness: command.witness, note: command.note } };
  }
}

function bodyOf<C extends { kind: string }>({ kind: _kind, ...body }: C): Omit<C, 'kind'> {
  return body;
}
