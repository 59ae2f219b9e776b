import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SealedLog } from '../../disk/sealedLog.ts';
import { syncFolder } from '../../disk/syncFolder.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { uuidToBlob } from '../ids.ts';
import type { Store } from '../store.ts';
import { JOURNAL_ENDING, journalFolder, readJournal } from './readJournal.ts';

/** Ops written in one go: as many as a rush brings within one fsync. */
const BATCH = 256;
/** What is committed within this is written together: one fsync for a rush, and none beside the save itself. */
const GATHER_MS = 250;
/** After a failure, such as a stick that was pulled out. */
const RETRY_MS = 10_000;

export interface JournalOptions {
  store: Store;
  /** On another disk than the data; must be there. */
  dir: string;
  keyHex: string;
  now: () => number;
  /** Tells random parts of file names. */
  newId: () => string;
  onState: (state: JournalState) => void;
}

export interface JournalState {
  /** Own ops that are committed and neither there nor at the centre. */
  behind: number;
  /** Code of the operating system; null: it works. */
  error: string | null;
  /** Places in files of before that could not be read; what is still needed of them was written anew. */
  damaged: number;
}

interface Extent {
  name: string;
  /** Last op of each epoch in it. */
  upTo: Map<number, number>;
}

/**
 * A second copy of every own op on another medium, as long as the centre has not acknowledged it (ADR 0041). Written behind
 * the saves: no clerk waits for it, and how far it is behind is known.
 */
export class OpJournal {
  readonly #options: JournalOptions;
  readonly #folder: string;
  /** Which ops of each epoch lie in the journal without a gap: those after `from`, up to `upTo`. */
  readonly #written = new Map<number, { from: number; upTo: number }>();
  #extents: Extent[] = [];
  #current: { log: SealedLog; day: string; extent: Extent } | null = null;
  #running: Promise<void> | null = null;
  #isAsked = false;
  #flushing = 0;
  /** Ends the gathering. */
  #hurry: (() => void) | null = null;
  #stopped = false;
  #isRead = false;
  #retryTimer: NodeJS.Timeout | null = null;
  #state: JournalState = { behind: 0, error: null, damaged: 0 };

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#folder = journalFolder(options.dir, options.store.ledger.device);
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Something was committed. Returns at once. */
  note(): void {
    this.#isAsked = true;
    if (this.#stopped || this.#retryTimer) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // Asked again after the last look.
      if (this.#isAsked) this.note();
    });
  }

