import { first } from './0240-first.ts';
import { scopeFloor } from './0320-scope-floor.ts';
import type { Migration } from './types.ts';

/** In the order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [first, scopeFloor];
