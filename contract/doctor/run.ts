import { z } from 'zod';
import { DEVICE_KINDS } from '../deviceKinds.ts';
import { deviceKey, serialPort } from '../deviceProtocol.ts';
import { DOCTOR_REASONS } from './advice.ts';
import { ASKS, type Ask } from './asks.ts';
import type { DoctorReason } from './reasons.ts';

/** One device in a run of the device doctor; what its ending means stands in advice.ts. */
export const examination = z.strictObject({
  /** Of a kind that is not configured: the kind. */
  device: deviceKey,
  kind: z.enum(DEVICE_KINDS),
  driver: z.string().nullable(),
  /** As configured. */
  port: z.string().nullable(),
  phase: z.enum(['waiting', 'testing', 'asking', 'done']),
  /** What somebody is waited for to do; null unless `asking`. */
  ask: z.enum(Object.keys(ASKS) as [Ask, ...Ask[]]).nullable(),
  /** How it ended; null until `done`. */
  reason: z.enum(DOCTOR_REASONS as [DoctorReason, ...DoctorReason[]]).nullable(),
});

export const doctorRun = z.strictObject({
  startedAt: z.iso.datetime(),
  /** Null while it runs. */
  endedAt: z.iso.datetime().nullable(),
  /** Nothing is waited for beyond this. */
  endsBy: z.iso.datetime(),
  devices: z.array(examination),
  /** Serial ports of this machine. */
  ports: z.array(serialPort),
});

export type Examination = z.infer<typeof examination>;
export type DoctorRun = z.infer<typeof doctorRun>;
