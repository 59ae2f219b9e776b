import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../../centre/store/sqlite/open.ts';

/**
 * The floor of `bench drain`: a server without a single rule. It parses a push, keeps the text of each op under its id, durable
 * and encrypted like the centre, and answers how many. `node bareServer.ts DIR`
 */
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: bareServer.ts DIR');
const db = openDatabase(dir);
db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO bare (op_id, text) VALUES (?, ?)');
const keep = db.transaction((ops: readonly { op_id: string }[]) => {
  for (const op of ops) insert.run(op.op_id, JSON.stringify(op));
});
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { ops } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { ops: { op_id: string }[] };
    keep.immediate(ops);
    const answer = `{"acked":${ops.length}}`;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
