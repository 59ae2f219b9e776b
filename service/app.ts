import { parseTerminalConfig, type TerminalRole } from '../contract/config.ts';
import { toWireError, YichuangError } from '../contract/errors.ts';
import type { ServicePush } from '../contract/serviceProtocol.ts';
import type { OpJournal } from '../db/journal/journal.ts';
import { Store } from '../db/store.ts';
import { countQuarantined } from '../disk/quarantine.ts';
import type { SpaceWatch } from '../disk/spaceWatch.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import type { MetricsServer } from '../link/metricsServer.ts';
import { readTls } from '../link/secureFetch.ts';
import type { SyncClient } from '../sync/syncClient.ts';
import { TV_CONNECTION } from './access/screen.ts';
import { Announcer } from './announcer.ts';
import { Uploads } from './attachment/uploads.ts';
import type { ServiceContext } from './context.ts';
import { Diagnosis } from './diagnosis/diagnosis.ts';
import { Dispatcher } from './dispatch.ts';
import { Doctor } from './doctor/doctor.ts';
import type { Duties } from './duties/duties.ts';
import { openJournal } from './duties/opJournal.ts';
import { watchSpace } from './duties/watchSpace.ts';
import type { MachineReporter } from './health/reporter.ts';
import { HealthWatch } from './health/watch.ts';
import { firstFrame, type Log } from './log.ts';
import { Visits } from './preReview/visits.ts';
import { HallNow } from './queue/hallNow.ts';
import type { HallQueue } from './queue/hallQueue.ts';
import { startQueue } from './queue/startQueue.ts';
import { Reference } from './reference.ts';
import { noteReturned } from './returned/note.ts';
import { PublicScreen } from './screen/publicScreen.ts';
import { ScreenDesk } from './screen/screenDesk.ts';
import { StartCheck } from './startCheck.ts';
import { openDevices } from './startup/openDevices.ts';
import { openDuties } from './startup/openDuties.ts';
import { openHealth } from './startup/openHealth.ts';
import { openImages } from './startup/openImages.ts';
import { openMetrics } from './startup/openMetrics.ts';
import { openPrintJournal } from './startup/openPrintJournal.ts';
import { openReporter } from './startup/openReporter.ts';
import { openSessions } from './startup/openSessions.ts';
import { openSync } from './startup/openSync.ts';
import type { ServiceOptions } from './startup/options.ts';
import { readSyncLine } from './syncLine.ts';

/** A page that has not come back this long after a restart of the service is gone, and its clerk with it. */
const RETURN_MS = 60_000;
/** How often to look whether a desk was left. */
const IDLE_CHECK_MS = 5_000;

/** A running terminal without its windows: store, devices, sync and the use cases, behind one call. */
export class Service {
  readonly #context: ServiceContext;
  readonly #dispatcher: Dispatcher;
  readonly #announcer: Announcer;
  readonly #duties: Duties;
  readonly #opJournal: OpJournal | null;
  readonly #startCheck: StartCheck;
  readonly #space: SpaceWatch | null;
  readonly #watch: HealthWatch;
  readonly #reporter: MachineReporter | null;
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
      onFullDisk: () => this.#space?.noteFull(),
      onDamaged: () => {
        log.fatal('database-damaged');
        onDamaged();
      },
    });
    const startCheck = new StartCheck({ store, dataDir: start.dataDir, keyHex: start.key.hex });
    this.#startCheck = startCheck;
    const announcer = new Announcer({
      // An alarm may be found before anybody can listen.
      audience: (event) => this.#dispatcher?.audience(event) ?? [],
      push,
      queueChanged: () => screens.forget(),
      readLine: () => (store.db.open ? readSyncLine(this.#context) : null),
    });
    this.#announcer = announcer;
    const health = openHealth({ start, store, now, announcer, changed: () => this.#reporter?.note(), log });
    const context = () => this.#context;
    const devices = openDevices({ config, start, now, announcer, log, context });
    const { demo } = start;
    const sessions = openSessions({ config, store, demo, now, newId, push, queue: () => this.#queue, context });
    const committed = (streams: readonly string[]) => this.#context.committed(streams);
    const journal = openPrintJournal({ store, devices, committed });
    const tls = config.hub?.tls && readTls(config.hub.tls);
    const images = openImages({ config, store, tls, now, announcer, sync: () => this.#sync, log });
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
      diagnosis: new Diagnosis({ dataDir: start.dataDir, keyHex: start.key.hex }, start.logsDir ?? null),
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
      isChecking: () => startCheck.isRunning,
      onFullDisk: () => this.#space?.noteFull(),
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
    this.#sync = openSync({ context: this.#context, announcer, tls, log });
    this.#tvs = new PublicScreen({
      tv: config.screen.tv,
      pagesDir,
      call: (connection, role, method, input) => this.call(connection, role, method, input),
      closeConnection: (connection) => this.closeConnection(connection),
      onRefused: (code) => log.error({ code }, 'tv-port-refused'),
    });
    this.#queue = this.#sync && startQueue(this.#context, { sync: this.#sync, rules, announcer, log });
    this.#reporter = this.#sync && openReporter(this.#context, this.#sync, () => this.#watch.look());
    const spoken = () => this.#reporter?.spoken ?? null;
    this.#watch = new HealthWatch({ health, store, sync: () => this.#sync, spoken, monotonic });
    this.#space = watchSpace(start.dataDir, config.durability.reserveMegabytes, health, log);
    startCheck.run(health, log);
    const found = countQuarantined(start.dataDir);
    if (found > 0) health.raise('quarantine', { found });
    this.#opJournal = openJournal({
      ...{ store, health, now, newId, log, dataDir: start.dataDir, keyHex: start.key.hex },
      journalDir: config.durability.journalDir,
    });
    this.#duties = openDuties(this.#context, start, this.#opJournal, log);
    this.#metrics = openMetrics(this.#context, start.dataDir, log);
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
    await Promise.all([this.#queue?.stop(), this.#reporter?.stop()]);
    await Promise.allSettled([
      this.#sync?.stop(),
      this.#context.images.stop(),
      this.#duties.stop(),
      this.#context.devices.stop(),
      this.#context.uploads.stop(),
    ]);
    await this.#startCheck.stop();
    await this.#space?.stop();
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
