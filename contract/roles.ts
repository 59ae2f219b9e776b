/** What a terminal can be (design.md §1). Free of zod: the shell knows its role before it loads any schema. */
export const TERMINAL_ROLES = ['window', 'prereview', 'screen', 'supervisor', 'backoffice'] as const;

export type TerminalRole = (typeof TERMINAL_ROLES)[number];
