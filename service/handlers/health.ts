import { YichuangError } from '../../contract/errors.ts';
import type { Handlers } from '../context.ts';

/** Alarms of this machine. */
export const healthHandlers: Handlers<'health.state' | 'health.acknowledge'> = {
  'health.state': ({ context }) => ({ alarms: context.health.list() }),
  'health.acknowledge': ({ context, connection, params: { code } }) => {
    const { health, sessions, store, config, newId } = context;
    const { staff } = sessions.require(connection);
    if (!health.mayAcknowledge(code)) throw new YichuangError('alarm-not-known');
    const body = { terminal: config.terminal.id, code };
    store.ledger.append({ kind: 'health.acknowledged', stream: `health:${newId()}`, actor: staff.number, body });
    // On record first: a banner that is away has somebody's name.
    health.acknowledge(code, staff.number);
    context.committed([]);
    return {};
  },
};
