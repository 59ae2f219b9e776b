import { YichuangError } from '../../contract/errors.ts';
import type { Handlers } from '../context.ts';

/** The hubs of the hall, as a supervisor sees and changes them. */
export const hubHandlers: Handlers<'hub.state' | 'hub.takeOver'> = {
  'hub.state': async ({ context }) => {
    const hubs = (await context.sync()?.hubStates()) ?? [];
    return {
      hubs: hubs.map(({ url, isCurrent, state }) => ({
        url,
        state: state?.role ?? 'unreachable',
        fence: state?.fence ?? null,
        current: isCurrent,
        followedBy: state?.followedBy ?? [],
      })),
    };
  },

  'hub.takeOver': async ({ context, connection, params: { reason, force } }) => {
    const sync = context.sync();
    if (!sync) throw new YichuangError('no-standby');
    const { staff } = context.sessions.require(connection);
    return sync.takeOver({ commandId: context.newId(), actor: staff.number, reason, force });
  },
};
