import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { areOpeningSpans, USUAL_HOURS } from '../domain/clock/openingHours.ts';
import { devicesConfig } from './config/devices.ts';
import { findHallProblems, hallConfig } from './config/hall.ts';
import { findScreenProblems, screenConfig } from './config/screen.ts';
import { shortcutsConfig } from './config/shortcuts.ts';
import { greenChannel } from './ops/greenChannel.ts';
import { TERMINAL_ROLES } from './roles.ts';

/** The terminal's configuration file, JSON with comments (design.md §9). Strict at every level. */

export const terminalRole = z.enum(TERMINAL_ROLES);

const openingSpans = z
  .array(z.string())
  .max(6)
  .refine(areOpeningSpans, 'expected opening times such as "08:30-11:30", in order')
  .describe('opening times of a working day, such as 08:30-11:30');

export const openingHours = z.strictObject({
  usual: openingSpans.default([...USUAL_HOURS]),
  monday: openingSpans.optional(),
  tuesday: openingSpans.optional(),
  wednesday: openingSpans.optional(),
  thursday: openingSpans.optional(),
  friday: openingSpans.optional(),
  saturday: openingSpans.optional(),
  sunday: openingSpans.optional(),
});

/** What stands on A4 papers beside the case, and where they come out. */
export const paperSettings = z.strictObject({
  printer: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('name of the office printer as the operating system knows it; absent: its dialog asks'),
  address: z.string().max(120).default('').describe('office address on notices; empty: left out'),
  phone: z.string().max(40).default('').describe('telephone on notices; empty: left out'),
  reviewBody: z
    .string()
    .min(1)
    .max(60)
    .default('本级人民政府或者上一级主管部门')
    .describe('to whom an application for review goes (行政复议)'),
  court: z.string().min(1).max(60).default('有管辖权的人民法院').describe('where a suit is brought (行政诉讼)'),
});

const days = z.int().min(1).max(3650);

export const retentionPeriods = z.strictObject({
  endedCases: days.default(7).describe('cases that have ended, days after their last change'),
  openCases: days.default(30).describe('cases under way, days after their last change'),
  drafts: days.default(30).describe('forms that were abandoned, and pre-reviews, after their last change'),
  appointments: days.default(90).describe('after their day: so long no-shows count'),
  tickets: days.default(90).describe('after their day'),
});

const terminal = z
  .strictObject({
    id: z.string().regex(/^[A-Z]\d{2}$/, 'expected a letter and two digits, such as W07'),
    role: terminalRole.default('window'),
    hall: z.string().regex(/^[a-z0-9-]{1,40}$/),
    floor: z.int().min(1).max(9).default(2),
    place: z
      .enum(['hall', 'pf-hall', 'branch'])
      .default('hall')
      .describe('pf-hall: the extension window in the provident-fund hall, which registers mortgages only'),
    offers: z
      .array(z.enum(['registration', 'provident-fund']))
      .min(1)
      .max(2)
      .default(['registration'])
      .describe('what is accepted here; the window in the provident-fund hall has both'),
    greenChannel: greenChannel
      .optional()
      .describe('a window of the green channel for enterprises; their mortgages are finished the same day'),
    branchOpen: z.boolean().default(false).describe('the branch hall is planned and not open'),
  })
  .refine(({ place, branchOpen }) => place !== 'branch' || branchOpen, {
    path: ['place'],
    message: 'the branch hall is not open: set branchOpen',
  });

export const terminalConfig = z
  .strictObject({
    terminal,
    agency: z.string().min(1).max(60).default('辽源市不动产登记交易中心').describe('as it stands on papers and slips'),
    hub: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        standby: z
          .array(z.url({ protocol: /^https?$/ }))
          .max(3)
          .default([])
          .describe('other hubs of the hall, of which one takes over when the first fails'),
        enrolmentCode: z.string().min(8).max(64).optional(),
        tls: z
          .strictObject({
            ca: z.string().min(1).max(400).optional().describe('PEM file: who signed the certificate of the hub'),
            cert: z.string().min(1).max(400).optional().describe('PEM file: the certificate this machine shows'),
            key: z.string().min(1).max(400).optional().describe('PEM file, readable by the program alone'),
          })
          .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
            message: 'a certificate and its key belong together',
          })
          .optional()
          .describe('for https; absent: whom the system trusts, and no certificate of our own'),
      })
      .optional(),
    devices: devicesConfig.default({}),
    hall: hallConfig.prefault({}),
    papers: paperSettings.prefault({}),
    screen: screenConfig.prefault({}),
    shortcuts: shortcutsConfig.prefault({}),
    hours: openingHours.default({ usual: [...USUAL_HOURS] }).describe('promised times run only in these'),
    /** Days for which this machine keeps what the centre has (domain.md §7.4). */
    retention: retentionPeriods.default({ endedCases: 7, openCases: 30, drafts: 30, appointments: 90, tickets: 90 }),
    backup: z
      .strictObject({
        folder: z.string().min(1).max(400).optional().describe('best on another disk; `backups` in the data folder'),
        everyMinutes: z.int().min(0).max(1440).default(60).describe('0: none'),
      })
      .default({ everyMinutes: 60 }),
    durability: z
      .strictObject({
        journalDir: z
          .string()
          .min(1)
          .max(400)
          .optional()
          .describe('on another disk or stick: a second copy of each record until the centre has it; absent: none'),
        reserveMegabytes: z
          .int()
          .min(0)
          .max(4096)
          .default(64)
          .describe('room held on the disk of the data, given up when it is full; 0: none'),
        scanHour: z
          .int()
          .min(0)
          .max(23)
          .default(22)
          .describe(
            'from this hour until six in the morning everything is read and checked once, outside opening hours',
          ),
      })
      .prefault({}),
    images: z
      .strictObject({
        kilobytesPerSecond: z
          .int()
          .min(0)
          .max(1_000_000)
          .default(2048)
          .describe('of the line, for scanned pages; 0: all of it'),
      })
      .prefault({}),
    metrics: z
      .strictObject({
        port: z.int().min(0).max(65_535).describe('figures for Prometheus, to this machine alone; 0: a free one'),
      })
      .optional(),
    lockAfterMinutes: z
      .int()
      .min(1)
      .max(120)
      .default(10)
      .describe('without a sign of the clerk: the session ends and the page is covered'),
    reloginAfterMinutes: z
      .int()
      .min(1)
      .max(480)
      .default(30)
      .describe('without a sign of the clerk: nothing of the session is left on the page either'),
  })
  .superRefine((config, context) => {
    for (const problem of [...findHallProblems(config), ...findScreenProblems(config)])
      context.addIssue({ code: 'custom', ...problem });
  });

export type TerminalConfig = z.infer<typeof terminalConfig>;
export type { TerminalRole } from './roles.ts';

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: { path: string; message: string }[];

  constructor(problems: { path: string; message: string }[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'));
    this.problems = problems;
  }
}

/**
 * @param text content of the file
 * @throws ConfigError naming every unknown or wrong key with its path; the values themselves are not repeated
 */
export function parseTerminalConfig(text: string): TerminalConfig {
  const errors: ParseError[] = [];
  const raw: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) {
    throw new ConfigError(
      errors.map((error) => ({ path: `offset ${error.offset}`, message: printParseErrorCode(error.error) })),
    );
  }
  const result = terminalConfig.safeParse(raw);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.flatMap(describeIssue));
}

function describeIssue(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'unknown key' }));
  }
  return [{ path: path === '' ? '(root)' : path, message: issue.message }];
}
