import { randomBytes } from 'node:crypto';
import { secretHash } from '../../centre/digest.ts';
import { uuidToBlob } from '../../centre/store/sqlite/blobs.ts';
import { IDENTITY_SQL } from '../../centre/store/sqlite/identitySql.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { SQL } from '../../centre/store/sqlite/sql.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { OpMaker } from '../fixtures/opMaker.ts';

/** Windows of a hall (design.md §1). */
const WINDOWS = 18;

export interface FleetTerminal {
  maker: OpMaker;
  hall: string;
  token: string;
  /** Of a fleet that signs. */
  key: SigningKey | null;
}

/**
 * Terminals that are enrolled at a centre not yet running, 18 in each hall. All in one transaction and past the codes:
 * enrolling is not what is measured.
 */
export function enrolFleet(centreDir: string, name: string, count: number, signs = false): FleetTerminal[] {
  const db = openDatabase(centreDir);
  const setDevice = db.prepare(SQL.setDevice);
  const addKey = db.prepare(IDENTITY_SQL.addKey);
  const fleet = Array.from({ length: count }, (_, index) => {
    const hall = `${name}-${Math.floor(index / WINDOWS)}`;
    const terminal = String((index % WINDOWS) + 1).padStart(2, '0');
    const maker = new OpMaker({ name: `${name}/${index}`, terminal, hall });
    const key = signs ? SigningKey.open(makeSigningKey()) : null;
    return { maker, hall, terminal: `W${terminal}`, token: randomBytes(32).toString('base64url'), key };
  });
  db.transaction(() => {
    for (const { maker, hall, terminal, token, key } of fleet) {
      const device = uuidToBlob(maker.device);
      setDevice.run(device, secretHash(token), terminal, hall, Date.now(), 'terminal');
      if (key) addKey.run(device, key.publicKey, 0, 0, Date.now());
    }
  }).immediate();
  db.close();
  return fleet;
}
