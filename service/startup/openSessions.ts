import type { TerminalConfig } from '../../contract/config.ts';
import type { ServicePush } from '../../contract/serviceProtocol.ts';
import type { Store } from '../../db/store.ts';
import type { ServiceContext } from '../context.ts';
import type { HallQueue } from '../queue/hallQueue.ts';
import { Sessions } from '../sessions.ts';

interface Parts {
  config: TerminalConfig;
  store: Store;
  demo: boolean;
  now: () => number;
  newId: () => string;
  push: (push: ServicePush) => void;
  /** Null before there is one: a clerk may have left while the service was away. */
  queue: () => HallQueue | null;
  context: () => ServiceContext;
}

/** Who is signed in, and what hears of it: the reader, the window's queue, the page that loses its clerk. */
export function openSessions({ config, store, demo, now, newId, push, queue, context }: Parts): Sessions {
  const sessions: Sessions = new Sessions({
    store,
    terminal: config.terminal.id,
    lockAfterMs: config.lockAfterMinutes * 60_000,
    reloginAfterMs: config.reloginAfterMinutes * 60_000,
    // A demonstration may lie for weeks between two starts; without a centre there is nobody to ask.
    staffConfirmedAt: config.hub && !demo ? () => store.staff.confirmedAt() : null,
    now,
    newId,
    onEnding: (clerk, reason) => queue()?.window.left(clerk, reason === 'idle'),
    onEnded: (connection, code) => {
      push({ connection, event: 'session.ended', payload: { code } });
      if (code === 'session-expired') queue()?.noteGone();
    },
    onCommitted: () => {
      context().committed([]);
      context().devices.watchReader(sessions.isAnySignedIn());
    },
  });
  return sessions;
}
