import type { App } from 'electron';
import type { Log } from './log.ts';
import type { ServiceHost } from './serviceHost.ts';

/** sysexits.h: internal software error. */
const EX_SOFTWARE = 70;

/** A defect must end the process, loudly: by default Electron hangs on without a window after a rejected promise. */
export function exitOnDefects(app: App, log: Log): void {
  const exit = (kind: string) => (error: unknown) => {
    log.error(kind, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    app.exit(EX_SOFTWARE);
  };
  process.on('uncaughtException', exit('uncaught exception'));
  process.on('unhandledRejection', exit('unhandled rejection'));
}

/**
 * The service closes its database before we go; it is killed if it takes longer than `ServiceHost.stop` allows.
 * @param leavePages tells the service that the pages end: their windows close after it is gone
 */
export function stopBeforeQuit(app: App, service: ServiceHost, leavePages: () => void): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    leavePages();
    void service.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
