import type { Op } from '../../../domain/ledger/op.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import type { Journaled } from './stick.ts';

interface HeardReceipt {
  device: string;
  epoch: number;
  seq: number;
  hash: string;
  from: string;
  at: number;
  isWritten: boolean;
}

/**
 * What people were shown, and what machines were told: by it the end is judged. It lies outside every machine, so no fault
 * touches it.
 */
export class Promises {
  /** Every op that any code of any machine ever tried to write, by its id. */
  readonly attempted = new Set<string>();
  /** 已保存 was shown for these: op id to the machine that showed it. */
  readonly saved = new Map<string, string>();
  /** Numbers on paper: `day/number` to the ticket. */
  readonly tickets: { key: string; ticketId: string; by: string; id: string }[] = [];
  /** Calls that a window was told by whoever decides: the ticket, and the window's name. */
  readonly calls: { ticketId: string; terminal: string }[] = [];
  /** Tickets that both hubs called, each without having heard of the other, with the windows that did. */
  readonly calledAtBoth = new Map<string, readonly [before: string, after: string]>();
  /** What machines were told to be durable. `isWritten`: it was written down before the machine died. */
  readonly receipts: HeardReceipt[] = [];
  /** Of them what waits to be written down, by the name of the machine. */
  readonly #unwritten = new Map<string, HeardReceipt[]>();
  /** Pages that were scanned: what somebody tried to keep, and what was shown as kept, by the page's id. */
  readonly scans = {
    contents: [] as Buffer[],
    attempted: new Set<string>(),
    kept: new Map<string, { sha256: string; by: string }>(),
  };
  /** What the journal of a machine said to have, the last time it said so. */
  readonly journaled = new Map<string, Journaled>();
  /** Ops that nobody can demand any more, with the reason: an old copy was put in place of a disk. */
  readonly lost = new Map<string, string>();
  /** Streams of which the first op is among them. */
  readonly lostStreams = new Set<string>();
  /** Streams with any of them. */
  readonly shortenedStreams = new Set<string>();
  /** Machines whose disk was replaced by an old copy of it. */
  readonly putBack = new Set<string>();
  /** Their names in the hall: what went with the disk is missed by a machine's copy, too. */
  readonly oldDisks = new Set<string>();
  /** Names of terminals of which a second machine has the whole disk: neither can know before both have written. */
  readonly twins = new Set<string>();
  /** Devices with whose data a second machine has worked: of a copied folder, or a copied disk. */
  readonly copiedDevices = new Set<string>();
  /** The centre's own data were replaced by a copy of `keptAt`: what it told anybody after that does not count. */
  centrePutBack: { keptAt: number; at: number; kept: ReadonlySet<string>; isWholeDisk: boolean } | null = null;

  /** A hub, or the centre, has called somebody to this window; what a window decides alone is not its word. */
  noteCalled({ id: ticketId, calls }: TicketRecord, { id: terminal }: { id: string }): void {
    if (calls.at(-1)?.why.rule !== 'emergency') this.calls.push({ ticketId, terminal });
  }

  /** A machine was told so. */
  hear(receipt: Omit<HeardReceipt, 'isWritten'>): void {
    const heard = { ...receipt, isWritten: false };
    this.receipts.push(heard);
    this.#unwritten.set(heard.from, [...(this.#unwritten.get(heard.from) ?? []), heard]);
  }

  /** It has committed something. @param ackedOf how far it has written down the epoch to be acknowledged */
  noteWritten(machine: string, ackedOf: (epoch: number) => number): void {
    const waiting = this.#unwritten.get(machine);
    if (!waiting) return;
    for (const each of waiting) each.isWritten = ackedOf(each.epoch) >= each.seq;
    const left = waiting.filter(({ isWritten }) => !isWritten);
    if (left.length > 0) this.#unwritten.set(machine, left);
    else this.#unwritten.delete(machine);
  }

  /** From here on nobody can demand this op. */
  lose({ op_id, stream, base_ver }: Pick<Op, 'op_id' | 'stream' | 'base_ver'>, reason: string): void {
    this.lost.set(op_id, reason);
    this.shortenedStreams.add(stream);
    if (base_ver === 0) this.lostStreams.add(stream);
  }
}
