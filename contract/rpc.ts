import { z } from 'zod';
import type { SlipDocument } from '../domain/slip/document.ts';
import { TICKET_SLIPS } from '../domain/slip/ticketSlips.ts';
import { openingHours, terminalRole } from './config.ts';
import { deviceEvents, deviceKey, deviceStatus, serialPort } from './deviceProtocol.ts';
import { doctorRun } from './doctor/run.ts';
import { identityCard, photoImage } from './identity.ts';
import { staffRole } from './ops.ts';
import { blanksMethods } from './rpc/blanks.ts';
import { boardMethods } from './rpc/board.ts';
import { caseMethods, type caseSummary } from './rpc/case.ts';
import { catalogueMethods } from './rpc/catalogue.ts';
import { certificateMethods } from './rpc/certificate.ts';
import { diagnosisMethods } from './rpc/diagnosis.ts';
import { doctorMethods } from './rpc/doctor.ts';
import { healthEvents, healthMethods } from './rpc/health.ts';
import { hubMethods } from './rpc/hub.ts';
import { machinesMethods } from './rpc/machines.ts';
import { EVERY, type Method, nothing, WINDOW } from './rpc/method.ts';
import { officeMethods } from './rpc/office.ts';
import { outboxMethods } from './rpc/outbox.ts';
import { paperSettingsMethods } from './rpc/paperSettings.ts';
import { papersMethods } from './rpc/papers.ts';
import { paymentMethods } from './rpc/payment.ts';
import { preReviewMethods } from './rpc/preReview.ts';
import { queueEvents, queueMethods } from './rpc/queue.ts';
import { ratingEvents, ratingMethods } from './rpc/rating.ts';
import { returnedMethods } from './rpc/returned.ts';
import { scansMethods } from './rpc/scans.ts';
import { screenMethods } from './rpc/screen.ts';
import { pageSecret, sessionEvents, sessionMethods } from './rpc/session.ts';
import { shortcutEvents } from './rpc/shortcuts.ts';
import { staffMethods } from './rpc/staff.ts';
import { supervisionMethods } from './rpc/supervision.ts';
import { visitsMethods } from './rpc/visits.ts';
import { windowMethods } from './rpc/window.ts';

/**
 * The RPC surface (design.md §9): one table read by the service, the Electron channel, the WebSocket server, the pages,
 * the tests and docs/api.md. Names are stable once published.
 */

const staff = z.strictObject({ number: z.string(), name: z.string(), roles: z.array(staffRole) });

export const syncLine = z.strictObject({
  /** Cases of this terminal that are durable here and nowhere else yet. */
  waiting: z.int(),
  /** Further cases of it that are durable at the hub of the hall and not yet at the centre. */
  atHall: z.int(),
  /** Cases this terminal accepted today whose every op is at the centre. */
  atCentre: z.int(),
  /** Ops of any kind not yet acknowledged. */
  waitingOps: z.int(),
  /** Ops that hub or centre hold, and of which the centre has not said yet what becomes of them. */
  heldOps: z.int(),
  /** Where they are; null: there are none. */
  heldAt: z.enum(['hall', 'centre']).nullable(),
  /** Ops the centre set aside; each needs a person. */
  rejected: z.int(),
  /** Scanned pages that the centre has not. */
  images: z.int(),
  link: z.enum(['not-configured', 'enrolling', 'connected', 'offline', 'refused']),
  /** Last successful exchange; null: never. */
  lastContact: z.iso.datetime().nullable(),
  /** Oldest op still waiting; null when none. */
  oldestWaiting: z.iso.datetime().nullable(),
  /** Centre clock minus ours, ms; null before the first contact. */
  clockOffsetMs: z.number().nullable(),
});

export const terminalInfo = z.strictObject({
  id: z.string(),
  role: terminalRole,
  hall: z.string(),
  floor: z.int(),
  /** Where this terminal stands and what is accepted at it. */
  place: z.enum(['hall', 'pf-hall', 'branch']),
  offers: z.array(z.enum(['registration', 'provident-fund'])),
  agency: z.string(),
  version: z.string(),
  device: z.string(),
  /** Staff are known: somebody can sign in. */
  hasStaff: z.boolean(),
  /** True in `yichuang demo`: the login page shows the demonstration accounts. */
  demo: z.boolean(),
  staff: staff.nullable(),
  /** Opening hours of this terminal, by which promised times run. */
  hours: openingHours,
  lockAfterMinutes: z.int(),
  /** The page stands in front of the citizen at this window, whatever its role says. */
  isCitizen: z.boolean(),
});

const slipDocument = z
  .custom<SlipDocument>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'SlipDocument' });
const ticketSlip = z.enum(TICKET_SLIPS);

