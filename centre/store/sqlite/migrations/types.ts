/** Forward only. A published migration is never edited; what it got wrong is put right by the next one. */
export interface Migration {
  /** Rises by tens. */
  number: number;
  sql: string;
}
