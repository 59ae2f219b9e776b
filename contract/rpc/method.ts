import { z } from 'zod';
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
  tier: 'local' | 'local-then-centre' | 'online';
  /** The caller gives up after this. */
  deadlineMs: number;
}

export const nothing = z.strictObject({});
export const EVERY: readonly TerminalRole[] = TERMINAL_ROLES;
export const WINDOW: readonly TerminalRole[] = ['window'];
