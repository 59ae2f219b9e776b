import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { KnownSignedHead } from '../store/identityTypes.ts';
import type {
  Author,
  ChainHead,
  Decision,
  FirstOp,
  HeldEntity,
  KnownLedger,
  KnownOp,
  LoggedOp,
  NewOp,
  ParkedOp,
} from '../store/types.ts';
import { BlankBook } from './blankBook.ts';
import { ChainBook } from './chainBook.ts';
import { EntityBook } from './entityBook.ts';
import { HallBook } from './hallBook.ts';
import { HubBook } from './hubBook.ts';
import type { JudgedOp } from './judge.ts';
import { OVERTAKEN } from './overtaken.ts';
import { ParkedBook } from './parkedBook.ts';
import { type ID_REUSED, REPEATED } from './repeats.ts';
import { ScopeBook } from './scopeBook.ts';

/**
 * The ledger as it will be once the group is committed: what is stored, and over it what this group has decided so far.
 * Nothing is written before all is decided, so an op that is refused has no trace to undo.
 */
export class WorkingLedger implements KnownLedger {
  readonly #known: KnownLedger;
  readonly #sequences = new Map<string, number>();
  readonly #signedHeads: KnownSignedHead[] = [];

  readonly #chains: ChainBook;
  readonly #entities: EntityBook;
  readonly #parked: ParkedBook;
  readonly #scopes: ScopeBook;
  readonly blanks: BlankBook;
  readonly hall: HallBook;
  readonly hub = new HubBook();

