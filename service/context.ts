import type { TerminalConfig, TerminalRole } from '../contract/config.ts';
import type { MethodName, MethodOutput, MethodParams, SyncLine } from '../contract/rpc.ts';
import type { PaperJob } from '../contract/serviceProtocol.ts';
import type { Store } from '../db/store.ts';
import type { Catalogue } from '../domain/catalogue/types.ts';
import type { ClockRules } from '../domain/clock/openTime.ts';
import type { SyncClient } from '../sync/syncClient.ts';
import type { Uploads } from './attachment/uploads.ts';
import type { PrintJournal } from './certificate/journal.ts';
import type { DeviceHost } from './deviceHost.ts';
import type { Doctor } from './doctor/doctor.ts';
import type { Health } from './health/health.ts';
import type { Images } from './images.ts';
import type { Visits } from './preReview/visits.ts';
import type { HallNow } from './queue/hallNow.ts';
import type { HallQueue } from './queue/hallQueue.ts';
import type { ScreenDesk } from './screen/screenDesk.ts';
import type { Sessions } from './sessions.ts';

/** What every use case works with. */
export interface ServiceContext {
  config: TerminalConfig;
  store: Store;
  devices: DeviceHost;
  doctor: Doctor;
  /** Alarms of this machine. */
  health: Health;
  sessions: Sessions;
  /** Of this machine's certificate printer. */
  journal: PrintJournal;
  /** Images of scanned pages, to and from the centre. */
  images: Images;
  /** Who stands at which page of a pre-review desk. */
  visits: Visits;
  /** What calling screens show. */
  screens: ScreenDesk;
  /** Scanned pages on their way in. */
  uploads: Uploads;
  /** The queue of the hall as this machine knows it. */
  hall: HallNow;
  /** Null on a machine without a hub. */
  readonly queue: HallQueue | null;
  /** Calendar and opening hours by which cases are due. */
  readonly clockRules: ClockRules;
  /** By which a case is accepted now. */
  catalogueInForce(): Catalogue;
  /** By which a case was accepted. */
  catalogueOf(version: string): Catalogue;
  /** Hands a paper to the office printer; null where the machine has none of its own (a browser prints by itself). */
  officePrinter: ((job: PaperJob) => Promise<void>) | null;
  version: string;
  demo: boolean;
  now(): number;
  /** Milliseconds of a clock that nobody sets: by it something is alive or silent. */
  monotonic(): number;
  newId(): string;
  /** Null on a machine without a hub. */
  sync(): SyncClient | null;
  syncLine(): SyncLine;
  /** The database met a page that is not as it was written: this machine stops, and looks at all of it when it starts again. */
  onDamaged(): void;
  /** Whether the data are still being looked at after the start: what changes a case waits. */
  isChecking(): boolean;
  /** A write found no room. */
  onFullDisk(): void;
  /** A transaction of ours is committed: tells the sync client and the pages. */
  committed(streams: readonly string[]): void;
}

/** One call, after its role, its session and its input were checked. */
export interface Call<M extends MethodName> {
  context: ServiceContext;
  connection: string;
  /** Of the page that calls, decided by the shell: `--role` may differ from the configuration. */
  role: TerminalRole;
  params: MethodParams<M>;
}

export type Handler<M extends MethodName> = (call: Call<M>) => MethodOutput<M> | Promise<MethodOutput<M>>;

export type Handlers<M extends MethodName = MethodName> = { [K in M]: Handler<K> };
