import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { HEALTH } from '../../contract/health.ts';
import { OWN_ALARMS, type OwnAlarm } from '../alarms.ts';
import { OverloadedError } from '../groupCommit.ts';
import type { Ingest, TakenOrHeld } from '../ingest.ts';
import { StoreBusyError } from '../store/types.ts';

/** Read at the moment somebody collects. */
export interface CentreState {
  version: string;
  role: 'centre' | 'hub';
  listeners(): number;
  /** Windows that speak, and that are silent. */
  presence(): { heard: number; silent: number };
  active(): boolean;
  /** Machines by the version of the protocol that they spoke last. */
  protocols(): { version: number; machines: number }[];
  /** Of a hub; null at the centre. */
  upstream(): { connected: boolean; lastContact: number | null; waitingOps: number } | null;
  /** Of a centre: ops that were promised and are not judged yet, and when the oldest came, ms since 1970. Null at a hub. */
  held(): { ops: number; oldestAt: number | null } | null;
  /** Bytes. */
  files(): { database: number; wal: number; diskFree: number };
  /** The reserve is given up; null where none is held. */
  isDiskFull(): boolean | null;
  isRaised(alarm: OwnAlarm): boolean;
  /** When the newest backup was made, ms since 1970; null: there is none, or none is made here. */
  backupAt(): number | null;
}

/** Answers to a push, beside the codes of refusals; nothing else becomes a label. */
type PushAnswerName = TakenOrHeld['kind'] | 'busy' | 'failed';

/**
 * What a centre or a hub measures of itself. Made only where somebody collects it. No label holds anything that a person,
 * a machine or a case is called by.
 */
export class CentreMetrics {
  readonly #figures = new Registry();
  readonly #ops: Counter<'outcome'>;
  readonly #pushes: Counter<'answer'>;
  readonly #pushSeconds: Histogram;
  readonly #groupOps: Histogram;
  readonly #commitSeconds: Histogram;
  readonly #responses: Counter<'route' | 'status'>;
  readonly #refusals: Counter<'code'>;
  /** Pushes under way, the oldest first. */
  readonly #waiting = new Set<{ at: number; ops: number }>();

  constructor(state: CentreState) {
    const registers = [this.#figures];
    collectDefaultMetrics({ register: this.#figures });
    this.#ops = new Counter({
      name: 'yichuang_ingest_ops_total',
      help: 'Ops that were taken in, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.#pushes = new Counter({
      name: 'yichuang_ingest_pushes_total',
      help: 'Pushes that reached the ledger, by answer.',
      labelNames: ['answer'],
      registers,
    });
    this.#pushSeconds = new Histogram({
      name: 'yichuang_ingest_push_duration_seconds',
      help: 'From a push in hand to its durable answer.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.#groupOps = new Histogram({
      name: 'yichuang_ingest_group_ops',
      help: 'Ops that shared one durable transaction.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      registers,
    });
    this.#commitSeconds = new Histogram({
      name: 'yichuang_ingest_commit_duration_seconds',
      help: 'One durable transaction, from the first look at the ledger on.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    });
    this.#responses = new Counter({
      name: 'yichuang_http_responses_total',
      help: 'Answers, by the pattern of the route and the class of the status.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#refusals = new Counter({
      name: 'yichuang_http_refusals_total',
      help: 'Refused requests, by the code of the contract.',
      labelNames: ['code'],
      registers,
    });
    gaugeIn(registers, 'yichuang_ingest_waiting_ops', 'Ops whose push is not answered yet.', () => this.#waitingOps());
    gaugeIn(registers, 'yichuang_ingest_oldest_waiting_seconds', 'Age of the oldest such push.', () =>
      this.#oldestWaiting(),
    );
    readAtCollection(registers, state);
  }

  get contentType(): string {
    return this.#figures.contentType;
  }

  metrics(): Promise<string> {
    return this.#figures.metrics();
  }

  /** The same way in, measured. */
  measure(ingest: Ingest): Ingest {
    return {
      ...ingest,
      push: async (push, text) => {
        const done = this.#pushSeconds.startTimer();
        const waiting = { at: performance.now(), ops: push.ops.length };
        this.#waiting.add(waiting);
        try {
          const verdict = await ingest.push(push, text);
          this.#notePush(verdict.kind);
          if (verdict.kind === 'held') this.#ops.inc({ outcome: 'held' }, push.ops.length);
          this.#noteOps(verdict);
          return verdict;
        } catch (error) {
          this.#notePush(error instanceof StoreBusyError || error instanceof OverloadedError ? 'busy' : 'failed');
          throw error;
        } finally {
          this.#waiting.delete(waiting);
          done();
        }
      },
      judge: async (...given) => {
        const verdict = await ingest.judge(...given);
        this.#noteOps(verdict);
        return verdict;
      },
      relay: async (...given) => {
        const results = await ingest.relay(...given);
        for (const { outcome } of results) this.#ops.inc({ outcome });
        return results;
      },
    };
  }

  noteCommit(ops: number, seconds: number): void {
    this.#groupOps.observe(ops);
    this.#commitSeconds.observe(seconds);
  }

  noteResponse(route: string, status: number): void {
    this.#responses.inc({ route, status: `${Math.floor(status / 100)}xx` });
  }

  noteRefusal(code: string): void {
    this.#refusals.inc({ code });
  }

  #waitingOps(): number {
    return [...this.#waiting].reduce((sum, { ops }) => sum + ops, 0);
  }

  #oldestWaiting(): number {
    const [oldest] = this.#waiting;
    return oldest ? (performance.now() - oldest.at) / 1000 : 0;
  }

  #noteOps(verdict: TakenOrHeld): void {
    if (verdict.kind === 'taken') for (const { outcome } of verdict.results) this.#ops.inc({ outcome });
  }

  #notePush(answer: PushAnswerName): void {
    this.#pushes.inc({ answer });
  }
}