export const methods = {
  ...scansMethods,
  'session.hello': {
    doc: 'First call of a connection. Over WebSocket it carries the one-time token, or the secret a page of the office server made for itself.',
    input: z.strictObject({ token: z.string().max(200).optional(), page: pageSecret.optional() }),
    output: terminalInfo,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 10_000,
  },
  'session.login': {
    doc: 'Signs a member of staff in on this terminal. Five failures lock the account here for 30 minutes.',
    input: z.strictObject({ number: z.string().min(1).max(40), password: z.string().min(1).max(200) }),
    output: staff,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 10_000,
  },
  'session.logout': {
    doc: 'Ends the session. Drafts stay.',
    input: nothing,
    output: nothing,
    roles: EVERY,
    signedIn: true,
    tier: 'local',
    deadlineMs: 5_000,
  },
  ...sessionMethods,
  ...catalogueMethods,
  'identity.read': {
    doc: 'Waits for a card on the reader and reads it. Cards laid at any other time arrive as the event `identity.card`.',
    input: z.strictObject({ waitMs: z.int().min(0).max(60_000).default(10_000) }),
    output: identityCard,
    roles: ['window', 'prereview'],
    signedIn: true,
    staff: ['WIN', 'PRE', 'GUIDE'],
    tier: 'local',
    deadlineMs: 65_000,
  },
  ...caseMethods,
  ...officeMethods,
  ...blanksMethods,
  ...certificateMethods,
  ...paymentMethods,
  ...papersMethods,
  ...staffMethods,
  ...hubMethods,
  ...machinesMethods,
  ...windowMethods,
  ...queueMethods,
  ...preReviewMethods,
  ...screenMethods,
  ...ratingMethods,
  ...visitsMethods,
  ...supervisionMethods,
  ...returnedMethods,
  ...boardMethods,
  ...paperSettingsMethods,
  'slips.preview': {
    doc: 'The slip as it was printed last, or will be printed first.',
    input: z.strictObject({ caseId: z.string().min(1).max(64), slip: ticketSlip }),
    output: slipDocument,
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local',
    deadlineMs: 5_000,
  },
  'slips.print': {
    doc: 'Prints a slip; from the second time on it is marked 重打. The print is recorded after the printer confirmed.',
    input: z.strictObject({ caseId: z.string().min(1).max(64), slip: ticketSlip }),
    output: z.strictObject({
      print: z.int(),
      confirmation: z.enum(['device', 'sent']),
      unprintable: z.array(z.string()),
    }),
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local',
    deadlineMs: 60_000,
  },
  'sync.status': {
    doc: 'The sync line of this terminal.',
    input: nothing,
    output: syncLine,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  ...outboxMethods,
  'devices.status': {
    doc: 'Health of every configured device.',
    input: nothing,
    output: z.array(deviceStatus),
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'devices.test': {
    doc: 'Asks one device now.',
    input: z.strictObject({ device: deviceKey }),
    output: deviceStatus,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 15_000,
  },
  'devices.ports': {
    doc: 'Every serial port of this machine, under the name that stays when it is plugged in again.',
    input: nothing,
    output: z.array(serialPort),
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 10_000,
  },
  ...doctorMethods,
  ...healthMethods,
  ...diagnosisMethods,
  'events.subscribe': {
    doc: 'From now on this connection receives the events of `topics`.',
    input: z.strictObject({
      topics: z
        .array(z.enum(['identity', 'sync', 'devices', 'cases', 'catalogue', 'service', 'session', 'queue']))
        .min(1)
        .max(20),
    }),
    output: nothing,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
/** What a caller sends: defaults may be left out. */
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
/** What a handler receives: defaults filled in. */
export type MethodParams<M extends MethodName> = z.output<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof methods)[M]['output']>;

export const events = {
  'identity.card': { topic: 'identity', payload: z.strictObject({ card: identityCard, readMs: z.number() }) },
  /** Of the card read just before; only where a photo decoder is configured. Shown, never stored. */
  'identity.photo': { topic: 'identity', payload: z.strictObject({ number: z.string(), image: photoImage }) },
  'identity.failed': { topic: 'identity', payload: z.strictObject({ code: z.string(), message: z.string() }) },
  'sync.changed': { topic: 'sync', payload: syncLine },
  'devices.changed': { topic: 'devices', payload: z.array(deviceStatus) },
  /** The device doctor went on by a step, or ended. */
  'doctor.changed': { topic: 'devices', payload: doctorRun },
  /** A key of the keypad at this window was pressed. */
  'keypad.key': { topic: 'devices', payload: deviceEvents['keypad.key'] },
  /** Cases changed here or arrived from the centre; lists reload. */
  'cases.changed': { topic: 'cases', payload: z.strictObject({ ids: z.array(z.string()) }) },
  /** A catalogue or a calendar arrived from the centre: due times may have moved. `version`: the catalogue now in force. */
  'catalogue.changed': { topic: 'catalogue', payload: z.strictObject({ version: z.string() }) },
  ...sessionEvents,
  ...queueEvents,
  ...ratingEvents,
  /** Packs, drawers or counts changed. */
  'blanks.changed': { topic: 'cases', payload: z.strictObject({}) },
  /** A step came back from the centre, or somebody decided about one. */
  'returned.changed': { topic: 'cases', payload: z.strictObject({}) },
  /** Print jobs changed, here or at another desk of the hall. */
  'certificate.changed': { topic: 'cases', payload: z.strictObject({}) },
  /** How far a certificate is on its way to the printer here; `waiting`: the printer takes nothing. */
  'certificate.progress': { topic: 'cases', payload: deviceEvents['certificate.progress'] },
  ...shortcutEvents,
  ...healthEvents,
  /** Sent by the Electron shell itself when the service goes and comes back. */
  'service.state': { topic: 'service', payload: z.strictObject({ state: z.enum(['up', 'restarting', 'failed']) }) },
} as const;

export type EventName = keyof typeof events;
export type EventTopic = (typeof events)[EventName]['topic'];
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]['payload']>;

export type TerminalInfo = z.infer<typeof terminalInfo>;
export type SyncLine = z.infer<typeof syncLine>;
export type CaseSummary = z.infer<typeof caseSummary>;
export type Staff = z.infer<typeof staff>;

/** The answer on every channel that is not JSON-RPC. */
export type RpcAnswer<T = unknown> =
  | { ok: true; value: T }
  | { ok: false; code: string; message: string; details: unknown };

export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name);
}
