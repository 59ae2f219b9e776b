import { hkdfSync } from 'node:crypto';
import { YichuangError } from '../../contract/errors.ts';
import { Peer } from '../../link/peer.ts';
import { parentPipe } from '../../link/supervisedChild.ts';
import { OfficeAccess } from '../../service/access/office.ts';
import { RpcServer } from '../../service/rpcServer.ts';
import { openHeadlessService } from '../commands/headlessService.ts';
import { type OfficeStart, officeStart } from './protocol.ts';

interface Running {
  port: number;
  tvPort: number;
  stop(): Promise<void>;
}

/**
 * `yichuang office`, forked by `yichuang centre`: the back office for browsers, in a process of its own, so that nothing
 * a browser sends can hold up or end the centre.
 */
export function runOffice(): void {
  let running: Running | null = null;
  const peer = new Peer(parentPipe(), {
    onCall: async (method, params) => {
      if (method === 'start') {
        try {
          running ??= await serve(officeStart.parse(params));
        } catch (error) {
          console.error(`office pages: ${(error as Error).message}`);
          throw error;
        }
        return {};
      }
      if (method === 'address' && running) return { port: running.port, tvPort: running.tvPort };
      throw new YichuangError('unknown-method');
    },
  });
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    peer.close();
    await running?.stop();
    process.exit(0);
  };
  for (const signal of ['disconnect', 'SIGTERM', 'SIGINT']) process.once(signal, end);
}

async function serve(start: OfficeStart): Promise<Running> {
  let server: RpcServer | null = null;
  const { service, role, keyHex } = await openHeadlessService({
    configText: start.configText,
    dataDir: start.dataDir,
    demo: start.demo,
    push: (push) => server?.deliver(push),
    pagesDir: start.pagesDir,
  });
  const tvPort = await service.tvPort();
  if (start.port === null) return { port: 0, tvPort, stop: () => service.stop() };
  const access = new OfficeAccess({
    names: start.names,
    port: () => server?.port ?? 0,
    isSecure: start.tls !== null,
    cookieKey: new Uint8Array(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'yichuang/office-cookie/1', 32)),
    isSignedIn: (connection) => service.isSignedIn(connection),
    now: Date.now,
  });
  try {
    server = await RpcServer.listen({
      call: (connection, pageRole, method, input) => service.call(connection, pageRole, method, input),
      closeConnection: (connection) => service.closeConnection(connection),
      role,
      access,
      pagesDir: start.pagesDir,
      host: start.host,
      port: start.port,
      tls: start.tls ?? undefined,
    });
  } catch (error) {
    await service.stop();
    throw error;
  }
  const listening = server;
  return {
    port: listening.port,
    tvPort,
    stop: async () => {
      await listening.close();
      await service.stop();
    },
  };
}
