import type { Handlers } from '../context.ts';
import { describeReturned } from '../returned/describe.ts';
import { settleReturned } from '../returned/settle.ts';

/** More than anybody looks back at. */
const SETTLED_SHOWN = 100;

/** 退回 (domain/returned). */
export const returnedHandlers: Handlers<'returned.list' | 'returned.settle'> = {
  'returned.list': ({ context }) => {
    const describe = describeReturned(context);
    const { returned } = context.store;
    return { open: returned.open().map(describe), settled: returned.settled(SETTLED_SHOWN).map(describe) };
  },

  'returned.settle': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    return await settleReturned(context, staff, params);
  },
};
