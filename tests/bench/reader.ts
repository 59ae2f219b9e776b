import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startTerminal } from '../../tools/commands/terminal.ts';
import { startDemo } from '../../tools/demo/startDemo.ts';
import { RpcClient } from '../fixtures/rpcClient.ts';
import { type Figure, figure, median, percentile } from './figures.ts';

const ROUNDS = 25;
const BAUD = 115_200;
/** Frames of one reading, both ways: find 10 + 15, select 10 + 19, text and photo 10 + 1295, newest address 10 + 11. */
const WIRE_BYTES = 10 + 15 + 10 + 19 + 10 + 1295 + 10 + 11;
const FIND_REQUEST_MS = (10 * 10_000) / BAUD;

/**
 * A card found by the reader until its fields are with the page, through devices process, service and socket, beside
 * the time its bytes need on a line of 115,200 baud. Target: ≤ wire + 15 ms.
 */
export async function benchReader(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-bench-'));
  let foundAt = 0;
  const demo = await startDemo({
    dir,
    role: 'window',
    readerBaud: BAUD,
    onReaderExchange: (line) => {
      if (line.startsWith('find 9f')) foundAt = performance.now() - FIND_REQUEST_MS;
    },
  });
  const terminal = await startTerminal({
    config: demo.folder.configFile,
    data: demo.folder.terminalDir,
    port: 0,
    demo: true,
  });
  const client = await RpcClient.connect(terminal.rpcUrl, terminal.token);
  const spans: number[] = [];
  try {
    await client.signIn('1001', 'Yichuang-1001');
    await client.call('events.subscribe', { topics: ['identity'] });
    for (let round = 0; round < ROUNDS; round++) {
      const card = client.next('identity.card');
      demo.reader.layCard(round % 2 === 0 ? 'zhangsan' : 'lina');
      await card;
      spans.push(performance.now() - foundAt);
      demo.reader.liftCard();
      await client.call('devices.test', { device: 'idReader' });
    }
  } finally {
    client.close();
    await terminal.stop();
    await demo.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  const wire = (WIRE_BYTES * 10_000) / BAUD;
  return [
    figure('reader.fields', median(spans), 'ms', wire),
    figure('reader.beyondWire', median(spans) - wire, 'ms'),
    figure('reader.fields.p95', percentile(spans, 0.95), 'ms', wire),
  ];
}
