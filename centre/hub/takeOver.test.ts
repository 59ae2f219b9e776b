import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HubRoles } from './role.ts';
import { takeOver } from './takeOver.ts';

let hub: Awaited<ReturnType<typeof openDesk>>;
let roles: HubRoles;
beforeEach(async () => {
  hub = await openDesk();
  hub.store.joinHub('standby', 'http://other');
  roles = new HubRoles(hub.store);
  await hub.write('staff.upserted', `staff:${uuidv7()}`, {
    ...{ number: '3001', name: '示例', roles: ['SUP'], passwordHash: '$argon2id$v=19$x', active: true },
  });
});
afterEach(() => hub.dispose());

const order = (commandId: string, readRest: () => Promise<unknown>, isPeerActive = true) =>
  takeOver(
    { store: hub.store, roles, readRest },
    'main',
    { commandId, actor: '3001', reason: '主机不应答', force: true },
    isPeerActive,
    hub.clock.now,
  );

it('who takes over decides only when the rest of the other one’s log has been asked for', async () => {
  const rest = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<{ isActive: boolean; fence: number | null }>();
  const done = order(uuidv7(), () => {
    asked.resolve({ isActive: roles.isActive(), fence: roles.fence });
    return rest.promise;
  });
  // With the question the other one hears the new fence.
  expect(await asked.promise).toEqual({ isActive: false, fence: 1 });
  // Ordered once more meanwhile: done already, and still nothing is decided before the rest is here.
  expect(await order(uuidv7(), () => Promise.reject(new Error('asked twice')))).toMatchObject({ fence: 1 });
  expect(roles.isActive()).toBe(false);
  rest.resolve();
  expect(await done).toMatchObject({ kind: 'done', fence: 1 });
  expect(roles.isActive()).toBe(true);
});

it('decides also when the rest cannot be had', async () => {
  await expect(order(uuidv7(), () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  expect(roles.isActive()).toBe(true);
  expect(hub.store.hubRole()).toEqual({ role: 'active', fence: 1 });
});
