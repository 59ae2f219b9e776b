import { findOpDefect, type Op, sealedBody } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { chainHead } from '../ledger/plan.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import type { ChainHead, Push } from '../store/types.ts';
import type { WaitingChanges, WaitingPush } from '../store/waitingTypes.ts';
import { opsIn, type WaitingRoom } from './waitingRoom.ts';

/** The waiting room as it will be once the group is committed. */
export class WorkingRoom {
  readonly #room: WaitingRoom;
  readonly #added: (WaitingPush & { text: Uint8Array })[] = [];
  readonly #removed = new Set<WaitingPush>();

  constructor(room: WaitingRoom) {
    this.#room = room;
  }

  hasDevice(device: string): boolean {
    return this.#added.some((push) => push.device === device) || this.#stillWaits(device);
  }

  /**
   * Takes a push as it is, to be judged later, when all about it is as usual: its ops go on where the chain ends here, each
   * whole and unchanged, and there is room. What they mean nobody asks now, nor whether their ids are known: that is for the
   * judgement to say, op by op, as something may come in between in any case.
   * @param text JSON of the whole request
   * @returns where the chain ends now; null: it is no such push, and nothing of it was taken
   */
  hold(ledger: WorkingLedger, push: Push, text: Uint8Array, receivedAt: number): ChainHead | null {
    const { device, hall, terminal } = push.author;
    const { epoch, ops } = push;
    const [first] = ops;
    if (!first || !this.#admits(hall, ops.length)) return null;
    if (epoch < Math.max(ledger.newestEpoch(device), this.#room.newestEpoch(device))) return null;
    const tail = goesOn(push, this.#tailOf(device, epoch) ?? chainHead(ledger, device, epoch));
    if (!tail) return null;
    this.#added.push({
      ...{ device, epoch, first: first.seq, last: tail.seq, hash: tail.hash, hall, terminal: terminal ?? null },
      arrival: this.#room.lastArrival + this.#added.length + 1,
      ...{ receivedAt, signed: push.signed ?? null, text },
    });
    return tail;
  }

  /** It has been judged. */
  remove(push: WaitingPush): void {
    this.#removed.add(push);
  }

  changes(): WaitingChanges | undefined {
    if (this.#added.length === 0 && this.#removed.size === 0) return undefined;
    return { add: this.#added, remove: [...this.#removed] };
  }

  /** After COMMIT. */
  apply(): void {
    for (const push of this.#removed) this.#room.remove(push);
    for (const { text: _inTheStore, ...push } of this.#added) this.#room.add(push);
  }

  #stillWaits(device: string): boolean {
    if (!this.#room.hasDevice(device)) return false;
    return this.#room.halls.some((hall) =>
      this.#room.ofHall(hall).some((push) => push.device === device && !this.#removed.has(push)),
    );
  }

  #tailOf(device: string, epoch: number): ChainHead | null {
    const added = this.#added.findLast((push) => push.device === device && push.epoch === epoch);
    return added ? { seq: added.last, hash: added.hash } : this.#room.tailOf(device, epoch);
  }

  #admits(hall: string, ops: number): boolean {
    const added = this.#added.reduce((sum, push) => sum + opsIn(push), 0);
    return this.#room.admits(hall, added + ops);
  }
}

/** @returns the last op of a push whose ops go on after a place in their chain, one by one and unchanged; else null */
function goesOn({ author, epoch, ops }: Push, tail: ChainHead): ChainHead | null {
  let cursor = tail;
  for (const op of ops) {
    if (op.device !== author.device || op.epoch !== epoch || op.seq !== cursor.seq + 1) return null;
    if (sealedBody(op, sha256Hex) === null) return null;
    if (findOpDefect(op as Op, cursor.hash, sha256Hex, { hasBody: false }) !== null) return null;
    cursor = { seq: op.seq, hash: op.hash };
  }
  return cursor;
}
