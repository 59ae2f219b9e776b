import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import { startCentre } from './start.ts';

test('a connection that never sent a request does not hold the closing', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'yichuang-centre-'));
  const centre = await startCentre({ dataDir, logger: pino({ level: 'silent' }) });
  const socket = connect(centre.port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  await centre.close();
  await closed;
  expect(socket.destroyed).toBe(true);
  rmSync(dataDir, { recursive: true, force: true });
});
