import { z } from 'zod';
import { terminalRole } from './config.ts';
import { events, isMethodName, type MethodName } from './rpc.ts';

/**
 * Messages between the Electron main process (or `yichuang terminal --headless`) and the service process, over
 * link/peer.ts. The parent calls `start` once after every start of the process, then `rpc`; the service answers with
 * the value of the method or with an error of contract/errors.ts, and sends `push` events.
 */

/** Where the data key was kept: recorded, so that a change of holder is noticed and not taken for a wrong key. */
export const KEY_HOLDERS = ['os-vault', 'provisioned-file', 'development-file'] as const;
export const keyHolder = z.enum(KEY_HOLDERS);

/** Names one page of one window. Calls of one connection share its session; another connection sees nothing of it. */
export const connectionId = z.string().min(1).max(64);

const methodName = z.custom<MethodName>(isMethodName, 'not a method of contract/rpc.ts');
const nothing = z.strictObject({});

/** Calls from the parent. */
export const serviceCalls = {
  /** First call; the service is up when it has answered. Never sent twice to one process. */
  start: {
    input: z.strictObject({
      /** Content of the configuration file, already found valid by `parseTerminalConfig`. */
      configText: z.string(),
      /** Absolute path of an existing folder that only this service writes to. */
      dataDir: z.string().min(1),
      /** 256-bit data key, lower-case hex. Never logged. */
      key: z.strictObject({ holder: keyHolder, hex: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits') }),
      /** Absolute path of the devices process's entry. */
      devicesEntry: z.string().min(1),
      /** Absolute path of the bundled Node 24 to fork it with. */
      execPath: z.string().min(1),
      /** Version of the program, shown to people and sent to the centre. */
      version: z.string().min(1),
      demo: z.boolean(),
      /** Where the parent keeps the logs; absent: it keeps none. */
      logsDir: z.string().min(1).optional(),
      /** The parent answers `paper.print`; absent: this machine prints no A4 papers by itself. */
      printsPapers: z.boolean().optional(),
    }),
    output: nothing,
  },
  /**
   * One RPC call of a page. `role` was decided by the parent, never by the page; `input` has passed the method's schema
   * in the parent (defaults filled in) and is to be parsed again: the service trusts nobody.
   */
  rpc: {
    input: z.strictObject({ connection: connectionId, role: terminalRole, method: methodName, input: z.unknown() }),
    /** The method's own output. */
    output: z.unknown(),
  },
} as const;

/** A paper for the office printer. */
export const paperJob = z.strictObject({
  title: z.string().min(1).max(60),
  /** One SVG document for each A4 page, paths only. */
  pages: z.array(z.string()).min(1).max(200),
  copies: z.int().min(1).max(9),
  /** The second page is the back of the first. */
  duplex: z.boolean(),
  /** As the operating system names it; absent: its dialog asks. */
  printer: z.string().min(1).max(200).optional(),
});

/** Calls from the service. */
export const serviceCallsOut = {
  /** Answers once the spooler took it. Errors: `paper-printer-refused`, `paper-print-cancelled`. */
  'paper.print': { input: paperJob, output: nothing },
} as const;

/** Events from the parent. */
export const serviceEventsIn = {
  /** The page reloaded, crashed or closed: its subscriptions and its session end, its kept draft stays. */
  'connection.closed': z.strictObject({ connection: connectionId }),
  /** Ports and links do not survive a sleep; an unattended desk must not stay signed in. */
  'power.changed': z.strictObject({ state: z.enum(['suspend', 'resume', 'lock-screen', 'unlock-screen']) }),
} as const;

const eventName = z.custom<keyof typeof events>(
  (name) => typeof name === 'string' && Object.hasOwn(events, name),
  'not an event of contract/rpc.ts',
);

/** Events from the service. */
export const serviceEventsOut = {
  /** For one connection, or for every one when null. The payload fits `events[event].payload` of contract/rpc.ts. */
  push: z.strictObject({ connection: connectionId.nullable(), event: eventName, payload: z.unknown() }),
} as const;

export type KeyHolder = z.infer<typeof keyHolder>;
export type ServiceStart = z.infer<(typeof serviceCalls)['start']['input']>;
export type ServiceRpc = z.infer<(typeof serviceCalls)['rpc']['input']>;
export type ConnectionClosed = z.infer<(typeof serviceEventsIn)['connection.closed']>;
export type PowerState = z.infer<(typeof serviceEventsIn)['power.changed']>['state'];
export type PaperJob = z.infer<typeof paperJob>;
export type ServicePush = z.infer<(typeof serviceEventsOut)['push']>;
