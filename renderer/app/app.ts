import { createContext, useContext } from 'react';
import type { RpcClient } from '../rpc/client.ts';
import { createReference, type ReferenceStore } from './reference.ts';
import { createSession, type SessionStore } from './session.ts';
import { reportSigns } from './signs.ts';
import { createStatus, type StatusStore } from './status.ts';

/** What every page shares. Role pages add their own stores. */
export interface App {
  client: RpcClient;
  session: SessionStore;
  status: StatusStore;
  reference: ReferenceStore;
}

/** A service that locks after minutes need not know to the second when the clerk moved last. */
const SIGN_EVERY_MS = 15_000;

/** Wires the shared stores to the service and keeps them true over its restarts. */
export function createApp(client: RpcClient): App {
  const app: App = {
    client,
    session: createSession(client),
    status: createStatus(client),
    reference: createReference(client),
  };
  const listen = async (): Promise<void> => {
    if (app.session.getState().info?.isCitizen) {
      await client.call('events.subscribe', { topics: ['queue'] });
      return;
    }
    await client.call('events.subscribe', {
      topics: ['identity', 'sync', 'devices', 'cases', 'catalogue', 'service', 'session', 'queue'],
    });
    await Promise.all([app.status.getState().refresh(), app.reference.getState().load()]);
  };
  const greet = async (): Promise<void> => {
    try {
      await app.session.getState().refresh();
      await listen();
    } catch {
      // The service went away again: the next `up` greets anew. Or it is the office server, which speaks to nobody who
      // has not signed in.
    }
  };
  app.session.subscribe(({ info }, before) => {
    if (info?.staff && !before.info?.staff) listen().catch(() => undefined);
  });
  if (typeof window !== 'undefined') reportSigns(window, SIGN_EVERY_MS, () => app.session.getState().noteSign());
  client.onState((state) => {
    if (state === 'up') void greet();
  });
  if (client.state() === 'up') void greet();
  return app;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('AppContext is missing');
  return app;
}
