import type { Handlers } from '../context.ts';

/** The people of the hall, without what signs them in. */
export const staffHandlers: Handlers<'staff.list'> = {
  'staff.list': ({ context }) => ({
    people: context.store.staff.list().map(({ number, name, roles, active }) => ({ number, name, roles, active })),
  }),
};
