import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { upsertStaffOffline } from '../../centre/command.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';

/** What a demonstration keeps between two starts. */
interface DemoRecord {
  /** A terminal's token belongs to one address of the centre, so the port stays. */
  centrePort: number;
}

export interface DemoFolder {
  centreDir: string;
  terminalDir: string;
  slipsDir: string;
  configFile: string;
  centrePort: number;
}

/** Fictitious people; the login page of a demonstration shows them. */
export const DEMO_STAFF: readonly { number: string; name: string; roles: StaffRole[]; password: string }[] = [
  { number: '1001', name: '王敏', roles: ['WIN', 'PRE'], password: 'Yichuang-1001' },
  { number: '1002', name: '李强', roles: ['WIN', 'SUP'], password: 'Yichuang-1002' },
];

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
  if (existsSync(file)) {
    return { ...folder, ...(JSON.parse(readFileSync(file, 'utf8')) as DemoRecord) };
  }
  for (const member of DEMO_STAFF) await upsertStaffOffline(folder.centreDir, member);
  const record: DemoRecord = { centrePort: await findFreePort() };
  writeFileSync(file, JSON.stringify(record));
  return { ...folder, ...record };
}

/** A TCP port of the loopback address that is free now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
