import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startTerminal } from '../../tools/commands/terminal.ts';
import { type Demo, startDemo } from '../../tools/demo/startDemo.ts';
import { windowArguments } from '../../tools/demo/window.ts';
import { RpcClient } from '../fixtures/rpcClient.ts';

/**
 * A window as it is every morning: key and database exist, the staff list is there, centre, reader and printer answer.
 * @param use gets the arguments that start the program on it
 */
export async function withUsualWindow<T>(use: (args: string[]) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-bench-'));
  const demo = await startDemo({ dir, role: 'window' });
  try {
    await fetchStaff(demo);
    return await use(windowArguments(demo.folder));
  } finally {
    await demo.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function fetchStaff({ folder }: Demo): Promise<void> {
  const terminal = await startTerminal({ config: folder.configFile, data: folder.terminalDir, port: 0, demo: true });
  const client = await RpcClient.connect(terminal.rpcUrl, terminal.token);
  try {
    while (!(await client.call('session.hello', {})).hasStaff) await delay(50);
  } finally {
    client.close();
    await terminal.stop();
  }
}
