import { existsSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { YichuangError } from '../contract/errors.ts';
import { methods } from '../contract/rpc.ts';
import { serviceCalls, serviceEventsIn } from '../contract/serviceProtocol.ts';
import { StoreError } from '../db/open.ts';
import { Peer } from '../link/peer.ts';
import { parentPipe } from '../link/supervisedChild.ts';
import { Service } from './app.ts';
import { createLog } from './log.ts';

/** Entry of the service process, forked on the bundled Node 24 by the Electron shell. */

const log = createLog('service');
/** Beside the bundles: `pages` in a package, `renderer` in a built checkout. */
const pagesDir = ['../pages', '../renderer']
  .map((each) => path.join(import.meta.dirname, each))
  .find((each) => existsSync(path.join(each, 'index.html')));
let service: Service | null = null;
const DAMAGED_EXIT = 3;

const peer = new Peer(parentPipe(), {
  onCall: async (method, params) => {
    if (method === 'start') {
      const start = serviceCalls.start.input.parse(params);
      try {
        service ??= new Service({
          start,
          now: Date.now,
          newId: v7,
          log,
          push: (push) => peer.emit('push', push),
          pagesDir,
          // Whoever supervises starts it again, and the start looks at every page.
          onDamaged: () => setImmediate(() => process.exit(DAMAGED_EXIT)),
          printPaper: async (job) => {
            await peer.call('paper.print', job, methods['papers.print'].deadlineMs);
          },
        });
      } catch (error) {
        log.fatal({ error: (error as Error).message }, 'start-failed');
        if (error instanceof StoreError && error.code === 'damaged')
          throw new YichuangError('store-damaged', { details: { quarantine: error.quarantine } });
        throw error;
      }
      return {};
    }
    if (method !== 'rpc' || !service) throw new YichuangError('unknown-method');
    const { connection, role, method: name, input } = serviceCalls.rpc.input.parse(params);
    return service.call(connection, role, name, input);
  },
  onEvent: (event, payload) => {
    if (event === 'connection.closed') {
      const closed = serviceEventsIn[event].safeParse(payload);
      if (closed.success) service?.closeConnection(closed.data.connection);
    } else if (event === 'power.changed') {
      const power = serviceEventsIn[event].safeParse(payload);
      if (power.success && (power.data.state === 'suspend' || power.data.state === 'lock-screen'))
        service?.signOutAll();
    }
  },
});

async function end(): Promise<void> {
  peer.close();
  await service?.stop();
  process.exit(0);
}

process.once('disconnect', end);
process.once('SIGTERM', end);
process.once('SIGINT', end);
