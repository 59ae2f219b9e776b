import { parseTerminalConfig, type TerminalRole } from '../contract/config.ts';
import { CERTIFICATE_DEADLINE_MS } from '../contract/deviceProtocol.ts';
import { toWireError, YichuangError } from '../contract/errors.ts';
import type { ServicePush, ServiceStart } from '../contract/serviceProtocol.ts';
import type { OpJournal } from '../db/journal/journal.ts';
import { Store } from '../db/store.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import { connectTls } from '../link/httpLine.ts';
import { type MetricsServer, serveMetrics } from '../link/metricsServer.ts';
import { readTls } from '../link/secureFetch.ts';
import { SyncClient } from '../sync/syncClient.ts';
import { TV_CONNECTION } from './access/screen.ts';
import { Announcer } from './announcer.ts';
import { Uploads } from './attachment/uploads.ts';
import { PrintJournal } from './certificate/journal.ts';
import type { ServiceContext } from './context.ts';
import { DeviceHost } from './deviceHost.ts';
import { Dispatcher } from './dispatch.ts';
import { Doctor } from './doctor/doctor.ts';
import { Duties } from './duties/duties.ts';
import { HourlyBackup } from './duties/hourlyBackup.ts';
import { openJournal } from './duties/opJournal.ts';
import { Health } from './health/health.ts';
import { HealthWatch } from './health/watch.ts';
import { Images } from './images.ts';
import { firstFrame, type Log } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { Visits } from './preReview/visits.ts';
import { HallNow } from './queue/hallNow.ts';
import type { HallQueue } from './queue/hallQueue.ts';
import { obeyKey } from './queue/keys.ts';
import { startQueue } from './queue/startQueue.ts';
import { Reference } from './reference.ts';
import { noteReturned } from './returned/note.ts';
import { PublicScreen } from './screen/publicScreen.ts';
import { ScreenDesk } from './screen/screenDesk.ts';
import { Sessions } from './sessions.ts';
import { readSyncLine } from './syncLine.ts';

/** A page that has not come back this long after a restart of the service is gone, and its clerk with it. */
const RETURN_MS = 60_000;
/** How often to look whether a desk was left. */
const IDLE_CHECK_MS = 5_000;

export interface ServiceOptions {
  start: ServiceStart;
  now: () => number;
  /** Milliseconds of a clock that nobody sets; that of the process by default. */
  monotonic?: (() => number) | undefined;
  newId: () => string;
  log: Log;
  push: (push: ServicePush) => void;
  /** The built pages, where this machine serves them; absent: none. */
  pagesDir?: string | undefined;
  /** The data are damaged: the process is to end, and a new one finds out how much. */
  onDamaged?: (() => void) | undefined;
  /** Asked when the start says that the parent prints papers. */
  printPaper?: ServiceContext['officePrinter'];
}

/** A running terminal without its windows: store, devices, sync and the use cases, behind one call. */
export class Service {
  readonly #context: ServiceContext;
  readonly #dispatcher: Dispatcher;
  readonly #announcer: Announcer;
  readonly #duties: Duties;
  readonly #opJournal: OpJournal | null;
  readonly #watch: HealthWatch;
  readonly #metrics: Promise<MetricsServer | null>;
  readonly #sync: SyncClient | null;
  readonly #tvs: PublicScreen;
  readonly #queue: HallQueue | null;
  readonly #log: Log;
  readonly #seen = new Set<string>();
  readonly #returnTimer: NodeJS.Timeout;
  readonly #idleTimer: NodeJS.Timeout;

