import type { ShortcutsConfig, ShortcutVerb } from '../../contract/config/shortcuts.ts';
import type { RpcAnswer } from '../../contract/rpc.ts';

/** Of Electron's `globalShortcut`. */
export interface KeyGrabber {
  /** False: another program has these keys. */
  register(keys: string, pressed: () => void): boolean;
  unregister(keys: string): void;
}

export interface ShortcutsOptions {
  grabber: KeyGrabber;
  /** Read at the first sign-in: the schemas are not there when the window opens. */
  config(): Promise<ShortcutsConfig>;
  pressed(verb: ShortcutVerb): void;
  /** After every attempt; empty when all keys were had. */
  state(taken: { verb: ShortcutVerb; keys: string }[]): void;
}

/** What these verbs do is chosen on the page, so the window comes forward. */
const ASKING: readonly ShortcutVerb[] = ['pause', 'transfer', 'hold', 'callBack'];

export function needsWindow(verb: ShortcutVerb): boolean {
  return ASKING.includes(verb);
}

/**
 * Keys that call over any other program. They are this program's only while a clerk is signed in at the window: a desk
 * nobody sits at takes no key away from others.
 */
export class Shortcuts {
  readonly #options: ShortcutsOptions;
  readonly #held: string[] = [];
  /** The connection whose clerk is signed in. */
  #connection: string | null = null;

  constructor(options: ShortcutsOptions) {
    this.#options = options;
  }

  /** An answer on its way to a page: who signs in and out is known from it, and from nothing the page says. */
  async noteAnswer(connection: string, method: unknown, answer: RpcAnswer): Promise<void> {
    if (!answer.ok) return;
    if (method === 'session.login' && isClerk(answer.value)) await this.#grab(connection);
    else if (method === 'session.logout' || method === 'session.lock') this.release(connection);
  }

  /** The session or the page of this connection ended. */
  release(connection: string | null = this.#connection): void {
    if (connection !== this.#connection) return;
    this.#connection = null;
    for (const keys of this.#held.splice(0)) this.#options.grabber.unregister(keys);
  }

  async #grab(connection: string): Promise<void> {
    this.release();
    this.#connection = connection;
    const config = await this.#options.config();
    // Signed out while the configuration was read.
    if (this.#connection !== connection || this.#held.length > 0) return;
    const taken: { verb: ShortcutVerb; keys: string }[] = [];
    for (const [verb, keys] of Object.entries(config) as [ShortcutVerb, string | null][]) {
      if (keys === null) continue;
      if (this.#options.grabber.register(keys, () => this.#options.pressed(verb))) this.#held.push(keys);
      else taken.push({ verb, keys });
    }
    this.#options.state(taken);
  }
}

function isClerk(staff: unknown): boolean {
  const roles = typeof staff === 'object' && staff !== null && 'roles' in staff ? staff.roles : null;
  return Array.isArray(roles) && roles.includes('WIN');
}
