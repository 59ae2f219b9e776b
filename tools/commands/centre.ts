import {
  createEnrolmentCodeOffline,
  type RunCentreOptions,
  runCentre,
  upsertStaffOffline,
} from '../../centre/command.ts';
import { staffRole } from '../../contract/ops.ts';
import { type OfficeOptions, startOffice } from '../office/start.ts';
import { CLOCK_VARIABLE, readClock } from '../rehearse/clock.ts';
import { IS_CHECKOUT } from './installation.ts';
import { printLine } from './output.ts';

/** `yichuang centre` */
export async function centre(options: Omit<RunCentreOptions, 'beside'> & OfficeOptions): Promise<void> {
  const { data, port, host, hours, gateway, gatewayKey, notify, officePort, screenPort } = options;
  await runCentre({
    now: IS_CHECKOUT ? readClock(process.env[CLOCK_VARIABLE]) : Date.now,
    data,
    port,
    host,
    hours,
    gateway,
    gatewayKey,
    notify,
    beside: async (running) => {
      if (officePort === undefined && screenPort === undefined) return { addresses: {}, stop: async () => {} };
      const { url, screenUrl, stop } = await startOffice(running, options);
      return { addresses: { ...(url && { office: url }), ...(screenUrl && { screen: screenUrl }) }, stop };
    },
  });
}

/** `yichuang office`, only ever started by `yichuang centre`. */
export async function office(): Promise<void> {
  if (!process.send) throw new Error('started by yichuang centre --office-port');
  (await import('../office/process.ts')).runOffice();
}

/** `yichuang enrol` */
export async function enrol(options: { data: string; terminal: string; hall: string; minutes: number }): Promise<void> {
  const { terminal, hall, minutes } = options;
  const code = await createEnrolmentCodeOffline(options.data, { terminal, hall, ttlMinutes: minutes });
  printLine({ code, terminal, hall, minutes });
}

/** `yichuang staff`: the password comes by stdin, so that it stands in no process list and no shell history. */
export async function staff(options: {
  data: string;
  number: string;
  name: string;
  roles: string;
  hall: string;
}): Promise<void> {
  const { number, name, hall } = options;
  const roles = options.roles.split(',').map((role) => staffRole.parse(role.trim()));
  const password = (await readStdin()).trim();
  if (password.length < 8) throw new Error('a password has at least 8 characters');
  await upsertStaffOffline(options.data, { number, name, roles, password, hall });
  printLine({ number, name, roles });
}

async function readStdin(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text;
}
