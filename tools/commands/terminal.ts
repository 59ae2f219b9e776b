import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { parseTerminalConfig } from '../../contract/config.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';
import { Service } from '../../service/app.ts';
import { createLog } from '../../service/log.ts';
import { RpcServer } from '../../service/rpcServer.ts';
import { DEVICES_ENTRY, readVersion } from './installation.ts';
import { endOnSignal, printLine } from './output.ts';

export interface TerminalOptions {
  config: string;
  data: string;
  port: number;
  pages?: string;
  demo?: boolean;
}

export interface RunningTerminal {
  rpcUrl: string;
  pageUrl: string;
  token: string;
  stop(): Promise<void>;
}

/** A terminal in this process, without Electron: the same service behind JSON-RPC on the loopback address. */
export async function startTerminal(options: TerminalOptions): Promise<RunningTerminal> {
  const configText = readFileSync(options.config, 'utf8');
  const { terminal } = parseTerminalConfig(configText);
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const key = await openKey({
    dataDir: options.data,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: (line) => console.error(line),
  });
  const token = randomBytes(24).toString('base64url');
  let server: RpcServer | null = null;
  const service = new Service({
    start: {
      configText,
      dataDir: options.data,
      key,
      devicesEntry: DEVICES_ENTRY,
      execPath: process.execPath,
      version: readVersion(),
      demo: options.demo ?? false,
    },
    now: Date.now,
    newId: v7,
    log: createLog('service', options.demo ? 'warn' : 'info'),
    push: (push) => server?.deliver(push),
  });
  try {
    server = await RpcServer.listen({
      call: (connection, role, method, input) => service.call(connection, role, method, input),
      closeConnection: (connection) => service.closeConnection(connection),
      role: terminal.role,
      token,
      pagesDir: options.pages,
      port: options.port,
    });
  } catch (error) {
    await service.stop();
    throw error;
  }
  const { rpcUrl, pageUrl } = server;
  return {
    rpcUrl,
    pageUrl,
    token,
    stop: async () => {
      await server?.close();
      await service.stop();
    },
  };
}

/** `yichuang terminal --headless` */
export async function terminal(options: TerminalOptions): Promise<void> {
  const running = await startTerminal(options);
  endOnSignal(() => running.stop());
  printLine({
    ready: true,
    rpc: running.rpcUrl,
    token: running.token,
    ...(options.pages && { page: running.pageUrl }),
  });
}
