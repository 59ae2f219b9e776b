import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSignedSync } from '../../signing/check.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { assertPrivate, createPrivateFile, KeyFileError } from '../store/keyFile.ts';
import type { CentreStore } from '../store/types.ts';

const FILE = 'signing.key';
const PROBE = 'yichuang';

type KeyStore = Pick<CentreStore, 'recordOwnKey' | 'ownKey' | 'close'>;

/**
 * The key by which a centre or hub signs its receipts: PKCS #8 in base64, in `signing.key` beside the store's key. Terminals
 * remember its public part, so it is never made anew once the data know one.
 * @throws KeyFileError when it is missing, malformed, readable by others, or not the one of these data; the store is closed
 */
export function openOwnKey(dataDir: string, store: KeyStore): SigningKey {
  try {
    return loadOwnKey(join(dataDir, FILE), store);
  } catch (error) {
    store.close();
    throw error;
  }
}

function loadOwnKey(path: string, store: KeyStore): SigningKey {
  if (store.ownKey() === null && !existsSync(path)) createPrivateFile(path, makeSigningKey());
  const key = readKey(path);
  if (store.recordOwnKey(key.publicKey) !== key.publicKey)
    throw new KeyFileError(`${path} is not the key of these data: put back the one that was saved with them`);
  // Tried here and not with the first receipt: a process that signs for the first time stands still for 20 ms.
  if (!isSignedSync(key.publicKey, PROBE, key.sign(PROBE)))
    throw new KeyFileError(`${path} does not sign as it should`);
  return key;
}

function readKey(path: string): SigningKey {
  try {
    assertPrivate(path);
    return SigningKey.open(readFileSync(path, 'utf8').trim());
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new KeyFileError(`cannot read ${path}: it is saved together with centre.key, and receipts are signed by it`, {
      cause: error,
    });
  }
}
