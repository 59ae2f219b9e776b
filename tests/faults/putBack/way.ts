/** How the data of a centre are lost in a test, and how somebody who looks after it puts them back by the book. */
export interface PutBack {
  /** What came after the backup is gone at the centre, and sent again by whoever made it. */
  losesSome: boolean;
  /** What a centre says that is started on what is left; null: nothing is there that it could be started on. */
  refused: RegExp | null;
  /** Before the hall opens. @returns URL of the centre's database; undefined: its SQLite file */
  open(): string | undefined;
  /** While everybody is at work. @param dataDir of the centre */
  backUp(dataDir: string): Promise<void>;
  /** What was written up to here is safe, as far as this way can make it so. */
  keep(): void;
  /** The centre is not running any more; now its data are gone or spoiled. */
  lose(dataDir: string): void;
  /** @returns URL of the database from now on, if there is one */
  putBack(dataDir: string): Promise<string | undefined>;
  close(): void;
}

export interface Places {
  /** Where the backups go; not the data's folder. */
  backups: string;
  /** A folder that every user may enter. */
  open: string;
}
