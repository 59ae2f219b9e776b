import type { CentreStore, EnrolledDevice } from '../store/types.ts';

/** Scopes a device always hears of. */
export function ownScopes({ id, terminal, hall }: EnrolledDevice): string[] {
  return ['catalog', `hall:${hall}`, `window:${terminal}`, `device:${id}`];
}

/** A case nobody has written to yet is as closed as one of another hall: the answer tells nobody which cases exist. */
export async function mayRead(store: CentreStore, device: EnrolledDevice, scope: string): Promise<boolean> {
  if (ownScopes(device).includes(scope)) return true;
  return scope.startsWith('case:') && (await store.hallOfScope(scope)) === device.hall;
}