  constructor(known: KnownLedger) {
    this.#known = known;
    this.#chains = new ChainBook(known);
    this.#entities = new EntityBook(known);
    this.#scopes = new ScopeBook(known);
    this.#parked = new ParkedBook(known, {
      newOps: this.#chains.newOps,
      versionOf: (stream) => this.findEntity(stream)?.entity.record.version ?? 0,
    });
    this.hall = new HallBook(known.hall);
    this.blanks = new BlankBook(known.blanks, (stream) => this.findEntity(stream));
  }

  findHead(device: string, epoch: number): ChainHead | null {
    return this.#chains.findHead(device, epoch);
  }

  newestEpoch(device: string): number {
    return this.#chains.newestEpoch(device);
  }

  findOp(device: string, epoch: number, seq: number): KnownOp | null {
    return this.#chains.findOp(device, epoch, seq);
  }

  baseOf(device: string, epoch: number): number {
    return this.#known.baseOf(device, epoch);
  }

  hasOpId(opId: string): boolean {
    return this.#chains.hasOpId(opId);
  }

  findFirst(opId: string): FirstOp | null {
    return this.#chains.findFirst(opId);
  }

  findOpStream(opId: string): string | null {
    return this.#chains.findOpStream(opId);
  }

  /** The ops this group has taken so far, with what became of each. */
  get newOps(): readonly NewOp[] {
    return this.#chains.newOps;
  }

  findEntity(stream: string): HeldEntity | null {
    return this.#entities.findEntity(stream);
  }

  hallOf(stream: string): string | null {
    return this.#entities.hallOf(stream);
  }

  isParked(stream: string): boolean {
    return this.#parked.isParked(stream);
  }

  publishedParked(): ReadonlySet<number> {
    return this.#parked.publishedParked();
  }

  parkedIn(stream: string): readonly ParkedOp[] {
    return this.#parked.parkedIn(stream);
  }

  isBehindParked(op: Pick<NewOp['op'], 'stream' | 'base_ver'>): boolean {
    return this.#parked.isBehindParked(op);
  }

  /** Streams in which an op took effect that those which are parked there had been waiting for. */
  arrivedBeforeParked(): string[] {
    return this.#parked.arrivedBefore();
  }

  findCaseByNumber(number: string): string | null {
    return this.#entities.findCaseByNumber(number);
  }

  findStaffByNumber(hall: string, number: string): string | null {
    return this.#known.findStaffByNumber(hall, number);
  }

  findPaymentsOfCase(caseId: string): string[] {
    return this.#entities.findPaymentsOfCase(caseId);
  }

  findLinkedCases(loanId: string): string[] {
    return this.#entities.findLinkedCases(loanId);
  }

  findCatalogue(version: string): Catalogue | null {
    return this.#known.findCatalogue(version);
  }

  findPaymentByReceipt(hall: string, receipt: string): string | null {
    return this.#known.findPaymentByReceipt(hall, receipt);
  }

  scopeHead(scope: string): number {
    return this.#scopes.scopeHead(scope);
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
  take(
    author: Author,
    op: NewOp['op'],
    judged: JudgedOp,
    receivedAt: number,
    bodyText: NewOp['bodyText'] = null,
  ): void {
    this.#add(author, op, judged, receivedAt, { mirrored: false, forward: true, bodyText, isRepeat: false });
    this.advance(author.device, op);
  }

  /** Takes an op that came by a scope of the centre: its author's chain stands where it stood. */
  mirror(author: Author, op: NewOp['op'], judged: JudgedOp, receivedAt: number): void {
    this.#add(author, op, judged, receivedAt, { mirrored: true, forward: false, bodyText: null, isRepeat: false });
  }

  /** Takes an op from the log of the active hub, which hands it on to the centre itself. */
  follow(author: Author, op: NewOp['op'], judged: JudgedOp, receivedAt: number): void {
    this.#add(author, op, judged, receivedAt, { mirrored: false, forward: false, bodyText: null, isRepeat: false });
    this.advance(author.device, op);
  }

  /** Takes an op that is known under another number: it has its place in the chain, and in nothing else. */
  repeat(
    author: Author,
    op: NewOp['op'],
    receivedAt: number,
    { code = REPEATED, ...way }: Pick<NewOp, 'forward' | 'bodyText'> & { code?: typeof REPEATED | typeof ID_REUSED },
  ): void {
    const judged: JudgedOp = { outcome: 'rejected', code, held: null };
    this.#add(author, op, judged, receivedAt, { ...way, mirrored: false, isRepeat: true });
    this.advance(author.device, op);
  }

  /** A chain begins here after this op, which is vouched for by whoever sent what follows. */
  startChain(device: string, epoch: number, head: ChainHead): void {
    this.#chains.setHead(device, epoch, head);
    this.hub.startChain(device, epoch, head);
  }

  /** The author has signed its chain up to here. */
  noteSigned(head: KnownSignedHead): void {
    this.#signedHeads.push(head);
  }

  /**
   * The author sends an op that was mirrored here. It is handed on like any other: the centre may have lost it since, and
   * has it from nobody else then.
   */
  handOn({ logPosition }: Pick<KnownOp, 'logPosition'>, op: NewOp['op']): void {
    if (logPosition !== null) this.hub.handOn(logPosition);
    this.advance(op.device, op);
  }

  /** A chain goes on with an op that was mirrored here before it came by the log of the active hub. */
  advance(device: string, op: NewOp['op']): void {
    this.#chains.setHead(device, op.epoch, op);
  }

  #add(
    author: Author,
    op: NewOp['op'],
    judged: JudgedOp,
    receivedAt: number,
    way: Pick<NewOp, 'mirrored' | 'forward' | 'bodyText' | 'isRepeat'>,
  ): void {
    const { outcome, code } = judged;
    this.#parked.note(op.stream, outcome);
    this.#hold(op.stream, judged.held);
    // Rejected ops never took effect: nobody else is to replay them. Held ones come back by the centre's scopes, and of a
    // parked one nobody knows yet; but what came by those scopes has taken effect there, whoever understands it, and so has
    // with another hub what was overtaken here.
    const isSettled = outcome === 'applied' || (outcome === 'parked' && way.mirrored) || code === OVERTAKEN;
    const places = isSettled ? this.#scopes.publish(author.hall, op, judged.held) : [];
    this.#chains.note(author.device, { op, hall: author.hall, outcome, code, receivedAt, places, ...way });
  }

  /** A parked op has been understood, and gets its places now if it has none; or it has turned out to contradict. */
  settle({ logPosition, op, author, isPublished }: ParkedOp, judged: JudgedOp): void {
    const { outcome, code, held } = judged;
    this.#hold(op.stream, held);
    const isSettled = outcome === 'applied' || code === OVERTAKEN;
    const places = isSettled && !isPublished ? this.#scopes.publish(author.hall, op, held) : [];
    this.#parked.settle({ logPosition, op, outcome, code, places });
  }

  /** A held op has come back by a scope of the centre: it takes effect now, and gets its places. */
  release({ logPosition, op, author }: LoggedOp, judged: JudgedOp): void {
    const { outcome, code, held } = judged;
    this.#parked.note(op.stream, outcome);
    this.#hold(op.stream, held);
    const places = this.#scopes.publish(author.hall, op, held);
    this.#parked.settle({ logPosition, op, outcome, code, places });
  }

  /**
   * A parked op has come back by a scope of the centre, where it took effect: it gets its places now, though nobody here
   * understands it. What follows in its stream comes after it, and must not be read here before it.
   */
  publishParked({ logPosition, op, author }: LoggedOp, code: string | null): void {
    if (this.publishedParked().has(logPosition)) return;
    const places = this.#scopes.publish(author.hall, op, null);
    this.#parked.settle({ logPosition, op, outcome: 'parked', code, places });
  }

  /** From here on, the stream counts as having no parked op (or one). */
  markParked(stream: string, isParked: boolean): void {
    this.#parked.mark(stream, isParked);
  }

  /** Streams whose projection this group has changed so far. */
  changedStreams(): string[] {
    return this.#entities.streams();
  }

  decision(): Decision {
    return {
      ...this.#chains.changes(),
      settled: this.#parked.changes(),
      entities: this.#entities.changes(),
      scopes: this.#scopes.changes(),
      sequences: [...this.#sequences].map(([series, last]) => ({ series, last })),
      blanks: this.blanks.changes(),
      signedHeads: this.#signedHeads,
      ...this.hub.changes(),
    };
  }

  #hold(stream: string, held: HeldEntity | null): void {
    if (!held) return;
    this.hall.note(held);
    this.blanks.note(stream, () => this.findEntity(stream)?.entity ?? null, held);
    this.#entities.note(stream, held);
  }
}
