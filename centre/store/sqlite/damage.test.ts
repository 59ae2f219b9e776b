import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDamage } from '../../../disk/quarantine.ts';
import { WITNESS_FILE } from '../../../disk/witness.ts';
import { DAMAGES, damageFile, damageFolder } from '../../../tests/fixtures/damage.ts';
import { OpMaker } from '../../../tests/fixtures/opMaker.ts';
import { CLERK } from '../../../tests/fixtures/staff.ts';
import { createIngest } from '../../ingest.ts';
import { HUB_RULES } from '../../relay/asGiven.ts';
import { upsertStaff } from '../../staff.ts';
import { verifyCentre } from '../../verify/verify.ts';
import { StoreOpenError } from '../storeOpenError.ts';
import type { CentreStore } from '../types.ts';
import { openToRead } from './open.ts';
import { openSqliteStore } from './store.ts';

/** As db/damage.test.ts, of a centre and of a hub: what it acknowledged is there, or it says that it is not. */

const OWNERS = ['centre', 'hub'] as const;
type Owner = (typeof OWNERS)[number];
type State = 'crashed' | 'closed';
let root: string;
const content = new Map<Owner, string>();
const folderOf = (owner: Owner, state: State | 'live') => path.join(root, `${owner}-${state}`);

beforeAll(async () => {
  root = damageFolder();
  for (const owner of OWNERS) {
    const live = folderOf(owner, 'live');
    const store = openSqliteStore(live);
    await (owner === 'hub' ? fillHub(store) : fillCentre(store));
    cpSync(live, folderOf(owner, 'crashed'), { recursive: true });
    store.close();
    content.set(owner, contentOf(live));
    cpSync(live, folderOf(owner, 'closed'), { recursive: true });
  }
});

async function fillCentre(store: CentreStore): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const change = { number: String(1000 + i), name: CLERK.name, roles: CLERK.roles, password: 'Yichuang-1001' };
    await upsertStaff(store, 'main', change, Date.now);
  }
}

/** Cases of a window, which it holds for a centre that is away. */
async function fillHub(store: CentreStore): Promise<void> {
  store.setUpstream('http://centre', 'main');
  const ingest = createIngest({ store, now: Date.now, onPublished: () => {}, rules: HUB_RULES });
  const maker = new OpMaker({ name: 'held' });
  const author = { device: maker.device, hall: 'main', centre: false };
  for (let i = 0; i < 20; i++) await ingest.push({ author, epoch: maker.epoch, ops: [maker.acceptCase()] });
  expect(store.countToForward()).toBe(20);
}

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Without the centre's own row: it notices that it lies in another place, and begins a new epoch. */
function contentOf(dir: string): string {
  const db = openToRead(dir);
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'centre' ORDER BY name")
    .pluck()
    .all();
  const rows = (tables as string[]).map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
  db.close();
  return JSON.stringify(rows);
}

const FILES = [
  { state: 'closed', file: 'centre.db', within: Number.POSITIVE_INFINITY },
  { state: 'closed', file: 'centre.db', within: 100 },
  { state: 'crashed', file: 'centre.db-wal', within: Number.POSITIVE_INFINITY },
  { state: 'crashed', file: 'centre.db-wal', within: 56 },
  { state: 'crashed', file: 'centre.db', within: Number.POSITIVE_INFINITY },
  { state: 'closed', file: WITNESS_FILE, within: Number.POSITIVE_INFINITY },
] as const;

test.each(OWNERS.flatMap((owner) => FILES.map((each) => ({ owner, ...each }))))(
  'a hundred damages to $file of a $owner, $state (first $within bytes)',
  ({ owner, state, file, within }) => {
    let quarantined = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const dir = path.join(root, 'damaged');
      rmSync(dir, { recursive: true, force: true });
      cpSync(folderOf(owner, state), dir, { recursive: true });
      const damage = DAMAGES[seed % DAMAGES.length] ?? 'flip';
      const done = `seed ${seed}: ${damageFile(path.join(dir, file), damage, seed, within)}`;
      const broken = bytesOf(dir);
      try {
        openSqliteStore(dir, 0, { isStart: true }).close();
      } catch (error) {
        expect(error, done).toBeInstanceOf(StoreOpenError);
        const kept = bytesOf(readDamage(dir)?.quarantine ?? '');
        for (const [name, bytes] of broken) expect(kept.get(name)?.equals(bytes), `${done}, ${name}`).toBe(true);
        expect(existsSync(path.join(dir, 'centre.db')), done).toBe(false);
        // Neither the centre nor a command beside it begins an empty one.
        expect(() => openSqliteStore(dir, 0), done).toThrow(/is damaged/);
        quarantined += 1;
        continue;
      }
      expect(contentOf(dir) === content.get(owner), `${done}: opened with other content`).toBe(true);
      if (seed % 20 === 0) expect(verifyCentre(dir), done).toEqual([]);
    }
    if (file === WITNESS_FILE) expect(quarantined).toBe(0);
    else expect(quarantined).toBeGreaterThanOrEqual(20);
  },
);

test('a command beside a centre with a damaged log is refused, and moves nothing', () => {
  const dir = path.join(root, 'command');
  cpSync(folderOf('centre', 'crashed'), dir, { recursive: true });
  damageFile(path.join(dir, 'centre.db-wal'), 'flip', 1, 56);
  const before = bytesOf(dir);
  expect(() => openSqliteStore(dir, 0)).toThrow(/is damaged/);
  expect(bytesOf(dir)).toEqual(before);
  expect(readDamage(dir)).toBeNull();
});

/** Without the index of the log, which whoever opens it makes anew. */
function bytesOf(dir: string): Map<string, Buffer> {
  const names = readdirSync(dir).filter((name) => /^centre\.db(-wal)?$/.test(name) || name === WITNESS_FILE);
  return new Map(names.map((name) => [name, readFileSync(path.join(dir, name))]));
}
