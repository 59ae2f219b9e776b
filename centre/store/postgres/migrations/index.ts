import { first } from './0240-first.ts';
import { identity } from './0310-identity.ts';
import { scopeFloor } from './0320-scope-floor.ts';
import { scanImage } from './0330-scan-image.ts';
import { unmetRows } from './0360-unmet-rows.ts';
import { waitingPush } from './0370-waiting-push.ts';
import type { Migration } from './types.ts';

/** In the order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [first, identity, scopeFloor, scanImage, unmetRows, waitingPush];
