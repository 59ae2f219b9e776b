import type { Catalogue } from '../../domain/catalogue/types.ts';
import { isHallStream } from '../../domain/hall/reduceHall.ts';
import { caseOf, streamOf } from '../../domain/ledger/op.ts';
import { CATALOG_SCOPE, isForEveryHall } from '../../domain/ledger/published.ts';
import type {
  Author,
  ChainHead,
  Decision,
  HeldEntity,
  Judgement,
  KnownLedger,
  NewOp,
  ParkedOp,
} from '../store/types.ts';
import { BlankBook } from './blankBook.ts';
import { HallBook } from './hallBook.ts';
import type { JudgedOp } from './judge.ts';

/**
 * The ledger as it will be once the group is committed: what is stored, and over it what this group has decided so far.
 * Nothing is written before all is decided, so an op that is refused has no trace to undo.
 */
export class WorkingLedger implements KnownLedger {
  readonly #known: KnownLedger;
  readonly #newOps: NewOp[] = [];
  readonly #settled: Decision['settled'] = [];
  readonly #opsBySeq = new Map<string, Judgement & { hash: string }>();
  readonly #opIds = new Set<string>();
  readonly #heads = new Map<string, { device: string; epoch: number; head: ChainHead }>();
  readonly #entities = new Map<string, HeldEntity>();
  readonly #parked = new Map<string, boolean>();
  readonly #caseNumbers = new Map<string, string>();
  readonly #sequences = new Map<string, number>();
  readonly #scopes = new Map<string, { scope: string; hall: string; head: number }>();

  readonly blanks: BlankBook;
  readonly hall: HallBook;

  constructor(known: KnownLedger) {
    this.#known = known;
    this.hall = new HallBook(known.hall);
    this.blanks = new BlankBook(known.blanks, (stream) => this.findEntity(stream));
  }

  findHead(device: string, epoch: number): ChainHead | null {
    return this.#heads.get(chainKey(device, epoch))?.head ?? this.#known.findHead(device, epoch);
  }

