import { compactHallOffline, createEnrolmentCodeOffline, runCentre, upsertStaffOffline } from '../../centre/command.ts';
import type { RunCentreOptions } from '../../centre/commandOptions.ts';
import { staffRole } from '../../contract/ops.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { type OfficeOptions, startOffice } from '../office/start.ts';
import { CLOCK_VARIABLE, readClock } from '../rehearse/clock.ts';
import { type CentreDataOptions, dataOf, existingDataOf } from './centreData.ts';
import { IS_CHECKOUT, readVersion } from './installation.ts';
import { printLine } from './output.ts';

/** `yichuang centre` */
export async function centre(
  options: Omit<RunCentreOptions, 'beside' | 'database'> & CentreDataOptions & OfficeOptions,
): Promise<void> {
  const { officePort, screenPort } = options;
  if (options.relay && officePort !== undefined)
    throw new Error('--office-port: the back office is served by the centre');
  if (options.relay && screenPort !== undefined)
    throw new Error('--screen-port: in a hall with a hub a terminal serves the screens (`screen.tv`)');
  const isServingPages = officePort !== undefined || screenPort !== undefined;
  await runCentre({
    ...options,
    database: dataOf(options).database,
    version: readVersion(),
    now: IS_CHECKOUT ? readClock(process.env[CLOCK_VARIABLE]) : Date.now,
    ...(isServingPages && {
      beside: async (running) => {
        const { url, screenUrl, stop } = await startOffice(running, options);
        return { addresses: { ...(url && { office: url }), ...(screenUrl && { screen: screenUrl }) }, stop };
      },
    }),
  });
}

/** `yichuang office`, only ever started by `yichuang centre`. */
export async function office(): Promise<void> {
  if (!process.send) throw new Error('started by yichuang centre --office-port');
  (await import('../office/process.ts')).runOffice();
}

/** `yichuang enrol` */
export async function enrol(
  options: CentreDataOptions & {
    terminal?: string;
    relay?: boolean;
    hall: string;
    minutes: number;
  },
): Promise<void> {
  const { hall, minutes, relay = false } = options;
  const terminal = options.terminal ?? (relay ? 'H01' : undefined);
  if (terminal === undefined) throw new Error('name the --terminal, such as W07, or --relay for the hub of the hall');
  const kind = relay ? 'relay' : 'terminal';
  const code = await createEnrolmentCodeOffline(existingDataOf(options), { terminal, hall, kind, ttlMinutes: minutes });
  printLine({ code, terminal, hall, minutes });
}

/** `yichuang staff`: the password comes by stdin, so that it stands in no process list and no shell history. */
export async function staff(
  options: CentreDataOptions & {
    number: string;
    name: string;
    roles: string;
    hall: string;
  },
): Promise<void> {
  const { number, name, hall } = options;
  const roles = options.roles.split(',').map((role) => toRole(role.trim()));
  if (process.stdin.isTTY) console.error('The password, then Enter and Ctrl+D; better from a file: < password.txt');
  const password = (await readStdin()).trim();
  if (password.length < 8) throw new Error('a password has at least 8 characters');
  await upsertStaffOffline(existingDataOf(options), { number, name, roles, password, hall });
  printLine({ number, name, roles });
}

/** @throws Error that names those there are */
function toRole(name: string): StaffRole {
  const { success, data } = staffRole.safeParse(name);
  if (!success) throw new Error(`--roles: there is no ${name}; there are ${Object.keys(STAFF_ROLES).join(', ')}`);
  return data;
}

async function readStdin(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text;
}

/** `yichuang compact` */
export async function compact(options: CentreDataOptions & { before: string; hall: string }): Promise<void> {
  const { before, hall } = options;
  printLine({ hall, before, ...(await compactHallOffline(existingDataOf(options), hall, before)) });
}
