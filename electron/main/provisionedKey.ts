import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { KeyUnavailable } from './keyUnavailable.ts';

const OTHERS = 0o007;
const GROUP_WRITE = 0o020;

/**
 * Where root leaves the key: named by YICHUANG_KEY_FILE, handed over by systemd (`LoadCredential=yichuang-key:…`, which
 * may be sealed by the TPM), or the usual place of the platform.
 */
export function provisionedKeyFile(env: NodeJS.ProcessEnv, platform: string): string {
  if (env.YICHUANG_KEY_FILE) return env.YICHUANG_KEY_FILE;
  if (env.CREDENTIALS_DIRECTORY) return path.join(env.CREDENTIALS_DIRECTORY, 'yichuang-key');
  return platform === 'win32'
    ? path.join(env.ProgramData ?? 'C:\\ProgramData', 'Yichuang', 'key')
    : '/etc/yichuang/key';
}

/**
 * @returns the 256-bit key in lower-case hex
 * @throws KeyUnavailable when the file is missing, readable for everybody, or not 64 hex digits
 */
export function readProvisionedKey(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new KeyUnavailable('key-file-missing', file);
  // Windows has no such bits; the installer's ACL protects the folder there.
  if (process.platform !== 'win32' && (stat.mode & (OTHERS | GROUP_WRITE)) !== 0) {
    throw new KeyUnavailable('key-file-open', file);
  }
  const hex = readFileSync(file, 'utf8').trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new KeyUnavailable('key-file-invalid', file);
  return hex;
}
