import { mkdirSync } from 'node:fs';
import { v7 } from 'uuid';
import { parseTerminalConfig, type TerminalRole } from '../../contract/config.ts';
import type { ServicePush } from '../../contract/serviceProtocol.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';
import { Service } from '../../service/app.ts';
import { createLog } from '../../service/log.ts';
import { CLOCK_VARIABLE, readClock } from '../rehearse/clock.ts';
import { DEVICES_ENTRY, IS_CHECKOUT, PAGES_DIR, readVersion } from './installation.ts';

const DAMAGED_EXIT = 3;

export interface HeadlessService {
  service: Service;
  role: TerminalRole;
  /** Of the data, 64 hex digits; never logged. */
  keyHex: string;
}

/** The service of a terminal in this process, without Electron. @throws ConfigError, StoreError */
export async function openHeadlessService(options: {
  configText: string;
  dataDir: string;
  demo: boolean;
  push: (push: ServicePush) => void;
  /** The built pages, for TVs; those of this installation unless named. */
  pagesDir?: string | undefined;
}): Promise<HeadlessService> {
  const { configText, dataDir, demo, push, pagesDir = PAGES_DIR } = options;
  const { terminal } = parseTerminalConfig(configText);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const key = await openKey({
    dataDir,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: (line) => console.error(line),
  });
  const service = new Service({
    start: {
      configText,
      dataDir,
      key,
      devicesEntry: DEVICES_ENTRY,
      execPath: process.execPath,
      version: readVersion(),
      demo,
    },
    now: IS_CHECKOUT ? readClock(process.env[CLOCK_VARIABLE]) : Date.now,
    newId: v7,
    log: createLog('service', demo ? 'warn' : 'info'),
    push,
    // Started again, it looks at every page.
    onDamaged: () => setImmediate(() => process.exit(DAMAGED_EXIT)),
    pagesDir,
  });
  return { service, role: terminal.role, keyHex: key.hex };
}