  newestEpoch(device: string): number {
    const fresh = [...this.#heads.values()].filter((each) => each.device === device).map((each) => each.epoch);
    return Math.max(this.#known.newestEpoch(device), ...fresh);
  }

  findOp(device: string, epoch: number, seq: number): (Judgement & { hash: string }) | null {
    return this.#opsBySeq.get(opKey(device, epoch, seq)) ?? this.#known.findOp(device, epoch, seq);
  }

  hasOpId(opId: string): boolean {
    return this.#opIds.has(opId.toLowerCase()) || this.#known.hasOpId(opId);
  }

  findOpStream(opId: string): string | null {
    const fresh = this.#newOps.find(({ op }) => op.op_id.toLowerCase() === opId.toLowerCase());
    return fresh?.op.stream ?? this.#known.findOpStream(opId);
  }

  /** The ops this group has taken so far, with what became of each. */
  get newOps(): readonly NewOp[] {
    return this.#newOps;
  }

  findEntity(stream: string): HeldEntity | null {
    return this.#entities.get(stream) ?? this.#known.findEntity(stream);
  }

  isParked(stream: string): boolean {
    return this.#parked.get(stream) ?? this.#known.isParked(stream);
  }

  findCaseByNumber(number: string): string | null {
    return this.#caseNumbers.get(number) ?? this.#known.findCaseByNumber(number);
  }

  findStaffByNumber(hall: string, number: string): string | null {
    return this.#known.findStaffByNumber(hall, number);
  }

  findPaymentsOfCase(caseId: string): string[] {
    const fresh = [...this.#entities].flatMap(([stream, { entity }]) =>
      entity.type === 'payment' && entity.record.caseId === caseId ? [stream] : [],
    );
    return [...new Set([...this.#known.findPaymentsOfCase(caseId), ...fresh])];
  }

  findLinkedCases(loanId: string): string[] {
    const fresh = [...this.#entities].flatMap(([stream, { entity }]) =>
      entity.type === 'case' && entity.record.acceptance.link?.caseId === loanId ? [stream] : [],
    );
    return [...new Set([...this.#known.findLinkedCases(loanId), ...fresh])];
  }

  findCatalogue(version: string): Catalogue | null {
    return this.#known.findCatalogue(version);
  }

  findPaymentByReceipt(hall: string, receipt: string): string | null {
    return this.#known.findPaymentByReceipt(hall, receipt);
  }

  scopeHead(scope: string): number {
    return this.#scopes.get(scope)?.head ?? this.#known.scopeHead(scope);
  }

  lastOf(series: string): number {
    return this.#sequences.get(series) ?? this.#known.lastOf(series);
  }

  /** The number given last in a series is this one. */
  setLast(series: string, last: number): void {
    this.#sequences.set(series, last);
  }

  /** Uses up the next number of a series. */
  nextOf(series: string): number {
    const next = this.lastOf(series) + 1;
    this.#sequences.set(series, next);
    return next;
  }

  /** Takes a verified op with its judgement: log, chain, projection and places in the scopes. */
  take(author: Author, op: NewOp['op'], judged: JudgedOp, receivedAt: number): void {
    const { outcome, code } = judged;
    this.#opsBySeq.set(opKey(author.device, op.epoch, op.seq), { outcome, code, hash: op.hash });
    this.#opIds.add(op.op_id.toLowerCase());
    const head = { seq: op.seq, hash: op.hash };
    this.#heads.set(chainKey(author.device, op.epoch), { device: author.device, epoch: op.epoch, head });
    if (outcome === 'parked') this.#parked.set(op.stream, true);
    this.#hold(op.stream, judged.held);
    // Rejected ops never took effect: nobody else is to replay them.
    const places = outcome === 'rejected' ? [] : this.#publish(author.hall, op, judged.held);
    this.#newOps.push({ op, hall: author.hall, outcome, code, receivedAt, places });
  }

  /** A parked op has been understood, or has turned out to contradict; it keeps its place in log and scopes. */
  settle(parked: ParkedOp, judged: JudgedOp): void {
    const { outcome, code } = judged;
    this.#settled.push({ logPosition: parked.logPosition, op: parked.op, outcome, code });
    this.#hold(parked.op.stream, judged.held);
  }

  /** From here on, the stream counts as having no parked op (or one). */
  markParked(stream: string, isParked: boolean): void {
    this.#parked.set(stream, isParked);
  }

  /** Streams whose projection this group has changed so far. */
  changedStreams(): string[] {
    return [...this.#entities.keys()];
  }

  decision(): Decision {
    return {
      newOps: this.#newOps,
      settled: this.#settled,
      heads: [...this.#heads.values()],
      entities: [...this.#entities].map(([stream, held]) => ({ stream, held })),
      scopes: [...this.#scopes.values()],
      sequences: [...this.#sequences].map(([series, last]) => ({ series, last })),
      blanks: this.blanks.changes(),
    };
  }

  #hold(stream: string, held: HeldEntity | null): void {
    if (!held) return;
    this.hall.note(held);
    this.blanks.note(stream, () => this.findEntity(stream)?.entity ?? null, held);
    this.#entities.set(stream, held);
    if (held.entity.type === 'case') this.#caseNumbers.set(held.entity.record.acceptance.number, stream);
  }

  #publish(hall: string, op: NewOp['op'], held: HeldEntity | null): NewOp['places'] {
    const scopes = [isForEveryHall(op.stream) ? CATALOG_SCOPE : `hall:${hall}`];
    const { kind } = streamOf(op);
    // A case pulled by itself must not bring a step of a ticket ahead of those before it.
    if (isHallStream(kind)) return this.#place(hall, scopes);
    const about = kind === 'case' ? op.stream : (caseOf(op) ?? caseOfFact(held));
    if (about !== null) scopes.push(about);
    return this.#place(hall, scopes);
  }

  #place(hall: string, scopes: readonly string[]): NewOp['places'] {
    return scopes.map((scope) => {
      const pos = this.scopeHead(scope) + 1;
      this.#scopes.set(scope, { scope, hall, head: pos });
      return { scope, pos };
    });
  }
}

/** A page that is moved or removed, and a sheet on its way, no longer say whose they are. */
function caseOfFact(held: HeldEntity | null): string | null {
  const entity = held?.entity;
  return entity?.type === 'scan' || entity?.type === 'print' ? `case:${entity.record.caseId}` : null;
}

function chainKey(device: string, epoch: number): string {
  return `${device}/${epoch}`;
}

function opKey(device: string, epoch: number, seq: number): string {
  return `${device}/${epoch}/${seq}`;
}
