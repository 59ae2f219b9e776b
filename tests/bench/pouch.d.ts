/** As much of PouchDB as `bench drain` uses; the packages bring no types. */
declare module 'pouchdb' {
  export interface Replication {
    docs_written: number;
  }
  export default class PouchDB {
    constructor(name: string);
    static defaults(options: { prefix: string }): typeof PouchDB;
    bulkDocs(docs: readonly object[]): Promise<unknown[]>;
    close(): Promise<void>;
    replicate: { to(target: string): Promise<Replication> };
  }
}

declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http';
  import type PouchDB from 'pouchdb';

  export default function expressPouchdb(
    pouch: typeof PouchDB,
    options: { mode: 'minimumForPouchDB'; inMemoryConfig: boolean },
  ): RequestListener;
}
