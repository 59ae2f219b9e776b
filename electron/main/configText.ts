import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseJsonc } from '../../contract/jsonc.ts';
import { TERMINAL_ROLES, type TerminalRole } from '../../contract/roles.ts';

/** What a machine without configuration starts with: a window that knows no centre and no device, and says so. */
export const FIRST_RUN_CONFIG = `{
  // 本机尚未配置。填写 hub 与 devices 后重新启动；各项说明见 docs/operations.md。
  "terminal": { "id": "W01", "role": "window", "hall": "main", "floor": 2 },
  "devices": {}
}
`;

/**
 * Reads the configuration file as it is, writing the first-run one when `mayCreate` and there is none.
 * @throws Error when it cannot be read
 */
export function readConfigText(file: string, mayCreate: boolean): string {
  if (mayCreate && !existsSync(file)) writeFileSync(file, FIRST_RUN_CONFIG, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}

/** The role a configuration names, before it is known to be any use otherwise; `window` when it names none. */
export function peekRole(text: string): TerminalRole {
  const raw = parseJsonc(text).value as { terminal?: { role?: unknown } } | undefined;
  return TERMINAL_ROLES.find((role) => role === raw?.terminal?.role) ?? 'window';
}
