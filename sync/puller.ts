import { parseOp, type UnreadOp } from '../contract/ops.ts';
import type { MinimalPullAnswer, PullAnswer } from '../contract/sync.ts';
import { OvertakenError, type PulledOp, type PulledRow } from '../db/delivery.ts';
import { sha256Hex } from '../db/digest.ts';
import type { LoneOp } from '../db/reread.ts';
import type { Store } from '../db/store.ts';
import { findOpDefect, type Op } from '../domain/ledger/op.ts';
import { emptyScopeDigest } from '../domain/ledger/scopeDigest.ts';
import { Pace } from '../link/pace.ts';
import { SnapshotError, SnapshotReader } from '../link/snapshot.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError, ScopeRefusedError } from './centreError.ts';

/** Rows of one answer: on a slow line few, or whoever waits for another answer waits for all of them. */
const PACE = { first: 200, min: 20, max: 500, targetMs: 400 };
/** A scope that differs again and again is read anew so often, and then as it comes: somebody has to look. */
const MAX_REREADS = 2;

type Row = PullAnswer['rows'][number];
type OwnRow = Exclude<MinimalPullAnswer['rows'][number], Row>;
type Page = Omit<MinimalPullAnswer, 'rows'> & { rows: PulledRow[] };

export interface PullerOptions {
  store: Store;
  /** What was taken of a scope is not what the centre has; it is read anew. */
  onDiffers?: ((scope: string, pos: number) => void) | undefined;
  /** Another machine's op is here, and the centre does not have it. */
  onLone?: ((row: LoneOp) => void) | undefined;
  /** Somebody else writes as this machine, under its present epoch. */
  onOvertaken?: (() => void) | undefined;
  /** What was read anew is the same as the centre's, in every scope. */
  onAgrees?: (() => void) | undefined;
}

/** Takes what the centre has in a scope after our cursor, page by page; and finds when what was taken is not what it has. */
/** What of hub or centre a pull needs. */
export type PullApi = Pick<CentreApi, 'version' | 'pull' | 'snapshot'>;

export class Puller {
  readonly #options: PullerOptions;
  readonly #snapshots = new Map<string, SnapshotReader<Row>>();
  readonly #rereads = new Map<string, number>();
  readonly #differing = new Set<string>();
  readonly #pace = new Pace(PACE);

  constructor(options: PullerOptions) {
    this.#options = options;
  }

