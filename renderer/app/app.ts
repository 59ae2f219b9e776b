import { createContext, useContext } from 'react';
import type { RpcClient } from '../rpc/client.ts';
import { createSession, type SessionStore } from './session.ts';
import { createStatus, type StatusStore } from './status.ts';

/** What every page shares. Role pages add their own stores. */
export interface App {
  client: RpcClient;
  session: SessionStore;
  status: StatusStore;
}

/** Wires the shared stores to the service and keeps them true over its restarts. */
export function createApp(client: RpcClient): App {
  const app: App = { client, session: createSession(client), status: createStatus(client) };
  const greet = async (): Promise<void> => {
    try {
      await app.session.getState().refresh();
      await client.call('events.subscribe', { topics: ['identity', 'sync', 'devices', 'cases', 'service'] });
      await app.status.getState().refresh();
    } catch {
      // The service went away again: the next `up` greets anew.
    }
  };
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
