import { v7 as uuidv7 } from 'uuid';
import type { TakeOverRequest } from '../../contract/hub.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { findActiveStaff } from '../office/permission.ts';
import type { CentreStore } from '../store/types.ts';
import type { HubRoles } from './role.ts';

export type TakeOverVerdict =
  | { kind: 'done'; fence: number; published: readonly Published[] }
  | { kind: 'refused'; code: 'forbidden' | 'hub-active' | 'no-standby' };

/**
 * Makes this standby the active hub, by a supervisor whom its data know: op, fence and role are one transaction.
 * @param hall of the terminal that asks
 * @param isPeerActive the active hub still answers
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function takeOver(
  { store, roles }: { store: CentreStore; roles: HubRoles },
  hall: string,
  { commandId, actor, reason, force }: TakeOverRequest,
  isPeerActive: boolean,
  now: number,
): Promise<TakeOverVerdict> {
  const verdict = await store.write<TakeOverVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const refuse = (code: 'forbidden' | 'hub-active' | 'no-standby') => ({
      decision: new WorkingLedger(known).decision(),
      value: { kind: 'refused', code } as const,
    });
    if (!findActiveStaff(ledger, hall, actor)?.roles.includes('SUP')) return refuse('forbidden');
    const role = store.hubRole();
    if (!role) return refuse('no-standby');
    if (role.role === 'active') {
      // Done already, by this command or another: nothing is left to take over.
      return { decision: ledger.decision(), value: { kind: 'done', fence: role.fence, published: [] } };
    }
    if (isPeerActive && !force) return refuse('hub-active');
    const fence = Math.max(role.fence, store.highestTakeOver()) + 1;
    const body = { fence, hub: store.self.device, at: new Date(now).toISOString(), reason };
    const own = { hall, kind: 'hub.took-over', stream: `hub:${uuidv7()}`, actor, opId: commandId, body } as const;
    const refused = takeOwnOp(ledger, store.self, own, now);
    if (refused !== null) throw new Error(`the take-over was refused: ${refused}`);
    ledger.hub.setRole({ role: 'active', fence });
    const decision = ledger.decision();
    return { decision, value: { kind: 'done', fence, published: decision.scopes } };
  });
  roles.reload();
  return verdict;
}
