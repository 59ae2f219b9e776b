import { YichuangError } from '../contract/errors.ts';
import type { Staff } from '../contract/rpc.ts';
import type { Store } from '../db/store.ts';
import { verifyPassword } from './password.ts';

const MAX_FAILURES = 5;
const LOCK_MS = 30 * 60_000;

/** Verified against when the number is unknown, so that the answer takes as long as for a known one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export interface SignedIn {
  sessionId: string;
  staff: Staff;
}

/** Who is signed in on which connection (domain.md §7.2). */
export class Sessions {
  readonly #store: Store;
  readonly #terminal: string;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #onCommitted: () => void;
  readonly #byConnection = new Map<string, SignedIn>();

  constructor(options: {
    store: Store;
    terminal: string;
    now: () => number;
    newId: () => string;
    onCommitted: () => void;
  }) {
    this.#store = options.store;
    this.#terminal = options.terminal;
    this.#now = options.now;
    this.#newId = options.newId;
    this.#onCommitted = options.onCommitted;
    this.#restore();
  }

  get(connection: string): SignedIn | null {
    return this.#byConnection.get(connection) ?? null;
  }

  isAnySignedIn(): boolean {
    return this.#byConnection.size > 0;
  }

  connections(): string[] {
    return [...this.#byConnection.keys()];
  }

  /** @throws YichuangError `not-signed-in` */
  require(connection: string): SignedIn {
    const session = this.get(connection);
    if (!session) throw new YichuangError('not-signed-in');
    return session;
  }

  /** @throws YichuangError `no-staff-yet`, `login-locked`, `login-failed` */
  async login(connection: string, number: string, password: string): Promise<Staff> {
    if (!this.#store.staff.hasAny()) throw new YichuangError('no-staff-yet');
    const before = this.#store.local.loginFailures(number);
    if (before.lockedUntil !== null && Date.parse(before.lockedUntil) > this.#now())
      throw new YichuangError('login-locked');
    const person = this.#store.staff.findActive(number);
    const matches = await verifyPassword(password, person?.passwordHash ?? NOBODY);
    if (!person || !matches) {
      this.#noteFailure(number);
      throw new YichuangError('login-failed');
    }
    this.logout(connection, 'logout');
    const sessionId = this.#newId();
    this.#store.ledger.transact(() => {
      this.#store.local.clearLoginFailures(number);
      this.#store.ledger.append({
        kind: 'session.opened',
        stream: `session:${sessionId}`,
        actor: number,
        body: { staff: number, terminal: this.#terminal },
      });
      this.#store.local.signIn(connection, sessionId, number);
    });
    const staff: Staff = { number, name: person.name, roles: person.roles };
    this.#byConnection.set(connection, { sessionId, staff });
    this.#onCommitted();
    return staff;
  }

  logout(connection: string, reason: 'logout' | 'idle' | 'stopped'): void {
    const session = this.#byConnection.get(connection);
    if (!session) return;
    this.#byConnection.delete(connection);
    this.#close(connection, session.sessionId, session.staff.number, reason);
    this.#onCommitted();
  }

  /** After a restart of the service the clerk at the same page goes on working; whoever was switched off meanwhile is not. */
  #restore(): void {
    for (const { connection, sessionId, staff: number } of this.#store.local.signedIn()) {
      const person = this.#store.staff.findActive(number);
      if (person) {
        this.#byConnection.set(connection, { sessionId, staff: { number, name: person.name, roles: person.roles } });
      } else {
        this.#close(connection, sessionId, number, 'stopped');
      }
    }
  }

  #close(connection: string, sessionId: string, number: string, reason: 'logout' | 'idle' | 'stopped'): void {
    this.#store.ledger.transact(() => {
      this.#store.ledger.append({
        kind: 'session.closed',
        stream: `session:${sessionId}`,
        actor: number,
        body: { staff: number, terminal: this.#terminal, reason },
      });
      this.#store.local.signOut(connection);
    });
  }

  #noteFailure(number: string): void {
    const { failures, lockedUntil } = this.#store.local.loginFailures(number);
    const wasLocked = lockedUntil !== null;
    const count = wasLocked ? 1 : failures + 1;
    const until = count >= MAX_FAILURES ? new Date(this.#now() + LOCK_MS).toISOString() : null;
    this.#store.local.recordLoginFailure(number, count, until);
  }
}
