import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { KeyFileError } from '../../centre/store/keyFile.ts';
import { openDatabase } from '../../centre/store/sqlite/open.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import type { HealthDetail } from '../../contract/health.ts';
import { sha256Hex } from '../../db/digest.ts';
import { uuidToBlob } from '../../db/ids.ts';
import { readMeta } from '../../db/meta.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { sealOp } from '../../domain/ledger/op.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** Real terminals and a real centre: who they are, what was promised, and what shows when somebody changed it. */

const silent = pino({ level: 'silent' });
let dir: string;
let centre: Centre;
const opened: { dispose(): Promise<void> }[] = [];

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-identity-'));
  centre = await startCentre({ dataDir: path.join(dir, 'centre'), logger: silent });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.dispose()));
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

function openTerminal(terminal = 'W07') {
  const fixture = openTestStore();
  let client: SyncClient | null = null;
  let accepted = 0;
  const alarms = new Map<string, HealthDetail>();
  const self = {
    fixture,
    alarms,
    get store() {
      return fixture.store;
    },
    get link() {
      return client?.state.link;
    },
    get device() {
      return fixture.store.ledger.device;
    },
    get waiting() {
      return fixture.store.delivery.countUnsent();
    },
    connect(enrolmentCode?: string) {
      client = new SyncClient({
        store: fixture.store,
        url: centre.url,
        terminal,
        hall: 'main',
        enrolmentCode,
        now: Date.now,
        onChange: () => {},
        onStreams: () => {},
        onPublished: () => {},
        onAlarm: (code, detail) => (detail === null ? alarms.delete(code) : alarms.set(code, detail)),
        log: () => {},
      });
    },
    accept(count = 1) {
      for (let n = 0; n < count; n += 1) {
        accepted += 1;
        const number = `20261123${terminal.slice(1)}${String(accepted).padStart(4, '0')}`;
        const body = acceptance(accepted, { number, window: terminal });
        fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      }
      client?.notify();
    },
    /** Connected, and nothing waits. */
    settled: () => vi.waitFor(() => expect([self.link, self.waiting]).toEqual(['connected', 0]), { timeout: 45_000 }),
    async disconnect() {
      await client?.stop();
      client = null;
    },
    codes: () => [...new Set(verifyDatabase(fixture.store.db).map(({ code }) => code))].sort(),
    async dispose() {
      await self.disconnect();
      fixture.dispose();
    },
  };
  opened.push(self);
  return self;
}

async function join(terminal = 'W07') {
  const joined = openTerminal(terminal);
  joined.connect(await centre.createEnrolmentCode({ terminal }));
  joined.accept(3);
  await joined.settled();
  return joined;
}

/** What somebody does who has the centre's data, its key and the program, while it stands still. */
async function whileClosed(change: (db: ReturnType<typeof openDatabase>) => void): Promise<void> {
  const { port } = centre;
  await centre.close();
  const db = openDatabase(path.join(dir, 'centre'));
  try {
    change(db);
  } finally {
    db.close();
  }
  centre = await startCentre({ dataDir: path.join(dir, 'centre'), port, logger: silent });
}

const centreCodes = () => [...new Set(verifyCentre(path.join(dir, 'centre')).map(({ code }) => code))].sort();

describe('at the terminal', () => {
  test('the key is in the encrypted database and nowhere else', async () => {
    const w07 = await join();
    const sealed = readMeta(w07.store.db, 'device-key') ?? '';
    expect(sealed.length).toBeGreaterThan(60);
    w07.store.db.pragma('wal_checkpoint(PASSIVE)');
    const needles = [sealed, Buffer.from(sealed, 'base64'), Buffer.from(sealed, 'base64').subarray(-32)];
    for (const name of readdirSync(w07.fixture.dir, { recursive: true })) {
      const file = path.join(w07.fixture.dir, String(name));
      if (!statSync(file).isFile()) continue;
      for (const needle of needles) expect(readFileSync(file).includes(needle)).toBe(false);
    }
  });

  test('a chain that was written anew, with every hash, is not what the centre has signed for', async () => {
    const w07 = await join();
    await w07.disconnect();
    expect(w07.codes()).toEqual([]);
    const { db, ledger } = w07.store;
    let prev = '';
    for (const [index, op] of ledger.readAfter(0, 100).entries()) {
      const forged = sealOp(
        { ...op, actor: index === 1 ? '9999' : op.actor },
        index === 0 ? op.prev_hash : prev,
        sha256Hex,
      );
      prev = forged.hash;
      db.prepare('UPDATE op SET actor = ?, prev_hash = ?, hash = ? WHERE seq = ? AND device = ?').run(
        forged.actor,
        Buffer.from(forged.prev_hash, 'hex'),
        Buffer.from(forged.hash, 'hex'),
        forged.seq,
        uuidToBlob(ledger.device),
      );
      db.prepare('UPDATE push_state SET head = ? WHERE acked = ?').run(forged.hash, forged.seq);
    }
    expect(w07.codes()).toContain('receipt-differs');
    // He may write other receipts, but he cannot sign them.
    db.prepare('UPDATE receipt SET head = ?').run(prev);
    expect(w07.codes()).toContain('receipt-forged');
  });

  test('a tail that was cut shows', async () => {
    const w07 = await join();
    await w07.disconnect();
    const { db } = w07.store;
    db.pragma('foreign_keys=OFF');
    db.exec(
      'DELETE FROM op WHERE seq = 3; UPDATE push_state SET acked = 2, head = (SELECT lower(hex(hash)) FROM op WHERE seq = 2)',
    );
    expect(w07.codes()).toContain('acked-beyond-log');
  });

  test('somebody who answers under a known id with another key is not believed, and gets nothing', async () => {
    const w07 = await join();
    await w07.disconnect();
    w07.accept();
    w07.store.db.prepare('UPDATE authority SET public_key = ?').run('A'.repeat(43));
    w07.connect();
    await vi.waitFor(() => expect(w07.link).toBe('refused'), { timeout: 45_000 });
    expect(w07.waiting).toBe(1);
  });
});

