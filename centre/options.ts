import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { OpeningHours } from '../domain/clock/openingHours.ts';
import type { Connect } from '../link/line.ts';
import type { TlsMaterial } from '../link/secureFetch.ts';
import type { Signatures } from '../signing/signatures.ts';
import type { BackupSettings } from './backup/duty.ts';
import type { EnrolmentOrder } from './enrolment.ts';
import type { ServerTls } from './http/clientCertificate.ts';
import type { MetricsOptions } from './metrics/expose.ts';
import type { RegisterPlace } from './office/certificateNumbers.ts';
import type { RatingDoorOptions } from './rating/door.ts';
import type { StaffChange } from './staff.ts';
import type { CentreData } from './store/openStore.ts';

export interface GatewayOptions {
  url: string;
  /** Shared with the channel; signs both directions. */
  key: string;
  /** Address under which the channel reaches this centre; default: the one it listens on. */
  notifyBase?: string | undefined;
  /** For a single answer, ms. */
  answerDeadlineMs?: number | undefined;
  /** Between the first two questions about an open payment, ms. */
  firstPauseMs?: number | undefined;
}

export interface CentreOptions extends CentreData {
  host?: string | undefined;
  /** 0 picks a free one. */
  port?: number | undefined;
  /** For codes and staff that name none. */
  hall?: string | undefined;
  /** Where the register is kept; default 辽源市. */
  place?: RegisterPlace | undefined;
  /** Makes it the hub of a hall: what is not the hall's to decide goes on to the centre at this address. */
  relay?: { upstream: string; code?: string | undefined; name?: string | undefined } | undefined;
  /** The other hub of the hall; `startsAs` counts only for data that have no role yet. */
  peer?:
    | { url: string; startsAs: 'active' | 'standby'; name?: string | undefined; code?: string | undefined }
    | undefined;
  /** Serves a page on which phones rate; absent: no window shows a code. */
  rating?: RatingDoorOptions | undefined;
  /** The payment channel; absent: only card and cash, at the counter. */
  gateway?: GatewayOptions | undefined;
  logger?: Logger | undefined;
  /** How other hubs and the centre are reached; default: over HTTP. */
  connect?: Connect | undefined;
  /** Makes the finished server reachable and tells its address; default: it listens at `host` and `port`. */
  serve?: ((app: FastifyInstance) => Promise<string>) | undefined;
  /** When the hall is open: numbers are given as long as somebody can still be served. */
  hours?: OpeningHours | undefined;
  /** Backs itself up; absent: nobody does it from here. Not of a hub. */
  backup?: BackupSettings | undefined;
  /** Room held on the disk of the data, given up when it is full; absent: none. */
  reserveBytes?: number | undefined;
  /** Of the program. */
  version?: string | undefined;
  /** What it measures of itself, and for whom; absent: nothing is measured. */
  metrics?: MetricsOptions | undefined;
  /** Whether a thread moves the log of a SQLite file into the main one, beside whoever serves. */
  checkpointsAside?: boolean | undefined;
  /** Milliseconds since 1970, UTC. */
  now?: (() => number) | undefined;
  /** A simulation that must repeat exactly waits for no thread. */
  signatures?: Signatures | undefined;
  /** Serves HTTPS, and with an authority asks every machine for its certificate. */
  tls?: ServerTls | undefined;
  /** How images are handed on to the centre by TLS; everything else goes by `connect`. */
  outgoing?: TlsMaterial | undefined;
  /** Milliseconds that only go forward: who is there is never a matter of the wall clock. */
  monotonic?: (() => number) | undefined;
}

export interface Centre {
  url: string;
  port: number;
  /** Where its figures are read on this machine; null where they are not. */
  metricsUrl: string | null;
  /** Where phones rate; null where they do not. */
  ratingUrl: string | null;
  /** A code for one terminal, once; default for 60 minutes. */
  createEnrolmentCode(order: Omit<EnrolmentOrder, 'hall'> & { hall?: string }): Promise<string>;
  upsertStaff(change: StaffChange & { hall?: string }): Promise<void>;
  /** From now on its token is worth nothing. @returns false when no such device is in service */
  revokeDevice(device: string): Promise<boolean>;
  /** False while it is the standby of another hub: then it decides nothing. */
  isActive(): boolean;
  /** What the day asks for, now; it is also done every minute. */
  takeCalendarSteps(): Promise<void>;
  /** `ops` counts every op of the log: also the centre's own, and those parked or rejected. */
  stats(): { ops: number; cases: number; devices: number };
  /** Every case with the number of its ops that were not rejected. */
  listCases(): { number: string; opCount: number }[];
  /** Answers what is under way, ends live lines, closes the database. */
  close(): Promise<void>;
}
