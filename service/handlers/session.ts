import { YichuangError } from '../../contract/errors.ts';
import type { Handlers } from '../context.ts';

/** Greeting and signing in. */
export const sessionHandlers: Handlers<'session.hello' | 'session.login' | 'session.logout'> = {
  'session.hello': ({ context, connection, role }) => {
    const { config, store, sessions, version, demo } = context;
    return {
      id: config.terminal.id,
      role,
      hall: config.terminal.hall,
      floor: config.terminal.floor,
      agency: config.agency,
      version,
      device: store.ledger.device,
      hasStaff: store.staff.hasAny(),
      demo,
      staff: sessions.get(connection)?.staff ?? null,
      hours: config.hours,
      lockAfterMinutes: config.lockAfterMinutes,
    };
  },
  'session.login': async ({ context, connection, role, params }) => {
    const staff = await context.sessions.login(connection, params.number.trim(), params.password);
    if (role === 'window' && !staff.roles.includes('WIN')) {
      context.sessions.logout(connection, 'logout');
      throw new YichuangError('forbidden');
    }
    return staff;
  },
  'session.logout': ({ context, connection }) => {
    context.sessions.logout(connection, 'logout');
    return {};
  },
};
