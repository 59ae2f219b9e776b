/** Forward only. A published migration is never edited; what it got wrong is put right by the next one. */
export interface Migration {
  /** That of the SQLite migration after which both have the same tables and columns. */
  number: number;
  statements: readonly string[];
}
