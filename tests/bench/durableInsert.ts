import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { openDatabase } from '../../db/open.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/** What one durable row costs here: same library, same disk, same settings, nothing else. @returns ms of each */
export function timeDurableInserts(count: number): number[] {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const db = openDatabase({ file: path.join(dir, 'raw.db'), keyHex: TEST_KEY });
  try {
    db.exec('CREATE TABLE row (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO row (id, text) VALUES (?, ?)');
    const text = 'x'.repeat(800);
    return Array.from({ length: count }, () => {
      const startedAt = performance.now();
      insert.run(v7(), text);
      return performance.now() - startedAt;
    });
  } finally {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
