import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { LocalAccess } from '../../service/access/local.ts';
import { RpcServer } from '../../service/rpcServer.ts';
import { openHeadlessService } from './headlessService.ts';
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
  /** Where TVs find the calling screen; null where none is configured, or its port is taken. */
  screenUrl: string | null;
  /** Where its figures are read on this machine; null where they are not. */
  metricsUrl: string | null;
  stop(): Promise<void>;
}

/** A terminal in this process, without Electron: the same service behind JSON-RPC on the loopback address. */
export async function startTerminal(options: TerminalOptions): Promise<RunningTerminal> {
  const token = randomBytes(24).toString('base64url');
  let server: RpcServer | null = null;
  const { service, role } = await openHeadlessService({
    configText: readFileSync(options.config, 'utf8'),
    dataDir: options.data,
    demo: options.demo ?? false,
    push: (push) => server?.deliver(push),
    pagesDir: options.pages,
  });
  const access = new LocalAccess({ token, port: () => server?.port ?? 0 });
  try {
    server = await RpcServer.listen({
      call: (connection, role, method, input) => service.call(connection, role, method, input),
      closeConnection: (connection) => service.closeConnection(connection),
      role,
      access,
      pagesDir: options.pages,
      port: options.port,
    });
  } catch (error) {
    await service.stop();
    throw error;
  }
  const running = server;
  const tvPort = await service.tvPort();
  const metricsPort = await service.metricsPort();
  return {
    rpcUrl: `ws://127.0.0.1:${running.port}/rpc`,
    pageUrl: `http://127.0.0.1:${running.port}${access.entrance}`,
    token,
    metricsUrl: metricsPort === 0 ? null : `http://127.0.0.1:${metricsPort}/metrics`,
    screenUrl: tvPort === 0 ? null : `http://127.0.0.1:${tvPort}/screen`,
    stop: async () => {
      await running.close();
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
    ...(running.metricsUrl && { metrics: running.metricsUrl }),
    ...(running.screenUrl && { screen: running.screenUrl }),
  });
}
