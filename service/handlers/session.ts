import type { TerminalRole } from '../../contract/config.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { standsBeforeCitizen } from '../access/citizen.ts';
import type { Handlers } from '../context.ts';

/** Who works at a page that asks for a clerk; at the others anybody of the hall may sign in. */
const STAFF_OF_PAGE: Partial<Record<TerminalRole, readonly StaffRole[]>> = {
  window: ['WIN'],
  prereview: ['PRE', 'GUIDE'],
  backoffice: ['TAX', 'HOU', 'FEE', 'REV1', 'REV2', 'APP', 'BOOK', 'PRT', 'QC', 'ARC', 'SUP'],
};

/** Greeting, signing in, and what keeps a session. */
export const sessionHandlers: Handlers<
  'session.hello' | 'session.login' | 'session.logout' | 'session.ping' | 'session.lock'
> = {
  'session.hello': ({ context, connection, role }) => {
    const { config, store, sessions, version, demo } = context;
    return {
      id: config.terminal.id,
      role,
      hall: config.terminal.hall,
      floor: (role === 'screen' ? config.screen.floor : undefined) ?? config.terminal.floor,
      place: config.terminal.place,
      offers: config.terminal.offers,
      agency: config.agency,
      version,
      device: store.ledger.device,
      hasStaff: store.staff.hasAny(),
      demo,
      staff: sessions.get(connection)?.staff ?? null,
      hours: config.hours,
      lockAfterMinutes: config.lockAfterMinutes,
      isCitizen: standsBeforeCitizen(config, role, connection),
    };
  },
  'session.login': async ({ context, connection, role, params }) => {
    const admitted = STAFF_OF_PAGE[role];
    const staff = await context.sessions.login(
      connection,
      params.number.trim(),
      params.password,
      (roles) => admitted === undefined || roles.some((each) => admitted.includes(each)),
    );
    if (role === 'window' && context.queue?.keepsWindow) context.queue.window.opened(connection, staff);
    return staff;
  },
  'session.ping': ({ context, connection }) => {
    context.sessions.noteSign(connection);
    return {};
  },
  'session.lock': ({ context, connection }) => {
    context.sessions.lock(connection);
    return {};
  },
  'session.logout': ({ context, connection }) => {
    context.sessions.logout(connection, 'logout');
    return {};
  },
};
