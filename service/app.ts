import { parseTerminalConfig, type TerminalRole } from '../contract/config.ts';
import { CERTIFICATE_DEADLINE_MS } from '../contract/deviceProtocol.ts';
import { toWireError, YichuangError } from '../contract/errors.ts';
import type { SyncLine } from '../contract/rpc.ts';
import type { ServicePush, ServiceStart } from '../contract/serviceProtocol.ts';
import { Store } from '../db/store.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import { SyncClient } from '../sync/syncClient.ts';
import { Announcer } from './announcer.ts';
import { Uploads } from './attachment/uploads.ts';
import { PrintJournal } from './certificate/journal.ts';
import type { ServiceContext } from './context.ts';
import { DeviceHost } from './deviceHost.ts';
import { Dispatcher } from './dispatch.ts';
import { Doctor } from './doctor/doctor.ts';
import { Duties } from './duties/duties.ts';
import { HourlyBackup } from './duties/hourlyBackup.ts';
import type { Log } from './log.ts';
import { Reference } from './reference.ts';
import { Sessions } from './sessions.ts';

/** A page that has not come back this long after a restart of the service is gone, and its clerk with it. */
const RETURN_MS = 60_000;
/** How often to look whether a desk was left. */
const IDLE_CHECK_MS = 5_000;

export interface ServiceOptions {
  start: ServiceStart;
  now: () => number;
  newId: () => string;
  log: Log;
  push: (push: ServicePush) => void;
  /** Asked when the start says that the parent prints papers. */
  printPaper?: ServiceContext['officePrinter'];
}

/** A running terminal without its windows: store, devices, sync and the use cases, behind one call. */
export class Service {
  readonly #context: ServiceContext;
  readonly #dispatcher: Dispatcher;
  readonly #announcer: Announcer;
  readonly #duties: Duties;
  readonly #sync: SyncClient | null;
  readonly #log: Log;
  readonly #seen = new Set<string>();
  readonly #returnTimer: NodeJS.Timeout;
  readonly #idleTimer: NodeJS.Timeout;

