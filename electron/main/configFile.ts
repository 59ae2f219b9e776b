import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseTerminalConfig, type TerminalConfig } from '../../contract/config.ts';

/** What a machine without configuration starts with: a window that knows no centre and no device, and says so. */
const FIRST_RUN_CONFIG = `{
  // 本机尚未配置。填写 hub 与 devices 后重新启动；各项说明见 docs/operations.md。
  "terminal": { "id": "W01", "role": "window", "hall": "main", "floor": 2 },
  "devices": {}
}
`;

export interface LoadedConfig {
  text: string;
  config: TerminalConfig;
}

/**
 * Reads the configuration, writing the first-run one when `mayCreate` and there is none.
 * @throws ConfigError naming each wrong key; Error when the file cannot be read
 */
export function loadConfig(file: string, mayCreate: boolean): LoadedConfig {
  if (mayCreate && !existsSync(file)) writeFileSync(file, FIRST_RUN_CONFIG, { mode: 0o600, flag: 'wx' });
  const text = readFileSync(file, 'utf8');
  return { text, config: parseTerminalConfig(text) };
}
