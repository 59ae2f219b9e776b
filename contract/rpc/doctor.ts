import { z } from 'zod';
import { deviceKey } from '../deviceProtocol.ts';
import { doctorRun } from '../doctor/run.ts';
import type { TerminalRole } from '../roles.ts';
import { type Method, nothing } from './method.ts';

/** Where devices stand on a desk. Nobody need be signed in: a machine whose reader is dead must be repaired first. */
const PLACES: readonly TerminalRole[] = ['window', 'prereview', 'supervisor'];

/** A run ends within this, and answers a little later. */
export const DOCTOR_RUN_MS = 58_000;

export const doctorMethods = {
  'doctor.run': {
    doc: 'Tests every configured device, within a minute: prints a test slip, shows 测试 8888, says 设备检测, moves no certificate paper. Progress comes as `doctor.changed`. Refused while a certificate is being sent (`doctor-certificate`) and while a run is under way (`doctor-running`).',
    input: z.strictObject({
      /** False: nobody is at the desk, so nobody is asked for a card or a key. */
      ask: z.boolean().default(true),
    }),
    output: doctorRun,
    roles: PLACES,
    signedIn: false,
    tier: 'local',
    deadlineMs: DOCTOR_RUN_MS + 7_000,
  },
  'doctor.skip': {
    doc: 'Nobody will lay a card or press a key for this device: its test ends at once.',
    input: z.strictObject({ device: deviceKey }),
    output: nothing,
    roles: PLACES,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'doctor.report': {
    doc: 'The last run as a report: versions, configuration without secrets, results, ports, the last bytes of every port with what may belong to a person hidden.',
    input: nothing,
    output: z.strictObject({ name: z.string(), text: z.string(), json: z.string() }),
    roles: PLACES,
    signedIn: false,
    tier: 'local',
    deadlineMs: 15_000,
  },
  'doctor.save': {
    doc: 'Writes the report as two files: on a USB stick where one is plugged in, otherwise in the data folder.',
    input: nothing,
    output: z.strictObject({ folder: z.string(), files: z.array(z.string()), removable: z.boolean() }),
    roles: PLACES,
    signedIn: false,
    tier: 'local',
    deadlineMs: 20_000,
  },
} as const satisfies Record<string, Method>;
