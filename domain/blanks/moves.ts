import type { StaffRole } from '../staff/roles.ts';
import type { BlankOpKind, BlankRefusal, Custody } from './types.ts';

export interface BlankMove {
  name: string;
  /** Where the blank must be. Nothing leads back from BOUND: a blank is used once, for ever. */
  from: readonly Custody[];
  to: Custody;
  /** What it is called when the blank is elsewhere. */
  otherwise: BlankRefusal;
  /** Who may ask for it; nobody: only the centre by itself. */
  who: readonly StaffRole[];
}

/** The legal moves of one blank (domain.md §4.11): IN_STORE → ASSIGNED → BOUND, and the side exits. */
export const BLANK_MOVES: Readonly<Record<BlankOpKind, BlankMove>> = {
  'blanks.received': { name: '入库', from: [], to: 'IN_STORE', otherwise: 'illegal-transition', who: ['SUP'] },
  'blanks.assigned': {
    name: '领用',
    from: ['IN_STORE'],
    to: 'ASSIGNED',
    otherwise: 'blank-not-in-store',
    who: ['SUP'],
  },
  'blanks.returned': {
    name: '交回',
    from: ['ASSIGNED'],
    to: 'IN_STORE',
    otherwise: 'blank-not-assigned',
    who: ['WIN', 'PRT', 'SUP'],
  },
  'blanks.bound': { name: '缮证', from: ['ASSIGNED'], to: 'BOUND', otherwise: 'blank-not-assigned', who: [] },
  'blanks.spoiled': {
    name: '作废',
    from: ['ASSIGNED', 'IN_STORE'],
    to: 'VOID',
    otherwise: 'blank-used',
    who: ['WIN', 'PRT', 'SUP'],
  },
  // Back to where it was spoiled.
  'blanks.restored': {
    name: '撤销作废',
    from: ['VOID'],
    to: 'ASSIGNED',
    otherwise: 'blank-not-restorable',
    who: ['SUP'],
  },
  'blanks.lost': {
    name: '遗失',
    from: ['ASSIGNED', 'IN_STORE'],
    to: 'LOST',
    otherwise: 'blank-used',
    who: ['WIN', 'PRT', 'SUP'],
  },
  // A bound one only when its case has spoiled it: the centre looks, since the pack cannot know.
  'blanks.destroyed': {
    name: '销毁',
    from: ['IN_STORE', 'VOID', 'LOST', 'BOUND'],
    to: 'DESTROYED',
    otherwise: 'illegal-transition',
    who: ['SUP'],
  },
};
