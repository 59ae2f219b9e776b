import path from 'node:path';
import type Database from 'better-sqlite3';
import { Intake } from '../../../centre/intake/intake.ts';
import { gapAnswer, PREFER_HEADER, PREFERS_ASYNC } from '../../../contract/sync.ts';
import { Ledger } from '../../../db/ledger.ts';
import { jsonBytes } from '../../../link/jsonBytes.ts';
import type { LineHost } from '../engine/database/watchLines.ts';
import { diskError } from '../engine/disk.ts';
import type { Looked } from '../engine/looked.ts';
import { Network } from '../engine/network.ts';
import { Pressure } from '../engine/pressure.ts';
import { Random } from '../engine/random.ts';
import type { Life } from '../engine/scope.ts';
import type { Tap } from '../engine/simLine.ts';
import { Trace } from '../engine/trace.ts';
import { VirtualTime } from '../engine/virtualTime.ts';
import { Wire } from '../engine/wire/wire.ts';
import { watchImages } from './imageTraffic.ts';
import type { Machine } from './machine.ts';
import { asOlderProgram, type OlderVersion } from './olderProgram.ts';
import { ProgramAges } from './programAges.ts';
import { Promises } from './promises.ts';
import { Server } from './server.ts';
import { ServerOnPostgres } from './serverOnPostgres.ts';
import type { Surroundings } from './surroundings.ts';
import { HUBS, TERMINALS, type Template } from './template.ts';
import { Terminal } from './terminal.ts';

/** Who is there: terminals at the centre; at a hub in front of it; at a hub with a standby. */
export type Shape = 'centre' | 'hub' | 'pair';

/** Runs in which people scan. */
const WITH_IMAGES = 0.4;
/** Runs with narrow lines and busy servers. */
const WITH_PRESSURE = 0.25;
/** Runs in which terminals keep a journal. */
const WITH_JOURNAL = 0.35;

/** A hall and its centre in one process, with everything that can happen to them. */
export class World implements Surroundings {
  readonly dir: string;
  readonly shape: Shape;
  readonly time = new VirtualTime();
  readonly trace = new Trace(this.time);
  readonly network: Network;
  readonly promises = new Promises();
  readonly ages = new ProgramAges(this);
  /** Draws what goes wrong. */
  readonly chance: Random;
  readonly terminals: Terminal[];
  /** Nothing new goes wrong meanwhile, but what a scenario itself does. */
  isCalm = false;
  /** People at work. */
  readonly clerks: { isAtWork: boolean }[] = [];
  readonly filesChance: Random;
  readonly hasImages: boolean;
  readonly hasJournal: boolean;
  readonly wire: Wire;
  readonly centre: Server;
  readonly hubs: readonly Server[];
  /** The first thing that must not have happened. */
  failure: string | null = null;
  readonly #databases = new Map<string, Database.Database>();
  readonly #buried: Database.Database[] = [];

  constructor(dir: string, template: Template, seed: number) {
    this.dir = dir;
    this.chance = new Random(seed, 'faults');
    this.network = new Network(this.time, new Random(seed, 'network'), this.trace);
    const pressure = new Random(seed, 'pressure');
    if (pressure.chance(WITH_PRESSURE)) this.network.pressure = new Pressure(pressure, this.trace);
    this.filesChance = new Random(seed, 'files');
    this.hasImages = new Random(seed, 'images').chance(WITH_IMAGES);
    this.hasJournal = new Random(seed, 'journal').chance(WITH_JOURNAL);
    this.wire = new Wire({
      ...{ time: this.time, random: new Random(seed, 'wire'), trace: this.trace },
      hostOf: (name) => this.network.hostOf(name),
      isCut: (from, to) => this.network.isCut(from, to),
      weather: () => this.network.weather,
      onRequest: watchImages(this),
    });
    this.shape = this.chance.pick(['centre', 'centre', 'hub', 'pair']);
    const at = (name: string) => path.join(template.dir, name);
    this.centre = template.database
      ? new ServerOnPostgres(this, 'C', at('centre'), template.database)
      : new Server(this, 'C', at('centre'));
    const { url: upstream } = this.centre;
    const [first, second] = HUBS;
    const urlOf = (name: string) => `http://${name.toLowerCase()}:1`;
    const hub = (name: string, peer?: { url: string; startsAs: 'active' | 'standby' }) =>
      new Server(this, name, at(name), { upstream, code: template.codes[name] ?? '', ...(peer && { peer }) });
    if (this.shape === 'centre') this.hubs = [];
    else if (this.shape === 'hub') this.hubs = [hub(first)];
    else {
      this.hubs = [
        hub(first, { url: urlOf(second), startsAs: 'active' }),
        hub(second, { url: urlOf(first), startsAs: 'standby' }),
      ];
    }
    const urls = this.hubs.length > 0 ? this.hubs.map(({ url }) => url) : [upstream];
    this.terminals = TERMINALS.map((name) => new Terminal(this, { name }, at(name), urls, template.codes[name] ?? ''));
    const versions = new Random(seed, 'versions');
    if (!versions.chance(0.3)) return;
    // A hub speaks no older one than 2.
    const older = this.shape === 'centre' ? ([2, 1] as const) : ([2] as const);
    for (const terminal of this.terminals) if (versions.chance(0.5)) terminal.speaks = versions.pick(older);
  }

