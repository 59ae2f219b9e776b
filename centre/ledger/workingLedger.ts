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
  Place,
} from '../store/types.ts';
import { BlankBook } from './blankBook.ts';
import { HallBook } from './hallBook.ts';
import { HubBook } from './hubBook.ts';
import type { JudgedOp } from './judge.ts';
import { OVERTAKEN } from './overtaken.ts';
import { type ID_REUSED, REPEATED } from './repeats.ts';
import { scopesOf } from './scopesOf.ts';

/**
 * The ledger as it will be once the group is committed: what is stored, and over it what this group has decided so far.
 * Nothing is written before all is decided, so an op that is refused has no trace to undo.
 */
export class WorkingLedger implements KnownLedger {
  readonly #known: KnownLedger;
  readonly #newOps: NewOp[] = [];
  readonly #settled: Decision['settled'] = [];
  readonly #opsBySeq = new Map<string, KnownOp>();
  readonly #opIds = new Set<string>();
  readonly #heads = new Map<string, { device: string; epoch: number; head: ChainHead }>();
  readonly #entities = new Map<string, HeldEntity>();
  /** What the store has said, `null` included: under the write lock it says the same again. */
  readonly #stored = new Map<string, HeldEntity | null>();
  readonly #parked = new Map<string, boolean>();
  readonly #beforeParked = new Set<string>();
  #publishedParked: ReadonlySet<number> | null = null;
  readonly #caseNumbers = new Map<string, string>();
  readonly #sequences = new Map<string, number>();
  readonly #scopes = new Map<string, { scope: string; hall: string; head: number }>();
  readonly #signedHeads: KnownSignedHead[] = [];

  readonly blanks: BlankBook;
  readonly hall: HallBook;
  readonly hub = new HubBook();

  constructor(known: KnownLedger) {
    this.#known = known;
    this.hall = new HallBook(known.hall);
    this.blanks = new BlankBook(known.blanks, (stream) => this.findEntity(stream));
  }

  findHead(device: string, epoch: number): ChainHead | null {
    return this.#heads.get(chainKey(device, epoch))?.head ?? this.#known.findHead(device, epoch);
  }

  newestEpoch(device: string): number {
    let newest = this.#known.newestEpoch(device);
    for (const head of this.#heads.values()) if (head.device === device && head.epoch > newest) newest = head.epoch;
    return newest;
  }

  findOp(device: string, epoch: number, seq: number): KnownOp | null {
    return this.#opsBySeq.get(opKey(device, epoch, seq)) ?? this.#known.findOp(device, epoch, seq);
  }

  baseOf(device: string, epoch: number): number {
    return this.#known.baseOf(device, epoch);
  }

  hasOpId(opId: string): boolean {
    return this.#opIds.has(opId.toLowerCase()) || this.#known.hasOpId(opId);
  }

  findFirst(opId: string): FirstOp | null {
    const fresh = this.#findFresh(opId);
    if (!fresh) return this.#known.findFirst(opId);
    return { envelope: fresh.op, outcome: fresh.outcome, code: fresh.code, logPosition: null };
  }

  findOpStream(opId: string): string | null {
    return this.#findFresh(opId)?.op.stream ?? this.#known.findOpStream(opId);
  }

  #findFresh(opId: string): NewOp | undefined {
    return this.#newOps.find(({ op, isRepeat }) => !isRepeat && op.op_id.toLowerCase() === opId.toLowerCase());
  }

  /** The ops this group has taken so far, with what became of each. */
  get newOps(): readonly NewOp[] {
    return this.#newOps;
  }

  findEntity(stream: string): HeldEntity | null {
    const fresh = this.#entities.get(stream);
    if (fresh) return fresh;
    let stored = this.#stored.get(stream);
    if (stored === undefined) {
      stored = this.#known.findEntity(stream);
      this.#stored.set(stream, stored);
    }
    return stored;
  }

  hallOf(stream: string): string | null {
    const held = this.#entities.get(stream) ?? this.#stored.get(stream);
    return held === undefined ? this.#known.hallOf(stream) : (held?.hall ?? null);
  }

  isParked(stream: string): boolean {
    let isParked = this.#parked.get(stream);
    if (isParked === undefined) {
      isParked = this.#known.isParked(stream);
      this.#parked.set(stream, isParked);
    }
    return isParked;
  }

  publishedParked(): ReadonlySet<number> {
    this.#publishedParked ??= this.#known.publishedParked();
    return this.#publishedParked;
  }

