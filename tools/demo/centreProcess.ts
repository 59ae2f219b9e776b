import type { ChildProcess } from 'node:child_process';
import { COMMAND } from '../commands/installation.ts';
import type { GatewayProcess } from './gatewayProcess.ts';
import { startReadyProcess } from './readyProcess.ts';

export interface CentreProcess {
  url: string;
  /** Of the back office for browsers; null when it was not asked for. */
  officeUrl: string | null;
  child: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts a centre in a process of its own and waits for its ready line.
 * @param office port of the back office for browsers, and its configuration file; null: without
 * @param onLog lines of its stderr
 * @throws Error when it ends before it is ready
 */
export async function startCentreProcess(
  dataDir: string,
  port: number,
  office: { port: number; config: string } | null,
  gateway: GatewayProcess,
  onLog: (line: string) => void,
): Promise<CentreProcess> {
  const pages =
    office === null ? [] : ['--office-port', String(office.port), '--office-config', office.config, '--office-demo'];
  const channel = ['--gateway', gateway.url, '--gateway-key', gateway.keyFile];
  // A phone in the same network can read the code of the window.
  const rating = ['--rating-port', '0'];
  const args = [COMMAND, 'centre', '--data', dataDir, '--port', String(port), ...pages, ...channel, ...rating];
  const { ready, child, stop } = await startReadyProcess<{ url: string; office?: string }>(args, onLog);
  return { url: ready.url, officeUrl: ready.office ?? null, child, stop };
}
