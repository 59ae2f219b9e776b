import { safeStorage } from 'electron';
import type { OsVault } from '../main/keyVault.ts';

/**
 * What differs between the Electron that ships (45) and the one tests run on (33), in one place: feature-detected,
 * never asked by version.
 */

/**
 * The operating system's vault: DPAPI on Windows, the secret service on Linux. Call it after `ready`.
 * The blocking calls are all that Electron 33 has; they are deprecated in 45 and gone in 46.
 * @returns null when there is none, or when it would "encrypt" with a constant (`basic_text`)
 */
export async function findOsVault(): Promise<OsVault | null> {
  const modern = typeof safeStorage.isAsyncEncryptionAvailable === 'function';
  const available = modern ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable();
  const backend = backendName();
  if (!available || backend === 'basic_text' || backend === 'unknown') return null;
  return {
    backend,
    async wrap(secret) {
      const wrapped = modern ? await safeStorage.encryptStringAsync(secret) : safeStorage.encryptString(secret);
      return wrapped.toString('base64');
    },
    async unwrap(wrapped) {
      const bytes = Buffer.from(wrapped, 'base64');
      return modern ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes);
    },
  };
}

function backendName(): string {
  if (process.platform === 'win32') return 'dpapi';
  if (process.platform === 'darwin') return 'keychain';
  return safeStorage.getSelectedStorageBackend();
}
