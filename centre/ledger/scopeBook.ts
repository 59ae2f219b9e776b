import type { Decision, HeldEntity, KnownLedger, NewOp, Place } from '../store/types.ts';
import { scopesOf } from './scopesOf.ts';

type KnownScopes = Pick<KnownLedger, 'scopeHead'>;

/** Heads of the scopes as they will be once the group is committed; the part of the working ledger about who reads what. */
export class ScopeBook implements KnownScopes {
  readonly #known: KnownScopes;
  readonly #scopes = new Map<string, Decision['scopes'][number]>();

  constructor(known: KnownScopes) {
    this.#known = known;
  }

  scopeHead(scope: string): number {
    return this.#scopes.get(scope)?.head ?? this.#known.scopeHead(scope);
  }

  /** Gives an op the next place of every scope it belongs to. */
  publish(hall: string, op: NewOp['op'], held: HeldEntity | null): Place[] {
    return scopesOf(hall, op, held).map((scope) => {
      const pos = this.scopeHead(scope) + 1;
      this.#scopes.set(scope, { scope, hall, head: pos });
      return { scope, pos };
    });
  }

  changes(): Decision['scopes'] {
    return [...this.#scopes.values()];
  }
}
