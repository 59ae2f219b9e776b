export interface ScopePage {
  /** `envelope` is the JSON text of the op, exactly as it was stored. */
  rows: { pos: number; envelope: string }[];
  head: number;
  /** Rows up to here are given out as a snapshot only; 0: none. */
  floor: number;
}

/** As `ScopePage`; of what `reader` wrote itself its place in the chain instead of the op. */
export interface ReaderPage extends Omit<ScopePage, 'rows'> {
  rows: (ScopePage['rows'][number] | { pos: number; own: { epoch: number; seq: number; hash: string } })[];
}

export interface PageLimit {
  rows: number;
  bytes: number;
}

/** What is published to each scope, by position. */
export interface ScopeStore {
  readScope(scope: string, after: number, limit: PageLimit): Promise<ScopePage>;
  readScopeFor(reader: string, scope: string, after: number, limit: PageLimit): Promise<ReaderPage>;
  /** The rows of a scope after `after` and up to `head`, without those that compaction left out. */
  readSnapshot(scope: string, after: number, head: number, limit: PageLimit): Promise<ScopePage>;
  /** Hashes of the ops of a scope after `after`, in their order; `kept`: as `readSnapshot` has them. */
  scopeHashes(
    scope: string,
    range: { after: number; upTo: number; kept: boolean },
    limit: number,
  ): { pos: number; hash: string }[];
  scopeHeads(scopes: readonly string[]): Promise<{ scope: string; head: number }[]>;
  /** The hall a scope belongs to; null for a scope nobody has written to. */
  hallOfScope(scope: string): Promise<string | null>;

  /**
   * The last position of a scope before the first op that came at `before` or later, and the streams of this kind of which
   * nothing stands after it, with their places.
   * @param before milliseconds since 1970, UTC
   */
  streamsBefore(
    scope: string,
    kind: string,
    before: number,
  ): { floor: number; places: { pos: number; stream: string }[] };
  /** From now on rows up to `floor` are given out as a snapshot only, and never those at `leftOut`. */
  compactScope(scope: string, floor: number, leftOut: readonly number[]): void;
}