describe('at the centre', () => {
  test('a chain that was written anew, with every hash and head, is not what its author has signed', async () => {
    const w07 = await join();
    await w07.disconnect();
    expect(centreCodes()).toEqual([]);
    await whileClosed((db) => {
      db.exec('DROP TRIGGER op_is_never_changed');
      const rows = db.prepare('SELECT id, envelope FROM op WHERE device = ? ORDER BY seq').all(uuidToBlob(w07.device));
      let prev = '';
      for (const [index, row] of (rows as { id: number; envelope: string }[]).entries()) {
        const op = JSON.parse(row.envelope);
        const forged = sealOp(
          { ...op, actor: index === 0 ? '9999' : op.actor },
          index === 0 ? op.prev_hash : prev,
          sha256Hex,
        );
        prev = forged.hash;
        db.prepare('UPDATE op SET hash = ?, envelope = ? WHERE id = ?').run(
          Buffer.from(prev, 'hex'),
          JSON.stringify(forged),
          row.id,
        );
      }
      db.prepare('UPDATE device_head SET hash = ? WHERE device = ?').run(
        Buffer.from(prev, 'hex'),
        uuidToBlob(w07.device),
      );
    });
    expect(centreCodes()).toContain('signed-head-differs');
    await whileClosed((db) =>
      db.exec(
        'UPDATE signed_head SET hash = (SELECT hash FROM op WHERE op.device = signed_head.device AND op.seq = signed_head.seq)',
      ),
    );
    expect(centreCodes()).toContain('signature-forged');
    await whileClosed((db) => db.exec('DELETE FROM signed_head'));
    expect(centreCodes()).toContain('unsigned-ops');
  });

  test('a log that was cut below what was countersigned shows when a terminal comes, which sends again what it has', async () => {
    const w07 = await join();
    await w07.disconnect();
    const copy = path.join(dir, 'copy');
    await centre.close();
    cpSync(path.join(dir, 'centre'), copy, { recursive: true });
    centre = await startCentre({ dataDir: path.join(dir, 'centre'), logger: silent });
    w07.store.db.prepare("UPDATE meta SET value = ? WHERE name = 'hub-url'").run(centre.url);
    w07.accept(2);
    w07.connect();
    await w07.settled();
    await w07.disconnect();

    await centre.close();
    centre = await startCentre({ dataDir: copy, logger: silent });
    w07.store.db.prepare("UPDATE meta SET value = ? WHERE name = 'hub-url'").run(centre.url);
    w07.connect();
    await vi.waitFor(() => expect(centre.stats().cases).toBe(5), { timeout: 45_000 });
    await w07.settled();
    expect(w07.alarms.get('receipt-contradicted')).toEqual({ epoch: 1, promised: 5, there: 3 });
    expect(verifyCentre(copy).map(({ code }) => code)).toEqual(['cut-below-receipt']);
    expect(w07.codes()).toEqual([]);
  });

  test('without its own signing key it does not start, and makes no other', async () => {
    await join();
    const data = path.join(dir, 'centre');
    await centre.close();
    const saved = readFileSync(path.join(data, 'signing.key'), 'utf8');
    expect(statSync(path.join(data, 'signing.key')).mode & 0o777).toBe(0o600);
    rmSync(path.join(data, 'signing.key'));
    await expect(startCentre({ dataDir: data, logger: silent })).rejects.toThrow(KeyFileError);
    writeFileSync(path.join(data, 'signing.key'), saved, { mode: 0o600 });
    centre = await startCentre({ dataDir: data, logger: silent });
  });
});

describe('a device that is revoked', () => {
  test('is refused at once on every line, keeps what it has, and says so', async () => {
    const w07 = await join();
    const line = connectHttp(centre.url);
    line.setToken(readMeta(w07.store.db, 'hub-token') ?? '');
    const ended = (async () => {
      for await (const _hint of line.hints('/sync/v1/live', AbortSignal.timeout(60_000))) void _hint;
      return 'ended';
    })();
    // The first hint is there: the line stands.
    await vi.waitFor(
      async () =>
        expect((await line.exchange({ method: 'GET', path: '/sync/v1/pull?scope=hall:main&after=0' })).ok).toBe(true),
      45_000,
    );
    await centre.revokeDevice(w07.device);
    expect(await ended).toBe('ended');
    expect((await line.exchange({ method: 'GET', path: '/sync/v1/pull?scope=hall:main&after=0' })).status).toBe(401);
    w07.accept(2);
    await vi.waitFor(() => expect(w07.alarms.get('device-revoked')).toEqual({ waiting: 2 }), { timeout: 45_000 });
    expect([w07.link, w07.waiting, centre.stats().cases]).toEqual(['refused', 2, 3]);
  });

  test('comes back by a new code, under a new key, with its whole history', async () => {
    const w07 = await join();
    const before = w07.store.identity.key().publicKey;
    await centre.revokeDevice(w07.device);
    await w07.disconnect();
    w07.accept(2);
    w07.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await w07.settled();
    expect(centre.stats().cases).toBe(5);
    expect(w07.store.identity.key().publicKey).not.toBe(before);
    expect([w07.alarms.size, w07.codes(), centreCodes()]).toEqual([0, [], []]);
  });
});
