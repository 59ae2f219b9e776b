import { z } from 'zod';
import { PASS_POLICIES, WINDOW_STATES } from '../../domain/queue/hallTypes.ts';
import { floor, instant, queue, staffNumber, terminalId, ticketPrefix, windowNumber } from './ticket.ts';

/** Bodies of windows, plan, leases and what else the hall says of itself (domain/queue/hallTypes.ts). */

const reason = z.string().trim().min(1).max(200);
const duration = z
  .int()
  .min(0)
  .max(24 * 60 * 60_000);
const inRow = z.int().min(1).max(100);

export const plannedWindow = z.strictObject({
  terminal: terminalId,
  number: windowNumber,
  floor,
  queues: z.array(queue).min(1).max(4),
  green: z.boolean(),
  zone: z.string().regex(/^[a-z0-9-]{1,40}$/),
});

export const queuePolicy = z.strictObject({
  passPolicy: z.enum(PASS_POLICIES),
  recallAfterMs: duration,
  maxCalls: z.int().min(1).max(3),
  passAfterMs: duration,
  elderPassAfterMs: duration,
  holdMaxMs: duration,
  agedAfterMs: duration,
  maxPrioritiesInRow: inRow,
  maxPickupsInRow: inRow,
  slotEarlyMs: duration,
  slotLateMs: duration,
  maxReturnsInRow: inRow,
  stopBeforeClosing: z.boolean(),
  showNames: z.boolean(),
});

export const hallPlan = z.strictObject({ windows: z.array(plannedWindow).min(1).max(99), policy: queuePolicy });

export const issueStop = z.strictObject({
  queue: z.union([queue, z.literal('all')]),
  reason,
  force: z.enum(['stopped', 'open']),
});

export const hallBodies = {
  'window.changed': z.strictObject({
    terminal: terminalId,
    state: z.enum(WINDOW_STATES),
    reason: reason.nullable(),
    clerk: z.strictObject({ id: staffNumber, name: z.string().min(1).max(50) }).nullable(),
    at: instant,
  }),
  'plan.changed': hallPlan,
  'issue.changed': z.strictObject({
    day: z.iso.date(),
    at: instant,
    stop: issueStop.nullable(),
    queue: z.union([queue, z.literal('all')]),
  }),
  'lease.granted': z.strictObject({
    device: z.uuid(),
    epoch: z.int().min(1),
    holder: terminalId,
    prefix: ticketPrefix,
    day: z.iso.date(),
    first: z.int().min(1).max(9999),
    last: z.int().min(1).max(9999),
  }),
  'release.given': z.strictObject({ terminal: terminalId, reason, at: instant }),
  'signer.announced': z.strictObject({ terminal: terminalId, publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  'help.called': z.strictObject({ terminal: terminalId, floor, at: instant }),
  'help.answered': z.strictObject({ at: instant }),
  'alarm.acknowledged': z.strictObject({ alarm: z.string().min(1).max(80), note: z.string().max(200), at: instant }),
} as const;
