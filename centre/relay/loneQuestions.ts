import type { Logger } from 'pino';
import { BECAME_OF_MAX } from '../../contract/sync.ts';
import type { CentreStore } from '../store/types.ts';
import { type UpstreamApi, UpstreamError } from './upstream.ts';

/** Whose machine is gone for good stays lone for ever: it is asked about in no hurry. */
const EVERY_MS = 30_000;

export interface LoneQuestionsOptions {
  store: Pick<CentreStore, 'loneRows' | 'dropLone'>;
  api: Pick<UpstreamApi, 'becameOf'>;
  /** Of these rows, by their places in the log, the centre has said that it refused them. */
  onRefused: (logPositions: readonly number[]) => Promise<void>;
  monotonic: () => number;
  logger: Logger;
}

/**
 * Asks what became of rows that are here alone. One that its machine sent again and the centre refused comes by no scope: its
 * machine has been told, and people decide about it there.
 */
export class LoneQuestions {
  readonly #options: LoneQuestionsOptions;
  #askedAt = Number.NEGATIVE_INFINITY;
  #after = 0;

  constructor(options: LoneQuestionsOptions) {
    this.#options = options;
  }

  /** Some of them, in turn. @throws LineError, UpstreamError */
  async ask(): Promise<void> {
    const { store, api, onRefused, monotonic, logger } = this.#options;
    if (monotonic() - this.#askedAt < EVERY_MS) return;
    const rows = store.loneRows(this.#after, BECAME_OF_MAX);
    this.#after = rows.length === BECAME_OF_MAX ? (rows.at(-1)?.logPosition ?? 0) : 0;
    if (rows.length === 0) return;
    this.#askedAt = monotonic();
    const asked = rows.map(({ opId, device, bodyHash }) => ({ op_id: opId, device, body_hash: bodyHash }));
    const results = await api.becameOf(asked).catch((error: unknown) => {
      // A centre of an older program does not know the question.
      if (error instanceof UpstreamError && error.status === 404) return [];
      throw error;
    });
    const refused = rows.filter((_, index) => results[index]?.outcome === 'rejected');
    const positions = refused.map(({ logPosition }) => logPosition);
    if (positions.length > 0) await onRefused(positions);
    store.dropLone(positions);
    for (const { device, epoch, seq, kind } of refused) logger.warn({ device, epoch, seq, kind }, 'row-lone-refused');
  }
}
