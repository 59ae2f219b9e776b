import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { COMMAND } from '../commands/installation.ts';
import { startReadyProcess } from './readyProcess.ts';

export interface GatewayProcess {
  url: string;
  keyFile: string;
  stop(): Promise<void>;
}

/** Starts the simulated payment channel in a process of its own. @param keyFile made when missing */
export async function startGatewayProcess(keyFile: string): Promise<GatewayProcess> {
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 });
  const { ready, stop } = await startReadyProcess<{ url: string }>(
    [COMMAND, 'simulate-gateway', '--key', keyFile],
    () => {},
  );
  return { url: ready.url, keyFile, stop };
}
