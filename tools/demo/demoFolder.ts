import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { upsertStaffOffline } from '../../centre/command.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { findStablePort } from './stablePort.ts';
import { stockBlanks } from './stockBlanks.ts';

/** What a demonstration keeps between two starts. */
interface DemoRecord {
  /** A terminal's token belongs to one address of the centre, so the port stays. */
  centrePort: number;
  /** Of the back office in a browser: whoever bookmarked it finds it again. */
  officePort: number;
  /** Numbers of `DEMO_STAFF` that the centre knows. */
  staff: string[];
  /** Blanks are received and in the drawers. */
  blanks: boolean;
}

export interface DemoFolder {
  centreDir: string;
  terminalDir: string;
  slipsDir: string;
  configFile: string;
  centrePort: number;
  officePort: number;
}

/**
 * Fictitious people; the login page of a demonstration shows them. One person for each desk of the back office: who did
 * a step of a case may not do the next one that checks it (domain.md §3.1).
 */
export const DEMO_STAFF: readonly { number: string; name: string; roles: StaffRole[]; password: string }[] = [
  person('1001', '王敏', ['WIN', 'PRE']),
  person('1002', '李强', ['WIN', 'SUP']),
  person('1003', '韩雪', ['GUIDE']),
  person('2001', '赵丽', ['TAX']),
  person('2002', '钱伟', ['HOU']),
  person('2003', '孙静', ['FEE']),
  person('2004', '周涛', ['REV1']),
  person('2005', '吴芳', ['REV2']),
  person('2006', '郑凯', ['APP']),
  person('2007', '冯洁', ['BOOK']),
  person('2008', '陈刚', ['PRT']),
  person('2009', '褚燕', ['QC']),
  person('2010', '卫平', ['ARC']),
  person('9001', '蒋华', ['SUP']),
  person('9101', '沈静', ['AUD']),
];

function person(number: string, name: string, roles: StaffRole[]) {
  return { number, name, roles, password: `Yichuang-${number}` };
}

/** Makes the folder of a demonstration, or finds the one of last time with its cases. */
export async function openDemoFolder(dir: string): Promise<DemoFolder> {
  const folder = {
    centreDir: path.join(dir, 'centre'),
    terminalDir: path.join(dir, 'terminal'),
    slipsDir: path.join(dir, 'slips'),
    configFile: path.join(dir, 'terminal.jsonc'),
  };
  for (const each of [folder.centreDir, folder.terminalDir, folder.slipsDir])
    mkdirSync(each, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'demo.json');
  // A folder of an older program knows fewer things.
  const known = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Partial<DemoRecord>;
  const centrePort = known.centrePort ?? (await findStablePort());
  const officePort = known.officePort ?? (await findStablePort());
  for (const member of DEMO_STAFF) {
    if (!known.staff?.includes(member.number)) await upsertStaffOffline(folder.centreDir, member);
  }
  if (known.blanks !== true) await stockBlanks(folder.centreDir, '9001');
  const record: DemoRecord = { centrePort, officePort, staff: DEMO_STAFF.map(({ number }) => number), blanks: true };
  writeFileSync(file, JSON.stringify(record));
  return { ...folder, centrePort, officePort };
}
