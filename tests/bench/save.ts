import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../db/open.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { caseStream, openTestStore, TEST_KEY } from '../fixtures/store.ts';
import { type Figure, figure, median, percentile, time } from './figures.ts';

const ROUNDS = 400;

/**
 * Saving an accepted case (op, projections, search index; FULL, encrypted) beside one durable row of the same size,
 * same library, same disk, taken in turns. Target: ≤ 1.6 × (design.md §10).
 */
export async function benchSave(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const fixture = openTestStore();
  const raw = openDatabase({ file: path.join(dir, 'raw.db'), keyHex: TEST_KEY });
  raw.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = raw.prepare('INSERT INTO row (body) VALUES (?)');
  const body = JSON.stringify(acceptance(1));
  const saves: number[] = [];
  const rows: number[] = [];
  try {
    for (let i = 1; i <= ROUNDS; i++) {
      rows.push(await time(() => insert.run(body)));
      saves.push(
        await time(() =>
          fixture.store.ledger.append({
            kind: 'case.accepted',
            stream: caseStream(),
            actor: '1001',
            body: acceptance(i),
          }),
        ),
      );
    }
  } finally {
    raw.close();
    fixture.dispose();
    rmSync(dir, { recursive: true, force: true });
  }
  return [
    figure('save.median', median(saves), 'ms', median(rows)),
    figure('save.p99', percentile(saves, 0.99), 'ms', percentile(rows, 0.99)),
  ];
}
