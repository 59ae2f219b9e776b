import type { Logger } from 'pino';
import { emptyScopeDigest } from '../../domain/ledger/scopeDigest.ts';
import { LineError } from '../../link/line.ts';
import { SnapshotReader } from '../../link/snapshot.ts';
import { sha256Hex } from '../digest.ts';
import type { Published } from '../ingest.ts';
import type { CentreStore } from '../store/types.ts';
import { type Behind, type MirrorPage, NOTHING_BEHIND, nextPage, takeMirrored } from './mirror.ts';
import { type UpstreamApi, UpstreamError } from './upstream.ts';

const PAGE = 500;
/** A scope that differs again and again is read anew so often, and then as it comes: somebody has to look. */
const MAX_REREADS = 2;

type Row = MirrorPage['rows'][number];

export interface ScopeMirrorOptions {
  store: CentreStore;
  api: Pick<UpstreamApi, 'pull' | 'snapshot'>;
  now: () => number;
  publish: (scopes: readonly Published[]) => void;
  /** Ops of these devices took effect. */
  onSettled: (devices: readonly string[]) => void;
  /** Ops of the centre's scopes are here. */
  onMirrored: () => void;
  /** Between two pages. */
  forward: () => Promise<void>;
  logger: Logger;
}

/** Reads the centre's scopes into the hub, to their heads; and finds when what was read is not what the centre has. */
export class ScopeMirror {
  readonly #options: ScopeMirrorOptions;
  readonly #snapshots = new Map<string, SnapshotReader<Row>>();
  readonly #rereads = new Map<string, number>();
  /** The centre compares digests. */
  compares = false;

  constructor(options: ScopeMirrorOptions) {
    this.#options = options;
  }

  /** @throws LineError, UpstreamError, MirrorError, SnapshotError */
  async mirror(scope: string, hall: string): Promise<void> {
    const { store, api, forward } = this.#options;
    // Who reads from the beginning finds things as others have left them: nothing follows from what is long over.
    let behind: Behind | null = store.cursorOf(scope) === 0 ? null : NOTHING_BEHIND;
    for (;;) {
      const after = store.cursorOf(scope);
      const digest =
        this.compares && (this.#rereads.get(scope) ?? 0) <= MAX_REREADS ? store.digestOf(scope) : undefined;
      const answer = await api.pull(scope, after, PAGE, digest).catch((error: unknown) => this.#answerTo(error));
      if (answer === 'snapshot-needed') {
        await this.#takeSnapshot(scope, hall);
        continue;
      }
      if (answer === 'scope-differs' || answer.head < after) {
        this.#readAnew(scope);
        behind = null;
        continue;
      }
      if (answer.rows.length === 0) return this.#noteRead(scope);
      const page = nextPage(store, answer);
      behind = await this.#take(page, hall, behind);
      if (page.isLast) return this.#noteRead(scope);
      // A long catch-up must not keep what the hall does meanwhile from the centre.
      await forward();
    }
  }

  #answerTo(error: unknown): 'snapshot-needed' | 'scope-differs' {
    if (error instanceof UpstreamError && (error.code === 'snapshot-needed' || error.code === 'scope-differs'))
      return error.code;
    throw error;
  }

  #readAnew(scope: string): void {
    const { store, logger } = this.#options;
    const rereads = (this.#rereads.get(scope) ?? 0) + 1;
    this.#rereads.set(scope, rereads);
    logger.error({ scope, after: store.cursorOf(scope), rereads }, 'the centre has other rows: the scope is read anew');
    // What was read stays: rows that are known are passed over, and none is taken out.
    store.readAnew(scope);
  }

  /** Also of a reading that an earlier run began. */
  #noteRead(scope: string): void {
    const { store, logger } = this.#options;
    for (const row of store.endReading(scope)) logger.error(row, 'row-lone');
  }

  async #takeSnapshot(scope: string, hall: string): Promise<void> {
    const { store, api, logger } = this.#options;
    store.noteSnapshot(scope);
    const reader = this.#snapshots.get(scope) ?? new SnapshotReader<Row>(emptyScopeDigest(scope, sha256Hex));
    this.#snapshots.set(scope, reader);
    try {
      const cursor = await reader.read({
        ask: (after, known) => api.snapshot(scope, after, PAGE, known),
        take: async (rows) =>
          void (await this.#take({ scope, rows: [...rows], cursor: null, isLast: false }, hall, null)),
        sha256Hex,
      });
      await this.#take({ scope, rows: [], cursor, isLast: true }, hall, null);
      this.#snapshots.delete(scope);
      logger.info({ scope, head: cursor.pos }, 'snapshot taken');
    } catch (error) {
      // Whatever is wrong with the answers so far is wrong for good; a broken line is not.
      if (!(error instanceof LineError)) this.#snapshots.delete(scope);
      throw error;
    }
  }

  async #take(page: MirrorPage, hall: string, before: Behind | null): Promise<Behind | null> {
    const { store, now, publish, onSettled, onMirrored, logger } = this.#options;
    const { published, settled, forked, behind } = await takeMirrored(store, hall, page, now(), before);
    if (forked > 0) logger.error({ scope: page.scope, forked }, 'the centre has other ops under numbers known here');
    publish(published);
    onSettled(settled);
    onMirrored();
    return behind;
  }
}
