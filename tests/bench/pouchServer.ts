import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { syncEachWrite } from './syncedLevel.ts';

/** The baseline of `bench drain`: the CouchDB protocol over leveldb. `node pouchServer.ts DIR [synced]` */
const [dir, synced] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: pouchServer.ts DIR [synced]');
if (synced === 'synced') syncEachWrite();
const app = expressPouchdb(PouchDB.defaults({ prefix: `${dir}/` }), {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
});
const server = createServer(app).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
