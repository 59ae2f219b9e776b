import { YichuangError } from '../../contract/errors.ts';
import type { Store } from '../../db/store.ts';
import { findPrintProblem } from '../../domain/printJob/findPrintProblem.ts';
import { asksForLook } from '../../domain/printJob/moves.ts';
import type { PreparedPrint, PrintJobRecord } from '../../domain/printJob/types.ts';

export interface JournalOptions {
  store: Pick<Store, 'prints' | 'cases' | 'db'>;
  /**
   * Resolves when the last byte was handed over.
   * @throws YichuangError `certificate-not-started` when no byte can have left; anything else means that some may have
   */
  send(job: string, bytes: Uint8Array): Promise<void>;
  /** Jobs of these cases changed, durably. */
  changed(streams: string[]): void;
}

/** Moves that the machine makes by itself bear nobody's number. */
const MACHINE = 'system';

/**
 * The journal of this machine's certificate printer: every step is durable before the act it stands for, and nothing is
 * ever sent again by itself (devices.md §6.6).
 */
export class PrintJournal {
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** At start, before anything else: what was on its way when the program ended is known to nobody. */
  recover(): void {
    const open = this.#own();
    for (const { id, state } of open) {
      if (state === 'SENDING' || state === 'SENT') this.#move(id, 'print.unknown', MACHINE, { why: 'restart' });
    }
    this.follow([...open, ...this.#options.store.prints.ownConfirmed()].map(({ caseId }) => `case:${caseId}`));
  }

  /** The devices process died: what it was given last may have died with it. A job in SENDING hears of it by itself. */
  loseSight(): void {
    for (const { id, state, caseId } of this.#own()) {
      if (state !== 'SENT') continue;
      this.#move(id, 'print.unknown', MACHINE, { why: 'devices-restarting' });
      this.#options.changed([`case:${caseId}`]);
    }
  }

  /**
   * PREPARED, then SENDING, each durable; then the bytes, then SENT.
   * @returns the job as SENT
   * @throws YichuangError `blank-used`, `print-open`, `printer-printing` before anything is written;
   * `certificate-not-started` (the job is PREPARED again), or what interrupted it (UNKNOWN)
   */
  async print(id: string, prepared: PreparedPrint, bytes: Uint8Array, actor: string): Promise<PrintJobRecord> {
    this.#expectFree(id, prepared);
    const streams = [`case:${prepared.caseId}`];
    this.#move(id, 'print.prepared', actor, prepared);
    this.#move(id, 'print.sending', actor, {});
    this.#options.changed(streams);
    try {
      await this.#options.send(id, bytes);
    } catch (error) {
      this.#noteFailure(id, error);
      this.#options.changed(streams);
      throw error;
    }
    const sent = this.#move(id, 'print.sent', MACHINE, {});
    this.#options.changed(streams);
    return sent;
  }

  /** Somebody looked at the paper and read this serial off it. */
  confirm({ id, caseId }: PrintJobRecord, serial: string, actor: string): PrintJobRecord {
    const confirmed = this.#move(id, 'print.confirmed', actor, { serial });
    this.#options.changed([`case:${caseId}`]);
    return confirmed;
  }

  drop({ id, caseId }: PrintJobRecord, actor: string): PrintJobRecord {
    const dropped = this.#move(id, 'print.dropped', actor, {});
    this.#options.changed([`case:${caseId}`]);
    return dropped;
  }

  /**
   * A case has spoiled the sheet of a job (T30, T32), wherever that was done: the job says so too, and the number is free.
   * @returns whether anything was written
   */
  follow(streams: readonly string[]): boolean {
    const { prints, cases } = this.#options.store;
    let isChanged = false;
    for (const stream of new Set(streams)) {
      if (!stream.startsWith('case:')) continue;
      const jobs = prints.ofCase(stream.slice('case:'.length)).filter((job) => prints.isOwn(job));
      if (jobs.length === 0) continue;
      const spoiled = (cases.find(stream.slice('case:'.length))?.record.certificates ?? []).flatMap(
        (each) => each.spoiled,
      );
      for (const { id, blank, state } of jobs) {
        const how = spoiled.find((each) => each.blank === blank);
        if (!how || !(asksForLook(state) || state === 'PREPARED' || state === 'CONFIRMED')) continue;
        const { by, reason, note, witness } = how;
        this.#move(id, 'print.spoiled', by, { reason, note, witness });
        isChanged = true;
      }
    }
    return isChanged;
  }

  #own(): PrintJobRecord[] {
    const { prints } = this.#options.store;
    return prints.open().filter((job) => prints.isOwn(job));
  }

  #expectFree(id: string, { blank, certificate }: PreparedPrint): void {
    const { prints } = this.#options.store;
    if (this.#own().some(({ state }) => state === 'SENDING')) throw new YichuangError('printer-printing');
    const fedFor = prints.fedFor(blank);
    if (fedFor !== null && fedFor !== id) throw new YichuangError('blank-used');
    const problem = findPrintProblem(prints.against(blank, certificate), { blank, certificate, job: id });
    if (problem !== null) throw new YichuangError(problem);
  }

  #noteFailure(id: string, error: unknown): void {
    // The program is ending: the next start finds SENDING and says UNKNOWN.
    if (!this.#options.store.db.open) return;
    const code = error instanceof YichuangError ? error.code : 'internal';
    if (code === 'certificate-not-started') this.#move(id, 'print.held', MACHINE, { why: code });
    else this.#move(id, 'print.unknown', MACHINE, { why: code });
  }

  readonly #move: Store['prints']['move'] = (id, kind, actor, body) =>
    this.#options.store.prints.move(id, kind, actor, body);
}
