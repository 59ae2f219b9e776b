import type Database from 'better-sqlite3';

/** Forward only. Numbers go in steps of ten; a published migration is never changed. */
export interface Migration {
  version: number;
  name: string;
  up(db: Database.Database): void;
}
