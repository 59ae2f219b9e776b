import { z } from 'zod';
import { DESKS, type Method, nothing } from './method.ts';

export const diagnosisMethods = {
  'diagnosis.save': {
    doc: 'Writes a diagnostic bundle (zip): on a USB stick where one is plugged in, otherwise in the data folder. Versions, configuration without secrets, figures of the database, findings of a check, alarms, devices, the newest lines of the logs; nothing of any person. For supervisors and administrators (SUP, ADM).',
    input: nothing,
    output: z.strictObject({ folder: z.string(), file: z.string(), removable: z.boolean() }),
    roles: DESKS,
    signedIn: true,
    staff: ['SUP', 'ADM'],
    tier: 'local',
    deadlineMs: 60_000,
  },
} as const satisfies Record<string, Method>;
