import { YichuangError } from '../contract/errors.ts';
import type { EventPayload, Staff } from '../contract/rpc.ts';
import type { Store } from '../db/store.ts';
import type { SessionEnd } from '../domain/ledger/op.ts';
import type { StaffRole } from '../domain/staff/roles.ts';
import { LoginFailures } from './loginFailures.ts';
import { verifyPassword } from './password.ts';

/** domain.md §7.2, issue 4 item 8: passwords are checked here without the centre for so long after it confirmed the list. */
const STAFF_LIST_GOOD_MS = 7 * 24 * 3_600_000;

/** Verified against when the number is unknown, so that the answer takes as long as for a known one. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export interface SignedIn {
  sessionId: string;
  staff: Staff;
}

interface Live extends SignedIn {
  /** Last sign of the clerk, ms since 1970. */
  activeAt: number;
  /** The page tells of its clerk by `session.ping`: then nothing else counts as a sign. */
  pings: boolean;
}

type EndCode = EventPayload<'session.ended'>['code'];

export interface SessionsOptions {
  store: Store;
  terminal: string;
  /** Without a sign of the clerk the session ends, and the page is covered. */
  lockAfterMs: number;
  /** Without a sign of the clerk nothing of the session is left on the page. */
  reloginAfterMs: number;
  /** Last time the centre confirmed the list of staff; null: it is not asked here (a demonstration, no centre configured). */
  staffConfirmedAt: (() => number | undefined) | null;
  now: () => number;
  newId: () => string;
  onCommitted: () => void;
  /** A session ends: part of the transaction that says so. */
  onEnding?: ((clerk: string, reason: SessionEnd) => void) | undefined;
  /** A session ended without its page's doing. */
  onEnded: (connection: string, code: EndCode) => void;
}

/** Who is signed in on which connection (domain.md §7.2). */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #failures: LoginFailures;
  readonly #live = new Map<string, Live>();
  /** Why a connection is no longer signed in, as long as it lasts. */
  readonly #ended = new Map<string, { code: EndCode; activeAt: number }>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#failures = new LoginFailures(options.store.local, options.now);
    this.#restore();
  }

  get(connection: string): SignedIn | null {
    return this.#live.get(connection) ?? null;
  }

  isAnySignedIn(): boolean {
    return this.#live.size > 0;
  }

  connections(): string[] {
    return [...this.#live.keys()];
  }

  /**
   * To be asked before every call that needs a clerk.
   * @throws YichuangError `not-signed-in`, or why the session ended
   */
  require(connection: string): SignedIn {
    this.endIdle();
    const session = this.#live.get(connection);
    if (!session) throw new YichuangError(this.#ended.get(connection)?.code ?? 'not-signed-in');
    if (!session.pings) session.activeAt = this.#options.now();
    return session;
  }

  /** The clerk at this page did something. */
  noteSign(connection: string): void {
    const session = this.#live.get(connection);
    if (!session) return;
    session.pings = true;
    session.activeAt = this.#options.now();
  }

  /**
   * One account has one session here: an older one on another connection ends.
   * @param mayEnter whether somebody with these roles works at this page
   * @throws YichuangError `no-staff-yet`, `staff-list-stale`, `login-locked`, `login-failed`, `forbidden`
   */
  async login(
    connection: string,
    number: string,
    password: string,
    mayEnter: (roles: readonly StaffRole[]) => boolean = () => true,
  ): Promise<Staff> {
    const { store, now } = this.#options;
    if (!store.staff.hasAny()) throw new YichuangError('no-staff-yet');
    this.#requireFreshList();
    const person = await this.#failures.guard(number, async () => {
      const known = store.staff.findActive(number);
      const matches = await verifyPassword(password, known?.passwordHash ?? NOBODY);
      return matches ? known : null;
    });
    const staff: Staff = { number, name: person.name, roles: person.roles };
    if (!mayEnter(staff.roles)) throw new YichuangError('forbidden');
    this.#end(connection, 'logout');
    for (const [other, session] of this.#live) {
      if (session.staff.number === number) this.#end(other, 'taken', 'session-taken');
    }
    const sessionId = this.#options.newId();
    store.ledger.transact(() => {
      store.ledger.append({
        kind: 'session.opened',
        stream: `session:${sessionId}`,
        actor: number,
        body: { staff: number, terminal: this.#options.terminal },
      });
      store.local.signIn(connection, sessionId, number);
    });
    this.#ended.delete(connection);
    this.#live.set(connection, { sessionId, staff, activeAt: now(), pings: false });
    this.#options.onCommitted();
    return staff;
  }

  logout(connection: string, reason: 'logout' | 'stopped'): void {
    this.#ended.delete(connection);
    if (this.#end(connection, reason)) this.#options.onCommitted();
  }

  /** The desk is left: by hand, by the machine's own lock or sleep, or after idle minutes. */
  lock(connection: string): void {
    if (this.#end(connection, 'idle', 'session-locked')) this.#options.onCommitted();
  }

  /** Ends what was left alone; to be called now and then, as nobody may call at all. */
  endIdle(): void {
    const { now, lockAfterMs, reloginAfterMs, onEnded } = this.#options;
    for (const [connection, { activeAt }] of this.#live) {
      if (now() - activeAt >= lockAfterMs) this.lock(connection);
    }
    for (const [connection, ended] of this.#ended) {
      if (ended.code !== 'session-locked' || now() - ended.activeAt < reloginAfterMs) continue;
      ended.code = 'session-expired';
      onEnded(connection, ended.code);
    }
  }

  /** After a restart of the service the clerk at the same page goes on working; whoever was switched off meanwhile is not. */
  #restore(): void {
    const { store, now } = this.#options;
    for (const { connection, sessionId, staff: number } of store.local.signedIn()) {
      const person = store.staff.findActive(number);
      const staff: Staff = { number, name: person?.name ?? '', roles: person?.roles ?? [] };
      this.#live.set(connection, { sessionId, staff, activeAt: now(), pings: false });
      if (!person) this.#end(connection, 'stopped');
    }
  }

  /** @param code for the page, when this is not its own doing */
  #end(connection: string, reason: SessionEnd, code?: EndCode): boolean {
    const session = this.#live.get(connection);
    if (!session) return false;
    const { store, terminal, onEnded } = this.#options;
    const { number } = session.staff;
    this.#live.delete(connection);
    store.ledger.transact(() => {
      store.ledger.append({
        kind: 'session.closed',
        stream: `session:${session.sessionId}`,
        actor: number,
        body: { staff: number, terminal, reason },
      });
      store.local.signOut(connection);
      this.#options.onEnding?.(number, reason);
    });
    if (code) {
      this.#ended.set(connection, { code, activeAt: session.activeAt });
      onEnded(connection, code);
    }
    return true;
  }

  #requireFreshList(): void {
    const { staffConfirmedAt, now } = this.#options;
    if (staffConfirmedAt === null) return;
    const confirmedAt = staffConfirmedAt();
    if (confirmedAt === undefined || now() - confirmedAt > STAFF_LIST_GOOD_MS)
      throw new YichuangError('staff-list-stale');
  }
}