  get machines(): readonly Machine[] {
    return [this.centre, ...this.hubs, ...this.terminals];
  }

  get servers(): readonly Server[] {
    return [this.centre, ...this.hubs];
  }

  fail(reason: string): void {
    if (this.failure === null) this.trace.note(`WRONG: ${reason}`);
    this.failure ??= reason;
  }

  /** A machine is switched off and never again put to use. */
  putAway(terminal: Terminal): void {
    terminal.isPutAway = true;
    if (terminal.life) terminal.life.isOver = true;
    this.bury(terminal.running?.store.db ?? null);
    this.terminals.splice(this.terminals.indexOf(terminal), 1);
  }

  later(ms: number, run: () => void): void {
    this.time.after(ms, run, null);
  }

  machineOf(life: Life): Machine | undefined {
    return this.machines.find((machine) => machine.life === life);
  }

  /** Called by whoever watches commits. */
  atCommit(life: Life, moment: 'before-commit' | 'after-commit', db: Database.Database): void {
    const machine = this.machineOf(life);
    if (!machine) return;
    this.#databases.set(machine.name, db);
    if (moment === 'before-commit' && machine.diskFault !== null) {
      this.countDiskFault(machine.diskFault);
      throw diskError(machine.diskFault);
    }
    if (moment === 'after-commit') {
      const acked = 'SELECT coalesce(max(acked), 0) FROM push_state WHERE epoch = ?';
      this.promises.noteWritten(machine.name, (epoch) => db.prepare(acked).pluck().get(epoch) as number);
    }
    machine.at(moment);
  }

  connectionOf(machine: { name: string }): Database.Database | null {
    return this.#databases.get(machine.name) ?? null;
  }

  /** What is to be seen of the data of a server. */
  databaseOf(server: Server): Looked | null {
    return server.looked;
  }

  /** Whoever has a line to a PostgreSQL server. */
  lineHostOf(life: Life): LineHost | undefined {
    const { centre } = this;
    return centre.life === life && centre instanceof ServerOnPostgres ? centre : undefined;
  }

  countDiskFault(fault: 'SQLITE_FULL' | 'SQLITE_IOERR'): void {
    this.trace.count(fault === 'SQLITE_FULL' ? 'disk full' : 'disk error');
  }

  bury(db: Database.Database | null): void {
    if (db) this.#buried.push(db);
  }

  tapFor(terminal: { name: string; speaks: OlderVersion | null }): Tap {
    return {
      ...(terminal.speaks !== null && asOlderProgram(terminal.speaks)),
      answer: ({ path: asked, body, headers }, { ok, body: answer }) => {
        if (ok && terminal.speaks !== null && asked.endsWith('/hello'))
          this.trace.count(`version ${(answer as { version: number }).version} spoken`);
        if (ok && asked.includes('/pull?') && (answer as { rows: object[] }).rows.some((row) => 'own' in row))
          this.trace.count('own op named and not sent back');
        if (!asked.endsWith('/push')) return;
        const isBacklog = headers?.[PREFER_HEADER]?.includes(PREFERS_ASYNC);
        if (isBacklog && gapAnswer.safeParse(answer).success) this.trace.count('push of a backlog ahead of another');
        if (!ok) return;
        const { device, epoch, ops } = readJson(body) as { device: string; epoch: number; ops: object[] };
        // As many as the knobs let one push have.
        if (ops.length === 2) this.trace.count('push with another behind it');
        const { acked: seq, head: hash, held } = answer as { acked: number; head: string; held?: true };
        if (held) this.trace.count('push held by the centre');
        this.promises.hear({ device, epoch, seq, hash, from: terminal.name, at: this.time.now });
      },
    };
  }

  /** Notes every op that anybody tries to write. @returns takes it out again */
  watchAppends(): () => void {
    const { append } = Ledger.prototype;
    const { promises, ages } = this;
    Ledger.prototype.append = function (this: Ledger, change) {
      const appended = append.call(this, change);
      promises.attempted.add(appended.op.op_id);
      ages.noteWritten(appended.op.op_id);
      return appended;
    } as typeof append;
    return () => {
      Ledger.prototype.append = append;
    };
  }

  /** Notes when somebody waits for what a centre holds, and when a centre finds it at its start. @returns takes it out again */
  watchIntake(): () => void {
    const { settled, judgeAll } = Intake.prototype;
    const { trace } = this;
    let isStarting = false;
    Intake.prototype.settled = function (this: Intake, hall) {
      if (!isStarting && this.room.ofHall(hall).length > 0) trace.count('waited for what the centre held');
      return settled.call(this, hall);
    };
    Intake.prototype.judgeAll = function (this: Intake) {
      if (!this.room.isEmpty) trace.count('held push judged after a restart');
      isStarting = true;
      const judged = judgeAll.call(this);
      isStarting = false;
      return judged;
    };
    return () => Object.assign(Intake.prototype, { settled, judgeAll });
  }

  close(): void {
    for (const machine of this.machines) {
      if (machine.life) machine.life.isOver = true;
      machine.release();
    }
    for (const db of [
      ...this.#buried,
      ...this.#databases.values(),
      ...this.terminals.map((each) => each.running?.store.db),
    ])
      if (db?.open) db.close();
  }
}

function readJson(body: unknown): unknown {
  return JSON.parse(Buffer.from(jsonBytes(body)).toString());
}
