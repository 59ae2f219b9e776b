import type { StaffRole } from '../staff/roles.ts';
import type { QueueCommand } from './commands.ts';

/** Who acts at a self-service machine. */
export const KIOSK = 'kiosk';

/** Who may ask what of the queue; `kiosk` is no member of staff. Empty: any terminal, whoever sits there. */
const MAY: Record<QueueCommand['kind'], readonly (StaffRole | typeof KIOSK)[]> = {
  take: [KIOSK, 'GUIDE', 'PRE', 'WIN', 'SUP'],
  next: ['WIN'],
  call: ['WIN'],
  recall: ['WIN'],
  arrive: ['WIN'],
  pass: ['WIN'],
  hold: ['WIN'],
  finish: ['WIN', 'SUP'],
  transfer: ['WIN', 'SUP'],
  void: ['WIN', 'PRE', 'SUP'],
  'send-back': ['WIN'],
  reprint: [KIOSK, 'GUIDE', 'PRE', 'WIN', 'SUP'],
  'drop-pickup': ['WIN', 'SUP'],
  raise: ['SUP'],
  plan: ['SUP'],
  issue: ['SUP'],
  release: ['SUP'],
  acknowledge: ['SUP'],
  contact: ['SUP'],
  settle: ['SUP'],
  'cancel-appointment': ['GUIDE', 'PRE', 'SUP'],
  'miss-appointment': ['GUIDE', 'PRE', 'SUP'],
  'catch-up': ['WIN', 'SUP'],
  lease: [],
};

export function mayDo(kind: QueueCommand['kind'], who: { actor: string; roles: readonly StaffRole[] }): boolean {
  const allowed = MAY[kind];
  if (allowed.length === 0) return true;
  if (who.actor === KIOSK) return allowed.includes(KIOSK);
  return who.roles.some((role) => allowed.includes(role));
}
