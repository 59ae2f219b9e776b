/** A push that was taken durably as it came, and promised to be judged (docs/adr/0063). Its text is in the store alone. */
export interface WaitingPush {
  device: string;
  epoch: number;
  /** Of its ops, which are a run without gap. */
  first: number;
  last: number;
  /** Chain hash of the last. */
  hash: string;
  /** Of its author when it came, who may be in another hall or out of service when it is judged. */
  hall: string;
  terminal: string | null;
  /** Rises with each that came. */
  arrival: number;
  /** Milliseconds since 1970, UTC. */
  receivedAt: number;
  /** Over the last op, checked already; null: of a program that does not sign. */
  signed: { signature: string; publicKey: string } | null;
}

/** What names one. */
export type WaitingName = Pick<WaitingPush, 'device' | 'epoch' | 'last'>;

/** In the same transaction as what is decided: nothing waits that was judged, and nothing is judged that goes on waiting. */
export interface WaitingChanges {
  add: readonly (WaitingPush & { text: Uint8Array })[];
  remove: readonly WaitingName[];
}

export interface WaitingStore {
  /** In the order in which they came. */
  waitingPushes(): WaitingPush[];
  /** JSON of the `pushRequest`; null: it has been judged. */
  waitingText(name: WaitingName): string | null;
}