  constructor({
    start,
    now,
    monotonic = steady,
    newId,
    log,
    push: pushToPages,
    pagesDir,
    onDamaged = () => {},
    printPaper = null,
  }: ServiceOptions) {
    this.#log = log;
    const push = (each: ServicePush): void => {
      if (each.connection?.startsWith(TV_CONNECTION)) this.#tvs.deliver(each);
      else pushToPages(each);
    };
    const config = parseTerminalConfig(start.configText);
    const store = Store.open({
      ...{ dir: start.dataDir, keyHex: start.key.hex, now, newId },
      onCommitted: () => this.#opJournal?.note(),
      onDamaged: () => {
        log.fatal('database-damaged');
        onDamaged();
      },
    });
    const announcer = new Announcer({
      // An alarm may be found before anybody can listen.
      audience: (event) => this.#dispatcher?.audience(event) ?? [],
      push,
      queueChanged: () => screens.forget(),
      readLine: () => (store.db.open ? readSyncLine(this.#context) : null),
    });
    this.#announcer = announcer;
    const health = new Health(now, (alarms) => {
      log.warn({ alarms: alarms.map(({ code, detail }) => ({ code, ...detail })) }, 'health');
      announcer.publish('health.changed', { alarms });
    });
    if (start.key.holder === 'development-file' && !start.demo) health.raise('key-weak', { holder: start.key.holder });
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
        'keypad.key': (payload) => {
          announcer.publish('keypad.key', payload);
          void obeyKey(this.#context, payload, (refused) => announcer.publish('queue.refused', refused));
        },
        'rating.given': ({ level }) => this.#queue?.ratings.pressed(level),
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
      onEnding: (clerk, reason) => this.#queue?.window.left(clerk, reason === 'idle'),
      onEnded: (connection, code) => {
        push({ connection, event: 'session.ended', payload: { code } });
        if (code === 'session-expired') this.#queue?.noteGone();
      },
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
    const tls = config.hub?.tls && readTls(config.hub.tls);
    const images = new Images({
      tls,
      store,
      config,
      now,
      url: () => this.#sync?.url ?? null,
      isConnected: () => this.#sync?.state.link === 'connected',
      gate: () => this.#sync?.gate ?? null,
      onChange: () => announcer.line(),
      log,
    });
    const reference = new Reference(store.publications, config.hours);
    const rules = () => reference.clockRules();
    const hall = new HallNow(store, now, rules);
    const screens = new ScreenDesk({
      view: () => hall.view(),
      store,
      now,
      monotonic,
      heardAt: () => (this.#sync ? this.#sync.heardAt : undefined),
      hall: config.terminal.hall,
    });
    const service = this;
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
      health,
      sessions,
      journal,
      screens,
      uploads: new Uploads(store.blobs),
      images,
      visits: new Visits(),
      hall,
      get queue() {
        return service.#queue;
      },
      get clockRules() {
        return reference.clockRules();
      },
      catalogueInForce: () => reference.catalogueInForce(hallDay(now())),
      catalogueOf: (version) => reference.catalogueOf(version),
      officePrinter: start.printsPapers ? printPaper : null,
      version: start.version,
      demo: start.demo,
      now,
      monotonic,
      newId,
      sync: () => this.#sync,
      syncLine: () => readSyncLine(this.#context),
      onDamaged: () => store.suspect(),
      committed: (streams) => {
        const isFollowed = journal.follow(streams);
        store.textIndex.schedule();
        this.#sync?.notify();
        images.notify(streams);
        this.#queue?.noteChanged(streams);
        announcer.line();
        announcer.cases(isFollowed ? [...streams, 'print:'] : streams);
      },
    };
    journal.recover();
    noteReturned(this.#context);
    store.prints.announce(config.terminal.id, config.devices.certificatePrinter?.driver ?? null);
    this.#dispatcher = new Dispatcher(this.#context);
    devices.watchReader(sessions.isAnySignedIn());
    this.#sync = config.hub
      ? new SyncClient({
          store,
          url: config.hub.url,
          standby: config.hub.standby,
          connect: tls && connectTls(tls),
          terminal: config.terminal.id,
          hall: config.terminal.hall,
          enrolmentCode: config.hub.enrolmentCode,
          now,
          monotonic,
          onChange: () => {
            this.#queue?.noteLink();
            announcer.line();
          },
          onStreams: (arrived) => {
            const noted = noteReturned(this.#context);
            const streams = [...arrived, ...noted];
            this.#queue?.noteChanged(streams);
            if (journal.follow(streams) || noted.length > 0) this.#sync?.notify();
            announcer.cases(streams);
          },
          onPublished: () =>
            announcer.publish('catalogue.changed', { version: this.#context.catalogueInForce().version }),
          onAlarm: (code, detail) => (detail === null ? health.clear(code) : health.raise(code, detail)),
          onScopeDiffers: (scope) =>
            scope === null ? health.clear('digest-differs') : health.raise('digest-differs', { scope }),
          log: (event, fields) => log.info(fields ?? {}, event),
        })
      : null;
    this.#tvs = new PublicScreen({
      tv: config.screen.tv,
      pagesDir,
      call: (connection, role, method, input) => this.call(connection, role, method, input),
      closeConnection: (connection) => this.closeConnection(connection),
      onRefused: (code) => log.error({ code }, 'tv-port-refused'),
    });
    this.#queue = this.#sync && startQueue(this.#context, { sync: this.#sync, rules, announcer, log });
    this.#watch = new HealthWatch({ health, store, sync: () => this.#sync, monotonic });
    this.#opJournal = openJournal({
      ...{ store, health, now, newId, log, dataDir: start.dataDir, keyHex: start.key.hex },
      journalDir: config.durability.journalDir,
    });
    this.#duties = new Duties(this.#context, new HourlyBackup(start.dataDir, start.key.hex), log, this.#opJournal);
    const { port } = config.metrics ?? {};
    this.#metrics =
      port === undefined
        ? Promise.resolve(null)
        : serveMetrics(createMetrics(this.#context, start.dataDir), port).catch((error: NodeJS.ErrnoException) => {
            log.error({ code: error.code ?? error.name }, 'metrics-port-refused');
            return null;
          });
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
    this.#context.visits.forget(connection);
    this.#context.sessions.logout(connection, 'stopped');
    this.#queue?.noteGone();
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
    this.#watch.stop();
    this.#context.visits.stop();
    await (await this.#metrics)?.close();
    await this.#tvs.close();
    await this.#queue?.stop();
    await Promise.allSettled([
      this.#sync?.stop(),
      this.#context.images.stop(),
      this.#duties.stop(),
      this.#context.devices.stop(),
      this.#context.uploads.stop(),
    ]);
    await this.#opJournal?.stop();
    this.#context.store.close();
  }

  /** Port at which TVs are served, after the first attempt to have it; 0: none is configured, or it is taken. */
  async tvPort(): Promise<number> {
    await this.#tvs.tried;
    return this.#tvs.port;
  }

  /** Port at which figures are read; 0: none is configured, or it is taken. */
  async metricsPort(): Promise<number> {
    return (await this.#metrics)?.port ?? 0;
  }

  #closeStale(): void {
    for (const connection of this.#context.sessions.connections()) {
      if (!this.#seen.has(connection)) this.#context.sessions.logout(connection, 'stopped');
    }
  }
}

function steady(): number {
  return performance.now();
}