  /**
   * @returns changed streams and the centre's clock
   * @throws CentreError `protocol` when a row was damaged on the way, `forked` when somebody else writes as this machine:
   * nothing of that page is taken
   */
  async pull(api: PullApi, scope: string): Promise<{ changed: string[]; centreTime: string }> {
    const { delivery } = this.#options.store;
    const changed = new Set<string>();
    for (;;) {
      const { pos: after, digest } = delivery.position(scope);
      const compared = api.version >= 3 && (this.#rereads.get(scope) ?? 0) <= MAX_REREADS ? digest : undefined;
      const startedAt = performance.now();
      const answer = await this.#ask(api, scope, after, compared).catch(answerTo);
      if (answer === 'snapshot-needed') {
        for (const stream of await this.#takeSnapshot(api, scope)) changed.add(stream);
        continue;
      }
      // A centre that was put back to an older copy has fewer; with others in their places the digest shows it.
      if (answer === 'scope-differs' || answer.head < after) {
        this.#readAnew(scope, after);
        continue;
      }
      if (answer.rows.length > 0) this.#pace.note(answer.rows.length, performance.now() - startedAt);
      const { rows } = answer;
      rows.forEach(({ pos }, index) => {
        if (pos !== after + index + 1) throw new CentreError('protocol', `${scope}: position ${pos} out of order`);
      });
      for (const stream of this.#take(() => delivery.takePage(scope, rows))) changed.add(stream);
      // The centre may end a page early to keep it small, so the head decides and not the length of the page.
      const last = rows.at(-1)?.pos ?? after;
      if (rows.length > 0 && (last < answer.head || delivery.reread.isUnderWay())) continue;
      if (compared !== undefined && rows.length === 0)
        for (const stream of this.#noteAgreement(scope)) changed.add(stream);
      return { changed: [...changed], centreTime: answer.centreTime };
    }
  }

  /** Own rows need no op, unless this machine has lost them: then the page is asked for once more, in full. */
  async #ask(api: PullApi, scope: string, after: number, digest: string | undefined): Promise<Page> {
    const { delivery } = this.#options.store;
    const limit = this.#pace.size;
    let answer = await api.pull(scope, after, limit, { digest, isMinimal: true });
    if (answer.rows.some((row) => 'own' in row && !delivery.isHere(row.own)))
      answer = await api.pull(scope, after, limit, { digest, isMinimal: false });
    return { ...answer, rows: readRows(scope, answer.rows) };
  }

  /** @throws CentreError `forked`: this machine has to go on under a new epoch first, and asks again then */
  #take(take: () => string[]): string[] {
    try {
      return take();
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
      this.#options.onOvertaken?.();
      throw new CentreError('forked', 'somebody else writes as this machine');
    }
  }

  /** @returns streams that stand otherwise now, without what is here alone */
  #noteAgreement(scope: string): string[] {
    // Also of a re-reading that an earlier run began.
    const lone = this.#options.store.delivery.endReread(scope);
    for (const { stream: _stream, ...row } of lone) this.#options.onLone?.(row);
    if (this.#differing.delete(scope) && this.#differing.size === 0) this.#options.onAgrees?.();
    return lone.map(({ stream }) => stream);
  }

  /** What was taken stays: known rows are passed over, and none is taken out. */
  #readAnew(scope: string, pos: number): void {
    const { store, onDiffers } = this.#options;
    this.#rereads.set(scope, (this.#rereads.get(scope) ?? 0) + 1);
    this.#differing.add(scope);
    onDiffers?.(scope, pos);
    store.delivery.readAnew(scope);
  }

  /** A scope without what is long over, beside what is here; own ops that wait are no part of it. */
  async #takeSnapshot(api: PullApi, scope: string): Promise<string[]> {
    const { delivery } = this.#options.store;
    delivery.reread.noteSnapshot(scope);
    const reader = this.#snapshots.get(scope) ?? new SnapshotReader<Row>(emptyScopeDigest(scope, sha256Hex));
    this.#snapshots.set(scope, reader);
    const changed: string[] = [];
    try {
      const position = await reader.read({
        ask: (after, known) => api.snapshot(scope, after, this.#pace.size, known),
        take: (rows) =>
          void changed.push(...this.#take(() => delivery.takeRows(rows.map((row) => readRow(scope, row))))),
        sha256Hex,
      });
      delivery.setPosition(scope, position);
      this.#snapshots.delete(scope);
      return changed;
    } catch (error) {
      // Whatever is wrong with the answers so far is wrong for good; a broken line is not.
      if (!(error instanceof CentreError && error.kind === 'offline')) this.#snapshots.delete(scope);
      throw error instanceof SnapshotError ? new CentreError('protocol', `${scope}: ${error.message}`) : error;
    }
  }
}

function answerTo(error: unknown): ScopeRefusedError['code'] {
  if (error instanceof ScopeRefusedError) return error.code;
  throw error;
}

/** @throws CentreError `protocol` */
function readRows(scope: string, rows: readonly (Row | OwnRow)[]): PulledRow[] {
  return rows.map((row) => ('own' in row ? { pos: row.pos, hash: row.own.hash } : readRow(scope, row)));
}

function asKept(op: UnreadOp): Op {
  return op as Op;
}

function readRow(scope: string, { pos, op: envelope }: Row): PulledOp {
  const { ok: understood } = parseOp(envelope);
  // Kept as it came, also where it is not.
  const op = asKept(envelope);
  if (findOpDefect(op, op.prev_hash, sha256Hex)) throw new CentreError('protocol', `${scope}: row ${pos} is damaged`);
  return { pos, op, understood };
}
