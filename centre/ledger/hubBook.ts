import type { ChainHead, Decision } from '../store/types.ts';

type HubChanges = Pick<Decision, 'reached' | 'met' | 'handedOn' | 'cursors' | 'bases' | 'followed' | 'role'>;

/** What a hub notes beside the log: how far it has read of others, and what the centre is known to have. */
export class HubBook {
  readonly #reached: number[] = [];
  readonly #met: number[] = [];
  readonly #handedOn: number[] = [];
  readonly #cursors = new Map<string, Decision['cursors'][number]>();
  readonly #bases: Decision['bases'] = [];
  #followed: number | null = null;
  #role: Decision['role'] = null;

  /** The centre has the op at this log position, under the number it has here. */
  noteReached(logPosition: number): void {
    this.#reached.push(logPosition);
  }

  /** The op at this log position stands in a scope of the centre, under whichever number. */
  noteMet(logPosition: number): void {
    this.#met.push(logPosition);
  }

  /** The op at this log position is this hub's to forward from now on. */
  handOn(logPosition: number): void {
    this.#handedOn.push(logPosition);
  }

  /** A chain begins here after this op, which is vouched for by whoever sent what follows. */
  startChain(device: string, epoch: number, head: ChainHead): void {
    this.#bases.push({ device, epoch, head });
  }

  /** A scope of the centre has been read up to here. */
  moveCursor(scope: string, pos: number, digest: string): void {
    this.#cursors.set(scope, { scope, pos, digest });
  }

  /** The log of the active hub has been read up to here. */
  moveFollowed(pos: number): void {
    this.#followed = pos;
  }

  setRole(role: NonNullable<Decision['role']>): void {
    this.#role = role;
  }

  changes(): HubChanges {
    return {
      ...{ reached: this.#reached, met: this.#met, handedOn: this.#handedOn, bases: this.#bases },
      ...{ cursors: [...this.#cursors.values()], followed: this.#followed, role: this.#role },
    };
  }
}