/** A gauge without labels; null: nobody can say. */
function gaugeIn(registers: Registry[], name: string, help: string, read: () => number | null): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      const value = read();
      if (value === null) this.remove();
      else this.set(value);
    },
  });
}

function readAtCollection(registers: Registry[], state: CentreState): void {
  const gauge = (name: string, help: string, read: () => number | null) => gaugeIn(registers, name, help, read);
  const { version, role } = state;
  new Gauge({
    name: 'yichuang_build_info',
    help: 'The program, always 1.',
    labelNames: ['version', 'role'],
    registers,
  }).set({ version, role }, 1);
  gauge('yichuang_hub_active', 'Whether it decides; 0 for a standby.', () => (state.active() ? 1 : 0));
  gauge('yichuang_live_connections', 'Live lines that are open.', () => state.listeners());
  new Gauge({
    name: 'yichuang_presence_windows',
    help: 'Windows that spoke since the start, by whether they speak now.',
    labelNames: ['state'],
    registers,
    collect() {
      const { heard, silent } = state.presence();
      this.set({ state: 'heard' }, heard);
      this.set({ state: 'silent' }, silent);
    },
  });
  new Gauge({
    name: 'yichuang_protocol_devices',
    help: 'Machines that said hello since the start, by the version of the protocol that they speak.',
    labelNames: ['version'],
    registers,
    collect() {
      for (const { version: spoken, machines } of state.protocols()) this.set({ version: String(spoken) }, machines);
    },
  });
  if (role === 'hub') {
    gauge('yichuang_relay_connected', 'Whether the centre answers.', () => (state.upstream()?.connected ? 1 : 0));
    gauge(
      'yichuang_relay_waiting_ops',
      'Ops that the centre has not confirmed.',
      () => state.upstream()?.waitingOps ?? null,
    );
    gauge('yichuang_relay_last_contact_timestamp_seconds', 'When the centre answered last.', () =>
      seconds(state.upstream()?.lastContact),
    );
  }
  if (role === 'centre') {
    gauge('yichuang_intake_held_ops', 'Ops that are acknowledged and not judged yet.', () => state.held()?.ops ?? null);
    gauge('yichuang_intake_oldest_held_timestamp_seconds', 'When the oldest of them came.', () =>
      seconds(state.held()?.oldestAt),
    );
  }
  new Gauge({
    name: 'yichuang_database_bytes',
    help: 'Size of the files of the database.',
    labelNames: ['file'],
    registers,
    collect() {
      const { database, wal } = state.files();
      this.set({ file: 'main' }, database);
      this.set({ file: 'wal' }, wal);
    },
  });
  gauge('yichuang_disk_free_bytes', 'Left where the data lie.', () => state.files().diskFree);
  new Gauge({
    name: 'yichuang_alarm',
    help: 'Whether an alarm stands.',
    labelNames: ['code', 'level'],
    registers,
    collect() {
      for (const code of OWN_ALARMS) this.set({ code, level: HEALTH[code].level }, Number(state.isRaised(code)));
    },
  });
  gauge('yichuang_backup_last_success_timestamp_seconds', 'When the newest backup was made.', () =>
    seconds(state.backupAt()),
  );
  gauge('yichuang_disk_full', 'Whether the disk is full and the reserve given up.', () => asNumber(state.isDiskFull()));
}

function asNumber(truth: boolean | null): number | null {
  return truth === null ? null : Number(truth);
}

function seconds(ms: number | null | undefined): number | null {
  return ms == null ? null : ms / 1000;
}
