import { z } from 'zod';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { calibration, formId, paperPath, printForm } from '../forms.ts';
import { DESKS, type Method, nothing } from './method.ts';

/** Who sets a printer to a form, and corrects a form (domain.md §3.1: supervision and administration). */
const SETTERS: readonly StaffRole[] = ['SUP', 'ADM'];
const setting = { roles: DESKS, signedIn: true, staff: SETTERS, tier: 'local' } as const;
const quick = { ...setting, deadlineMs: 10_000 } as const;

/** Lengths in 0.1 mm. */
const values = calibration.omit({ id: true });
const point = z.strictObject({ x: z.number().min(0).max(6000), y: z.number().min(0).max(6000) });

const stored = z.strictObject({
  ...calibration.shape,
  how: z.enum(['measured', 'adjusted', 'restored']),
  replaced: z.string().nullable().describe('what was in force before'),
  at: z.iso.datetime(),
  by: z.string(),
});

const place = { form: formId, path: paperPath };

export const paperSettingsMethods = {
  'calibration.get': {
    doc: 'Where the certificate printer of this machine puts what it is told on a form: what is in force, null before the first measuring.',
    input: z.strictObject({
      form: formId,
      path: paperPath.optional().describe('that of the configuration unless said'),
    }),
    output: z.strictObject({
      printer: z.string().nullable().describe('driver and port; null: this machine has none'),
      path: z.string(),
      calibration: stored.nullable(),
    }),
    ...quick,
  },
  'calibration.history': {
    doc: 'Everything that was ever in force for this printer, form and paper path, newest first.',
    input: z.strictObject(place),
    output: z.strictObject({ rows: z.array(stored) }),
    ...quick,
  },
  'calibration.print': {
    doc: 'Prints the cross grid on plain paper, or the boxes of the fields on a void form, with these values, saved or not. Uses up no blank and is in no journal.',
    input: z.strictObject({ form: formId, test: z.enum(['grid', 'boxes']), values }),
    output: z.strictObject({
      bytes: z.int(),
      ms: z.number().nullable().describe('until the last byte was handed over; null: a slow line, still on its way'),
    }),
    ...setting,
    deadlineMs: 60_000,
  },
  'calibration.solve': {
    doc: 'Shift and scale from crosses of the grid as measured on the paper, and the turn of the paper when the third was measured. Saves nothing; `calibration-refused` (details `reason`) beyond what a printer may need.',
    input: z.strictObject({
      form: formId,
      printedWith: values,
      first: point.describe('top left, where it was measured'),
      last: point.describe('bottom right'),
      corner: point.optional().describe('top right: tells the turn only'),
    }),
    output: z.strictObject({ values, rotation: z.number().nullable().describe('degrees, clockwise') }),
    ...quick,
  },
  'calibration.adjust': {
    doc: 'Puts values in force for this printer, form and paper path. What was in force stays in the history.',
    input: z.strictObject({
      ...place,
      base: z.uuid().nullable().describe('what they were made from; null: nothing was in force'),
      how: z.enum(['measured', 'adjusted', 'restored']),
      values,
    }),
    output: z.strictObject({ calibration: stored }),
    ...quick,
  },
  'forms.list': {
    doc: 'The forms of this machine, each in the version that is printed by.',
    input: nothing,
    output: z.strictObject({
      forms: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          kind: z.enum(['certificate', 'proof']),
          measures: z.enum(['assumed', 'measured']),
          version: z.int().describe('0: as the program comes'),
          at: z.iso.datetime().nullable(),
          by: z.string().nullable(),
        }),
      ),
    }),
    ...quick,
  },
  'forms.get': {
    doc: 'A form in a version, the newest unless said, and every version it has.',
    input: z.strictObject({ form: formId, version: z.int().min(0).max(100_000).optional() }),
    output: z.strictObject({
      form: printForm,
      version: z.int(),
      newest: z.int(),
      versions: z.array(z.strictObject({ version: z.int(), at: z.iso.datetime(), by: z.string() })),
    }),
    ...quick,
  },
  'forms.preview': {
    doc: 'A form, saved or not, with the content of a certificate that does not exist.',
    input: z.strictObject({ form: printForm }),
    output: z.strictObject({ svg: z.string(), formSvg: z.string() }),
    ...setting,
    deadlineMs: 30_000,
  },
  'forms.save': {
    doc: 'Keeps a form as its next version; earlier versions stay, because print jobs refer to them. `form-invalid` (details `problems`) for one that cannot be printed.',
    input: z.strictObject({
      form: printForm,
      base: z.int().min(0).max(100_000).describe('the version it was made from'),
    }),
    output: z.strictObject({ version: z.int() }),
    ...quick,
  },
} as const satisfies Record<string, Method>;