  constructor({ start, now, newId, log, push, printPaper = null }: ServiceOptions) {
    this.#log = log;
    const config = parseTerminalConfig(start.configText);
    const store = Store.open({ dir: start.dataDir, keyHex: start.key.hex, now, newId });
    const announcer = new Announcer({
      audience: (event) => this.#dispatcher.audience(event),
      push,
      readLine: () => (store.db.open ? this.#syncLine() : null),
    });
    this.#announcer = announcer;
    const devices = new DeviceHost({
      devices: config.devices,
      entry: start.devicesEntry,
      execPath: start.execPath,
      now,
      onStatus: (all) => announcer.publish('devices.changed', all),
      on: {
        'reader.card': (payload) => announcer.publish('identity.card', payload),
        'reader.photo': (payload) => announcer.publish('identity.photo', payload),
        'reader.failed': (payload) => announcer.publish('identity.failed', payload),
        'certificate.progress': (payload) => announcer.publish('certificate.progress', payload),
        'keypad.key': (payload) => announcer.publish('keypad.key', payload),
      },
      onRestarting: () => this.#context.journal.loseSight(),
      log: (line) => log.info({ process: 'devices', line }, 'devices'),
    });
    const sessions = new Sessions({
      store,
      terminal: config.terminal.id,
      lockAfterMs: config.lockAfterMinutes * 60_000,
      reloginAfterMs: config.reloginAfterMinutes * 60_000,
      // A demonstration may lie for weeks between two starts; without a centre there is nobody to ask.
      staffConfirmedAt: config.hub && !start.demo ? () => store.staff.confirmedAt() : null,
      now,
      newId,
      onEnded: (connection, code) => push({ connection, event: 'session.ended', payload: { code } }),
      onCommitted: () => {
        this.#context.committed([]);
        devices.watchReader(sessions.isAnySignedIn());
      },
    });
    const journal = new PrintJournal({
      store,
      send: async (jobId, bytes) => {
        const input = { jobId, bytes: Buffer.from(bytes).toString('base64') };
        await devices.call('certificate.send', input, CERTIFICATE_DEADLINE_MS);
      },
      changed: (streams) => this.#context.committed([...streams, 'print:']),
    });
    const reference = new Reference(store.publications, config.hours);
    this.#context = {
      config,
      store,
      devices,
      doctor: new Doctor({
        devices,
        config,
        version: start.version,
        dataDir: start.dataDir,
        now,
        onChange: (run) => announcer.publish('doctor.changed', run),
      }),
      sessions,
      journal,
      uploads: new Uploads(store.blobs),
      get clockRules() {
        return reference.clockRules();
      },
      catalogueInForce: () => reference.catalogueInForce(hallDay(now())),
      catalogueOf: (version) => reference.catalogueOf(version),
      officePrinter: start.printsPapers ? printPaper : null,
      version: start.version,
      demo: start.demo,
      now,
      newId,
      sync: () => this.#sync,
      syncLine: () => this.#syncLine(),
      committed: (streams) => {
        const isFollowed = journal.follow(streams);
        store.textIndex.schedule();
        this.#sync?.notify();
        announcer.line();
        announcer.cases(isFollowed ? [...streams, 'print:'] : streams);
      },
    };
    journal.recover();
    store.prints.announce(config.terminal.id, config.devices.certificatePrinter?.driver ?? null);
    this.#dispatcher = new Dispatcher(this.#context);
    devices.watchReader(sessions.isAnySignedIn());
    this.#sync = config.hub
      ? new SyncClient({
          store,
          url: config.hub.url,
          standby: config.hub.standby,
          terminal: config.terminal.id,
          hall: config.terminal.hall,
          enrolmentCode: config.hub.enrolmentCode,
          now,
          onChange: () => announcer.line(),
          onStreams: (streams) => {
            if (journal.follow(streams)) this.#sync?.notify();
            announcer.cases(streams);
          },
          onPublished: () =>
            announcer.publish('catalogue.changed', { version: this.#context.catalogueInForce().version }),
          log: (event, fields) => log.info(fields ?? {}, event),
        })
      : null;
    this.#duties = new Duties(this.#context, new HourlyBackup(start.dataDir, start.key.hex), log);
    this.#returnTimer = setTimeout(() => this.#closeStale(), RETURN_MS);
    this.#returnTimer.unref();
    this.#idleTimer = setInterval(() => sessions.endIdle(), IDLE_CHECK_MS);
    this.#idleTimer.unref();
  }

  /** @throws YichuangError only; anything else becomes `internal` and is logged without its message */
  async call(connection: string, role: TerminalRole, method: string, input: unknown): Promise<unknown> {
    this.#seen.add(connection);
    try {
      const value = await this.#dispatcher.call(connection, role, method, input);
      if (method === 'session.login') this.#announcer.casesTo(connection);
      return value;
    } catch (error) {
      const wire = toWireError(error);
      if (!(error instanceof YichuangError))
        this.#log.error({ method, name: (error as Error).name, at: firstFrame(error) }, 'call-failed');
      throw new YichuangError(wire.code, { message: wire.message, details: wire.details });
    }
  }

  closeConnection(connection: string): void {
    this.#dispatcher.forget(connection);
    void this.#context.uploads.forget(connection);
    this.#context.sessions.logout(connection, 'stopped');
  }

  /** The desk is left alone: an unattended window must not stay signed in. Drafts stay. */
  signOutAll(): void {
    for (const connection of this.#context.sessions.connections()) this.#context.sessions.lock(connection);
  }

  isSignedIn(connection: string): boolean {
    return this.#context.sessions.get(connection) !== null;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#returnTimer);
    clearInterval(this.#idleTimer);
    await Promise.allSettled([
      this.#sync?.stop(),
      this.#duties.stop(),
      this.#context.devices.stop(),
      this.#context.uploads.stop(),
    ]);
    this.#context.store.close();
  }

  #syncLine(): SyncLine {
    const { store, config, now } = this.#context;
    const link = this.#sync?.state ?? { link: 'not-configured' as const, lastContact: null, clockOffsetMs: null };
    return {
      ...store.cases.countByPlace(config.terminal.id.slice(1), hallDay(now())),
      ...store.delivery.counts(),
      ...link,
    };
  }

  #closeStale(): void {
    for (const connection of this.#context.sessions.connections()) {
      if (!this.#seen.has(connection)) this.#context.sessions.logout(connection, 'stopped');
    }
  }
}

/** File and line of a failure: enough to find it, without the message, which may quote data. */
function firstFrame(error: unknown): string {
  return error instanceof Error
    ? (error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '').trim()
    : '';
}
