import { YichuangError } from '../../contract/errors.ts';
import type { Handlers } from '../context.ts';

/** Alarms of this machine. */
export const healthHandlers: Handlers<'health.state' | 'health.acknowledge'> = {
  'health.state': ({ context }) => ({ alarms: context.health.list() }),
  'health.acknowledge': ({ context, connection, params: { code } }) => {
    const { staff } = context.sessions.require(connection);
    if (!context.health.acknowledge(code, staff.number)) throw new YichuangError('alarm-not-known');
    return {};
  },
};