  /** Without those that this group has taken itself: they have no log position yet. */
  parkedIn(stream: string): readonly ParkedOp[] {
    const settled = new Map(this.#settled.map((each) => [each.logPosition, each]));
    return this.#known.parkedIn(stream).flatMap((parked): ParkedOp[] => {
      const here = settled.get(parked.logPosition);
      if (here && here.outcome !== 'parked') return [];
      return [here ? { ...parked, isPublished: parked.isPublished || here.places.length > 0 } : parked];
    });
  }

  /**
   * Whether an op waits behind those of its stream that nobody understands here. What is the next step here, and was made on
   * an earlier version than all of them, comes before them, whenever it arrives: often they wait for nothing else.
   */
  isBehindParked({ stream, base_ver }: Pick<NewOp['op'], 'stream' | 'base_ver'>): boolean {
    if (!this.isParked(stream)) return false;
    if (base_ver !== (this.findEntity(stream)?.entity.record.version ?? 0)) return true;
    const isFresh = this.#newOps.some(({ op, outcome }) => outcome === 'parked' && op.stream === stream);
    return isFresh || this.parkedIn(stream).some(({ op }) => op.base_ver <= base_ver);
  }

  /** Streams in which an op took effect that those which are parked there had been waiting for. */
  arrivedBeforeParked(): string[] {
    return [...this.#beforeParked];
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
    this.#heads.set(chainKey(device, epoch), { device, epoch, head });
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
    const head = { seq: op.seq, hash: op.hash };
    this.#heads.set(chainKey(device, op.epoch), { device, epoch: op.epoch, head });
  }

  #add(
    author: Author,
    op: NewOp['op'],
    judged: JudgedOp,
    receivedAt: number,
    way: Pick<NewOp, 'mirrored' | 'forward' | 'bodyText' | 'isRepeat'>,
  ): void {
    const { outcome, code } = judged;
    this.#opsBySeq.set(opKey(author.device, op.epoch, op.seq), { outcome, code, hash: op.hash, logPosition: null });
    if (!way.isRepeat) this.#opIds.add(op.op_id.toLowerCase());
    this.#noteOrder(op.stream, outcome);
    this.#hold(op.stream, judged.held);
    // Rejected ops never took effect: nobody else is to replay them. Held ones come back by the centre's scopes, and of a
    // parked one nobody knows yet; but what came by those scopes has taken effect there, whoever understands it, and so has
    // with another hub what was overtaken here.
    const isSettled = outcome === 'applied' || (outcome === 'parked' && way.mirrored) || code === OVERTAKEN;
    const places = isSettled ? this.#publish(author.hall, op, judged.held) : [];
    this.#newOps.push({ op, hall: author.hall, outcome, code, receivedAt, places, ...way });
  }

  /** A parked op has been understood, and gets its places now if it has none; or it has turned out to contradict. */
  settle({ logPosition, op, author, isPublished }: ParkedOp, judged: JudgedOp): void {
    const { outcome, code, held } = judged;
    this.#hold(op.stream, held);
    const isSettled = outcome === 'applied' || code === OVERTAKEN;
    const places = isSettled && !isPublished ? this.#publish(author.hall, op, held) : [];
    this.#settled.push({ logPosition, op, outcome, code, places });
  }

  /** A held op has come back by a scope of the centre: it takes effect now, and gets its places. */
  release({ logPosition, op, author }: LoggedOp, judged: JudgedOp): void {
    const { outcome, code, held } = judged;
    this.#noteOrder(op.stream, outcome);
    this.#hold(op.stream, held);
    const places = this.#publish(author.hall, op, held);
    this.#settled.push({ logPosition, op, outcome, code, places });
  }

  /**
   * A parked op has come back by a scope of the centre, where it took effect: it gets its places now, though nobody here
   * understands it. What follows in its stream comes after it, and must not be read here before it.
   */
  publishParked({ logPosition, op, author }: LoggedOp, code: string | null): void {
    if (this.publishedParked().has(logPosition)) return;
    const places = this.#publish(author.hall, op, null);
    this.#settled.push({ logPosition, op, outcome: 'parked', code, places });
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
      signedHeads: this.#signedHeads,
      ...this.hub.changes(),
    };
  }

  #noteOrder(stream: string, outcome: NewOp['outcome']): void {
    if (outcome === 'parked') this.#parked.set(stream, true);
    else if (outcome === 'applied' && this.isParked(stream)) this.#beforeParked.add(stream);
  }

  #hold(stream: string, held: HeldEntity | null): void {
    if (!held) return;
    this.hall.note(held);
    this.blanks.note(stream, () => this.findEntity(stream)?.entity ?? null, held);
    this.#entities.set(stream, held);
    if (held.entity.type === 'case') this.#caseNumbers.set(held.entity.record.acceptance.number, stream);
  }

  #publish(hall: string, op: NewOp['op'], held: HeldEntity | null): Place[] {
    return scopesOf(hall, op, held).map((scope) => {
      const pos = this.scopeHead(scope) + 1;
      this.#scopes.set(scope, { scope, hall, head: pos });
      return { scope, pos };
    });
  }
}

function chainKey(device: string, epoch: number): string {
  return `${device}/${epoch}`;
}

function opKey(device: string, epoch: number, seq: number): string {
  return `${device}/${epoch}/${seq}`;
}
