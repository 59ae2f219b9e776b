import { randomBytes } from 'node:crypto';
import { secretHash } from '../../centre/digest.ts';
import { uuidToBlob } from '../../centre/store/sqlite/blobs.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { SQL } from '../../centre/store/sqlite/sql.ts';
import { OpMaker } from '../fixtures/opMaker.ts';

/** Windows of a hall (design.md §1). */
const WINDOWS = 18;

export interface FleetTerminal {
  maker: OpMaker;
  hall: string;
  token: string;
}

/**
 * Terminals that are enrolled at a centre not yet running, 18 in each hall. All in one transaction and past the codes:
 * enrolling is not what is measured.
 */
export function enrolFleet(centreDir: string, name: string, count: number): FleetTerminal[] {
  const db = openDatabase(centreDir);
  const setDevice = db.prepare(SQL.setDevice);
  const fleet = Array.from({ length: count }, (_, index) => {
    const hall = `${name}-${Math.floor(index / WINDOWS)}`;
    const terminal = String((index % WINDOWS) + 1).padStart(2, '0');
    const maker = new OpMaker({ name: `${name}/${index}`, terminal, hall });
    return { maker, hall, terminal: `W${terminal}`, token: randomBytes(32).toString('base64url') };
  });
  db.transaction(() => {
    for (const { maker, hall, terminal, token } of fleet) {
      setDevice.run(uuidToBlob(maker.device), secretHash(token), terminal, hall, Date.now(), 'terminal');
    }
  }).immediate();
  db.close();
  return fleet;
}
