import type { DeviceKey } from './identityTypes.ts';
import type { SqlDatabase } from './sqlDatabase.ts';
import { HALL_SQL } from './sqlite/hallSql.ts';
import type { ChainHead, EnrolledDevice } from './types.ts';

/** Of each kind so many are kept for certain, and twice as many at most. */
export const MANY = 20_000;

/** Values by name, those asked for last: once so many came anew, those that nobody asked for meanwhile are let go. */
export class Recent<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  get(name: string): V | undefined {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(name);
    if (old !== undefined) this.set(name, old);
    return old;
  }

  set(name: string, value: V): void {
    this.#young.set(name, value);
    if (this.#young.size < MANY) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}

/**
 * What the database has said and would say again, as long as nobody writes: asked for with every push, and most of a small
 * push is such questions (docs/adr/0049). Three things keep it true: what the ledger writes it notes here after COMMIT;
 * whoever else writes to these tables by this connection calls `forget`; and that another connection has written is asked
 * under the write lock before anything is decided, and once in a turn of the loop before anybody is let in.
 */
export class StoreMemory {
  /** By device and epoch. */
  readonly heads = new Recent<ChainHead>();
  /** By device. */
  readonly newestEpochs = new Recent<number>();
  readonly scopes = new Recent<{ id: number; head: number }>();
  /** The hall of a stream: it has one for ever. */
  readonly halls = new Recent<string>();
  /** By the hash of the token. */
  readonly devices = new Recent<EnrolledDevice & { tokenHash: Uint8Array }>();
  /** By device; null inside: it has none. */
  readonly keys = new Recent<{ key: DeviceKey | null }>();

  readonly #readVersion: () => number;
  #version: number | null = null;
  #isLooked = false;

  constructor(db: SqlDatabase) {
    const version = db.prepare<[], number>(HALL_SQL.dataVersion).pluck();
    this.#readVersion = () => version.get() ?? 0;
  }

  /** Forgets everything when another connection has written. @returns what changes whenever one does */
  refresh(): number {
    const version = this.#readVersion();
    if (version !== this.#version) this.forget();
    this.#version = version;
    return version;
  }

  /** As `refresh`, and no more than once for all that has come in together. */
  look(): void {
    if (this.#isLooked) return;
    this.#isLooked = true;
    setImmediate(() => {
      this.#isLooked = false;
    });
    this.refresh();
  }

  forget(): void {
    for (const each of [this.heads, this.newestEpochs, this.scopes, this.halls, this.devices, this.keys]) each.clear();
  }
}

export function chainName(device: string, epoch: number): string {
  return `${device}/${epoch}`;
}
