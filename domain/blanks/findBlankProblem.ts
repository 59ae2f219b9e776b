import { custodyAt, indexOf } from './reducePack.ts';
import type { BlankForm } from './serial.ts';
import type { BlankRefusal, PackRecord } from './types.ts';

/**
 * Whether a blank may go under the printer of this window: unknown number, already used, assigned to another window and
 * not yet assigned are four different answers (domain.md §4.11).
 * @param pack the one the serial lies in, or null
 */
export function findBlankProblem(
  pack: PackRecord | null,
  serial: string,
  { window, form }: { window: string; form: BlankForm },
): BlankRefusal | null {
  const index = pack && indexOf(pack, serial);
  if (!pack || index === null) return 'blank-unknown';
  const custody = custodyAt(pack, index);
  if (custody.state === 'IN_STORE') return 'blank-not-assigned';
  if (custody.state !== 'ASSIGNED') return 'blank-used';
  if (custody.window !== window) return 'blank-other-window';
  return pack.form === form ? null : 'blank-wrong-form';
}