  /** Everything committed before is written when this resolves, unless the medium fails. */
  async flush(): Promise<void> {
    this.#flushing += 1;
    this.#hurry?.();
    this.note();
    while (this.#running) await this.#running;
    this.#flushing -= 1;
  }

  /** Removes files of which the centre has every op. */
  async prune(): Promise<void> {
    for (const extent of this.#extents.filter((each) => each !== this.#current?.extent)) {
      if (![...extent.upTo].every(([epoch, seq]) => this.#isSettled(epoch, seq))) continue;
      await rm(path.join(this.#folder, extent.name), { force: true });
      this.#extents = this.#extents.filter((each) => each !== extent);
      for (const [epoch, seq] of extent.upTo) {
        const written = this.#written.get(epoch);
        if (written) written.from = Math.max(written.from, seq);
      }
    }
  }

  async stop(): Promise<void> {
    await this.flush();
    this.#stopped = true;
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    await this.#current?.log.close().catch(() => {});
    this.#current = null;
  }

  async #run(): Promise<void> {
    await this.#gather();
    try {
      if (!this.#isRead) await this.#readBefore();
      while (this.#isAsked && !this.#stopped) {
        this.#isAsked = false;
        await this.#writeMissing();
      }
      this.#say({ behind: 0, error: null });
    } catch (error) {
      this.#isAsked = false;
      await this.#fail(error);
    }
  }

  /** The save that asked returns meanwhile, and its page is told. */
  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#flushing > 0 ? 0 : GATHER_MS);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #readBefore(): Promise<void> {
    await this.#makeFolder();
    let damaged = 0;
    const present = new Map<number, Set<number>>();
    const { device } = this.#options.store.ledger;
    for (const file of await readJournal(this.#folder, this.#options.keyHex)) {
      damaged += file.damaged;
      const extent: Extent = { name: file.name, upTo: new Map() };
      for (const { epoch, seq, device: author } of file.ops) {
        if (author !== device) continue;
        extent.upTo.set(epoch, Math.max(extent.upTo.get(epoch) ?? 0, seq));
        const seqs = present.get(epoch) ?? new Set();
        present.set(epoch, seqs.add(seq));
      }
      this.#extents.push(extent);
    }
    // As far as it has them without a gap: what a crash or damage took of it is written again.
    for (const epoch of this.#epochs()) {
      const from = this.#options.store.delivery.atCentre(epoch);
      let upTo = from;
      while (present.get(epoch)?.has(upTo + 1)) upTo += 1;
      this.#written.set(epoch, { from, upTo });
    }
    this.#isRead = true;
    this.#say({ damaged });
  }

  async #writeMissing(): Promise<void> {
    const { store } = this.#options;
    for (const epoch of this.#epochs()) {
      for (;;) {
        const from = this.#from(epoch);
        const ops = store.ledger.readAfter(from, BATCH, epoch);
        const last = ops.at(-1);
        if (!last) break;
        this.#say({ behind: this.#countMissing() });
        const { log, extent } = await this.#open();
        await log.append(ops.map((op) => Buffer.from(JSON.stringify(op), 'utf8')));
        extent.upTo.set(epoch, last.seq);
        const before = this.#written.get(epoch);
        this.#written.set(epoch, { from: before?.upTo === from ? before.from : from, upTo: last.seq });
      }
    }
  }

  /** The folder it lies in must be there: without its medium it would be made on another disk. */
  async #makeFolder(): Promise<void> {
    await mkdir(this.#folder, { mode: 0o700 }).then(
      () => syncFolder(path.dirname(this.#folder)),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }

  async #open(): Promise<{ log: SealedLog; extent: Extent }> {
    const day = hallDay(this.#options.now());
    if (this.#current?.day === day) return this.#current;
    await this.#current?.log.close();
    this.#current = null;
    await this.#makeFolder();
    const name = `${day.replaceAll('-', '')}-${this.#options.newId()}${JOURNAL_ENDING}`;
    const log = await SealedLog.create(path.join(this.#folder, name), this.#options.keyHex);
    const extent: Extent = { name, upTo: new Map() };
    this.#extents.push(extent);
    this.#current = { log, day, extent };
    return this.#current;
  }

  async #fail(error: unknown): Promise<void> {
    await this.#current?.log.close().catch(() => {});
    this.#current = null;
    // What lies there now is read again: the medium may be another one.
    this.#isRead = false;
    this.#extents = [];
    this.#written.clear();
    const { code, name } = error as NodeJS.ErrnoException;
    this.#say({ error: code ?? name, behind: this.#countMissing() });
    if (this.#stopped) return;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      this.note();
    }, RETRY_MS);
    this.#retryTimer.unref();
  }

  /** Own epochs of which the centre lacks an op, by what it has of each. */
  #epochs(): number[] {
    return this.#options.store.delivery.epochsNotAtCentre();
  }

  #countMissing(): number {
    const { store } = this.#options;
    if (!store.db.open) return this.#state.behind;
    const count = store.db.prepare('SELECT count(*) FROM op WHERE device = ? AND epoch = ? AND seq > ?').pluck();
    const device = uuidToBlob(store.ledger.device);
    return this.#epochs().reduce((sum, epoch) => sum + (count.get(device, epoch, this.#from(epoch)) as number), 0);
  }

  /** What is needed of an epoch begins after this. */
  #from(epoch: number): number {
    const atCentre = this.#options.store.delivery.atCentre(epoch);
    const written = this.#written.get(epoch);
    // What was not written since the centre had it is needed when the centre has forgotten it.
    return written && atCentre >= written.from ? Math.max(written.upTo, atCentre) : atCentre;
  }

  /** At the centre; or no op of ours any more, having gone over into a newer epoch. */
  #isSettled(epoch: number, seq: number): boolean {
    const { ledger, delivery, db } = this.#options.store;
    if (delivery.atCentre(epoch) >= seq) return true;
    if (epoch >= ledger.epoch) return false;
    const find = db.prepare('SELECT 1 FROM op WHERE device = ? AND epoch = ? AND seq = ?');
    return find.get(uuidToBlob(ledger.device), epoch, seq) === undefined;
  }

  #say(change: Partial<JournalState>): void {
    const next = { ...this.#state, ...change };
    const isSame = (Object.keys(next) as (keyof JournalState)[]).every((name) => next[name] === this.#state[name]);
    this.#state = next;
    if (!isSame) this.#options.onState(next);
  }
}
