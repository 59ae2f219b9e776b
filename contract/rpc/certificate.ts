import { z } from 'zod';
import { PRINT_MOVES, PRINT_STATE_CODES } from '../../domain/printJob/moves.ts';
import type { PrintState } from '../../domain/printJob/types.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { blankForm, voidReason } from '../ops/blanks.ts';
import { blankSerial } from '../ops/case.ts';
import { certificateContent } from '../ops/print.ts';
import { caseFile, caseSummary } from './case.ts';
import { DESKS, type Method } from './method.ts';

const PRINTERS = PRINT_MOVES['print.prepared'].who;
const READERS: readonly StaffRole[] = ['WIN', 'PRT', 'QC', 'SUP'];

const state = z.enum(PRINT_STATE_CODES as [PrintState, ...PrintState[]]);
const instant = z.iso.datetime();
const commandId = z.uuid().describe('one for each press: sent again it is done once');
const job = z.uuid();
const staffNumber = z.string().trim().min(1).max(40);

/** One sheet in one printer (domain/printJob). */
export const printJob = z.strictObject({
  id: z.string(),
  caseId: z.string(),
  /** 受理编号, when the case is kept here. */
  caseNumber: z.string().nullable(),
  certificate: z.string(),
  blank: blankSerial,
  form: blankForm,
  terminal: z.string(),
  /** Printed at this machine: only here can it be answered for. */
  isHere: z.boolean(),
  operator: z.string(),
  preparedAt: instant,
  state,
  /** The sheet is used up, whatever is on it. */
  fed: z.boolean(),
  layout: z.string(),
  calibration: z.string().nullable(),
  /** Of exactly the bytes that went to the printer. */
  sha256: z.string(),
  bytes: z.int(),
  history: z.array(z.strictObject({ state, at: instant, by: z.string(), why: z.string().nullable() })),
});

const jobAndCase = z.strictObject({
  job: printJob,
  record: caseFile,
  summary: caseSummary,
});

/** Certificates through the printer: at most once for each blank (devices.md §6.6). */
export const certificateMethods = {
  'certificate.preview': {
    doc: 'The page as it will be printed, of the registered facts: what goes on the paper, what the form has already, and the rows for a comparison. Refused when something cannot be printed.',
    input: z.strictObject({ caseId: z.uuid(), certificate: z.string().min(1).max(60) }),
    output: z.strictObject({
      /** SVG of the same size; `formSvg` lies below. */
      svg: z.string(),
      formSvg: z.string(),
      content: certificateContent,
      form: z.strictObject({
        id: z.string(),
        name: z.string(),
        /** 0.1 mm. */
        width: z.int(),
        height: z.int(),
        /** `assumed`: nobody has laid a ruler on the real paper yet. */
        measures: z.enum(['assumed', 'measured']),
      }),
    }),
    roles: DESKS,
    signedIn: true,
    staff: ['PRT', 'QC'],
    tier: 'local',
    deadlineMs: 30_000,
  },
  'certificate.print': {
    doc: 'Prints one certificate on the sheet that lies in the printer. `blank` is read off that sheet and must be the next of this window’s drawer. T28 binds it at the centre, the job is durable, then the bytes go out. Answers when the last byte was taken, or after a while with the job still SENDING; `certificate.changed` tells the rest. The paper is to be looked at then (`certificate.confirm`, `certificate.spoil`).',
    input: z.strictObject({
      commandId,
      caseId: z.uuid(),
      baseVersion: z.int().min(1),
      certificate: z.string().min(1).max(60).describe('证号'),
      blank: blankSerial,
    }),
    output: jobAndCase,
    roles: DESKS,
    signedIn: true,
    staff: PRINTERS,
    tier: 'online',
    deadlineMs: 60_000,
  },
  'certificate.confirm': {
    doc: 'Somebody has looked: the print is good, and `serial` was read off the paper again. With the last certificate of the case T29 follows, without the centre too.',
    input: z.strictObject({ commandId, job, serial: blankSerial }),
    output: jobAndCase,
    roles: DESKS,
    signedIn: true,
    staff: PRINT_MOVES['print.confirmed'].who,
    tier: 'local-then-centre',
    deadlineMs: 30_000,
  },
  'certificate.spoil': {
    doc: 'The sheet is void, with a reason and a second person (T30): printed badly, jammed, or come out empty. The number is free for a new sheet.',
    input: z.strictObject({
      commandId,
      job,
      reason: voidReason,
      note: z.string().trim().max(200).default(''),
      witness: staffNumber.describe('staff number of the second person'),
    }),
    output: jobAndCase,
    roles: DESKS,
    signedIn: true,
    staff: PRINTERS,
    tier: 'local-then-centre',
    deadlineMs: 30_000,
  },
  'certificate.drop': {
    doc: 'Puts down a job of which nothing was ever sent; its sheet stays bound to the case and may be printed on.',
    input: z.strictObject({ job }),
    output: jobAndCase,
    roles: DESKS,
    signedIn: true,
    staff: PRINT_MOVES['print.dropped'].who,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'certificate.jobs': {
    doc: 'The jobs of a case with what was printed, row by row; without a case every job of the hall that somebody has to answer for, and where certificates can be printed.',
    input: z.strictObject({ caseId: z.uuid().optional() }),
    output: z.strictObject({
      jobs: z.array(
        z.strictObject({
          ...printJob.shape,
          content: certificateContent.nullable().describe('of the jobs of one case only'),
        }),
      ),
      /** The case holds a blank that was bound for a print by hand: it does not go through a printer. */
      isByHand: z.boolean(),
      /** This machine has a certificate printer. */
      isPrinterHere: z.boolean(),
      printers: z.array(z.strictObject({ terminal: z.string(), driver: z.string() })),
    }),
    roles: DESKS,
    signedIn: true,
    staff: READERS,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export type PrintJob = z.infer<typeof printJob>;
