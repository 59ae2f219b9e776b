import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findOpDefect, genesisHash, type Op } from '../domain/ledger/op.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { sha256Hex } from './digest.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

function accept(sequence: number, stream = caseStream()): Op {
  return fixture.store.ledger.append({ kind: 'case.accepted', stream, actor: '1001', body: acceptance(sequence) }).op;
}

describe('appending', () => {
  test('ops of a device form one contiguous, verifiable chain across a reopening', () => {
    accept(1);
    accept(2);
    fixture.reopen();
    accept(3);
    const ops = fixture.store.ledger.readAfter(0, 10);
    expect(ops.map((op) => op.seq)).toEqual([1, 2, 3]);
    let prev = genesisHash(fixture.store.ledger.device, 1, sha256Hex);
    for (const op of ops) {
      expect(findOpDefect(op, prev, sha256Hex)).toBeNull();
      prev = op.hash;
    }
  });

  test('op and projection are written together', () => {
    const op = accept(1);
    const found = fixture.store.cases.find('20261123070001');
    expect(found?.record.id).toBe(op.stream.slice(5));
    expect(fixture.store.cases.lastNumber('2026112307')).toBe(1);
  });

  test('an illegal change leaves no trace in the log', () => {
    const stream = caseStream();
    accept(1, stream);
    expect(() => accept(2, stream)).toThrow('illegal-transition');
    expect(fixture.store.ledger.head().seq).toBe(1);
    expect(fixture.store.cases.search('', 10).total).toBe(1);
  });

  test('a number used twice is refused and leaves no trace', () => {
    accept(1);
    expect(() => accept(1)).toThrow(/UNIQUE/);
    expect(fixture.store.ledger.head().seq).toBe(1);
  });

  test('whatever fails later in the transaction takes the op back too', () => {
    const { ledger } = fixture.store;
    expect(() =>
      ledger.transact(() => {
        accept(1);
        throw new Error('power');
      }),
    ).toThrow('power');
    expect(ledger.head().seq).toBe(0);
    expect(fixture.store.cases.lastNumber('2026112307')).toBe(0);
  });
});

describe('taking ops of another device', () => {
  test('a pulled op is applied once, however often it comes', () => {
    const other = openTestStore();
    const { op } = other.store.ledger.append({
      kind: 'case.accepted',
      stream: caseStream(),
      actor: '1002',
      body: acceptance(9, { window: 'W08' }),
    });
    const rows = [{ pos: 1, op, understood: true }];
    expect(fixture.store.delivery.takePage('hall:main', rows)).toEqual([op.stream]);
    expect(fixture.store.delivery.takePage('hall:main', rows)).toEqual([]);
    expect(fixture.store.cases.find('20261123070009')?.place).toBe('centre');
    expect(fixture.store.delivery.cursor('hall:main')).toBe(1);
    other.dispose();
  });

  test('an op that contradicts what is known is kept aside and does not block the next', () => {
    const other = openTestStore();
    const first = other.store.ledger.append({
      kind: 'case.accepted',
      stream: caseStream(),
      actor: '1002',
      body: acceptance(1),
    }).op;
    const second = other.store.ledger.append({
      kind: 'case.accepted',
      stream: caseStream(),
      actor: '1002',
      body: acceptance(2),
    }).op;
    accept(1);
    const changed = fixture.store.delivery.takePage('hall:main', [
      { pos: 1, op: first, understood: true },
      { pos: 2, op: second, understood: true },
    ]);
    expect(changed).toEqual([second.stream]);
    expect(fixture.store.db.prepare('SELECT count(*) AS n FROM op WHERE applied = 0').get()).toEqual({ n: 1 });
    other.dispose();
  });
});
