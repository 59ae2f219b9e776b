import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEnrolmentCode } from '../../../centre/enrolment.ts';
import { upsertStaff } from '../../../centre/staff.ts';
import { openStore } from '../../../centre/store/openStore.ts';
import { openSqliteStore } from '../../../centre/store/sqlite/store.ts';
import { Store } from '../../../db/store.ts';
import { STAFF_ROLES, type StaffRole } from '../../../domain/staff/roles.ts';
import { installChance } from '../engine/chance.ts';
import type { SimulatedDatabase } from '../engine/database/database.ts';
import { Random } from '../engine/random.ts';
import { v7 } from '../engine/uuid.ts';
import { START } from '../engine/virtualTime.ts';

export const KEY = '5a'.repeat(32);
/** Open around the clock. */
export const RULES = ['00:00-23:59'] as const;
export const TERMINALS = ['K01', 'W07', 'W09'] as const;
export const HUBS = ['H01', 'H02'] as const;
/** Has every role, so that one person can do everything a run asks for. */
export const PERSON = '1001';
export const WITNESS = '1002';

export interface Template {
  dir: string;
  codes: Readonly<Record<string, string>>;
  /** Where the centre has its ops; undefined: in a SQLite file. */
  database: SimulatedDatabase | undefined;
}

/** The disks every run begins with, made once for a process: migrated, with staff, and with a code for each machine. */
export async function makeTemplate(dir: string, database?: SimulatedDatabase): Promise<Template> {
  const restore = installChance(new Random(0, 'template'));
  const { now: realNow } = Date;
  const now = () => START - 3_600_000;
  // Ids of devices hold the time at which they were made.
  Date.now = now;
  try {
    const centre = openStore({ dataDir: folder(dir, 'centre'), database: database?.address });
    const roles = Object.keys(STAFF_ROLES) as StaffRole[];
    for (const number of [PERSON, WITNESS])
      await upsertStaff(centre, 'main', { number, name: '示例', roles, password: 'example-pass' }, now);
    const codes: Record<string, string> = {};
    const ttlMinutes = 24 * 60;
    for (const terminal of TERMINALS)
      codes[terminal] = await createEnrolmentCode(centre, { terminal, hall: 'main', ttlMinutes }, now);
    for (const terminal of HUBS)
      codes[terminal] = await createEnrolmentCode(centre, { terminal, hall: 'main', kind: 'relay', ttlMinutes }, now);
    centre.close();
    database?.keep();
    for (const name of HUBS) openSqliteStore(folder(dir, name)).close();
    for (const name of TERMINALS) Store.open({ dir: folder(dir, name), keyHex: KEY, now, newId: v7 }).close();
    return { dir, codes, database };
  } finally {
    Date.now = realNow;
    restore();
  }
}

function folder(dir: string, name: string): string {
  const made = path.join(dir, name);
  mkdirSync(made, { recursive: true, mode: 0o700 });
  // The disk of that machine: what is copied from it is the same one.
  writeFileSync(path.join(made, 'disk.id'), name);
  return made;
}
