import { z } from 'zod';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { TERMINAL_ROLES, type TerminalRole } from '../roles.ts';

/** One row of the RPC surface; each family of methods has a file of its own beside this one. */
export interface Method {
  doc: string;
  input: z.ZodType;
  output: z.ZodType;
  /** Terminal roles whose window may call it. */
  roles: readonly TerminalRole[];
  /** A clerk must be signed in. */
  signedIn: boolean;
  /** Who is signed in must have one of these roles (domain.md §3.1); absent: anybody who is signed in. */
  staff?: readonly StaffRole[];
  tier: 'local' | 'local-then-centre' | 'online';
  /** The caller gives up after this. */
  deadlineMs: number;
}

export const nothing = z.strictObject({});
export const EVERY: readonly TerminalRole[] = TERMINAL_ROLES;
/** Whoever sits at a desk; the kiosk and the screen act on nothing and see no case. */
export const DESKS: readonly TerminalRole[] = ['window', 'backoffice', 'supervisor'];
export const WINDOW: readonly TerminalRole[] = ['window'];

const EVERY_STAFF = Object.keys(STAFF_ROLES) as StaffRole[];

/** Whoever may see a case: not the administrator, and the auditor reads only logs (domain.md §3.1). */
export const CASE_STAFF: readonly StaffRole[] = EVERY_STAFF.filter((role) => role !== 'ADM' && role !== 'AUD');
/** Who takes applications in. */
export const FRONT_STAFF: readonly StaffRole[] = ['WIN', 'PRE'];
