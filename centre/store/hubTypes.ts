import type { HubState, LogAnswer } from '../../contract/hub.ts';

export interface HubRole {
  role: HubState['role'];
  fence: number;
}

/** The other hub of the hall. */
export interface Peer {
  url: string | null;
  /** For a hall without a centre; null: the token for the centre serves at the peer too. */
  token: string | null;
  /** Read so far of its log. */
  followed: number;
}

/** Which of two hubs decides, and what the standby has of the active one. */
export interface HubStore {
  /** Null: there is no other hub beside this. */
  hubRole(): HubRole | null;
  /** From now on there may be another one. The role counts only the first time. */
  joinHub(role: HubRole['role'], peer: string | null): void;
  saveHubRole(role: HubRole): void;
  peer(): Peer | null;
  savePeerToken(token: string): void;
  /** The log of another hub is read from its beginning. */
  savePeerDevice(device: string): void;
  /** The highest fence of the take-overs in the log; 0 for none. */
  highestTakeOver(): number;

  /** Ops of a hall, and of every hall, after a position, in log order. */
  readLog(hall: string, after: number, limit: { rows: number; bytes: number }): LogAnswer['entries'];
  /**
   * Called after each transaction that added to the log, and told whether some of it is this hub's to forward.
   * @returns ends it
   */
  onAppended(listener: (toForward: boolean) => void): () => void;
  /** Whatever is held here is this hub's to forward, from now on. */
  forwardHeld(): void;
}
