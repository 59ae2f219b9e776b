import { ledger } from './0010-ledger.ts';
import { slimProjection } from './0020-slim-projection.ts';
import { register } from './0030-register.ts';
import { payment } from './0060-payment.ts';
import { blanks } from './0070-blanks.ts';
import { linkedCases } from './0150-linked-cases.ts';
import { printSheets } from './0160-print-sheets.ts';
import { relay } from './0210-relay.ts';
import { hall } from './0220-hall.ts';
import { hubRole } from './0230-hub-role.ts';
import { images } from './0240-images.ts';
import { identity } from './0310-identity.ts';
import { scopeFloor } from './0320-scope-floor.ts';
import { scanImage } from './0330-scan-image.ts';
import { unmetRows } from './0360-unmet-rows.ts';
import { waitingPush } from './0370-waiting-push.ts';
import type { Migration } from './types.ts';

/** In the order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [
  ledger,
  slimProjection,
  register,
  payment,
  blanks,
  linkedCases,
  printSheets,
  relay,
  hall,
  hubRole,
  images,
  identity,
  scopeFloor,
  scanImage,
  unmetRows,
  waitingPush,
];
