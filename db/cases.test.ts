import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Advance } from '../domain/case/advance.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { MAX_HITS } from './caseSearch.ts';
import { pairQuery, pairsOf, textQuery, tokenize } from './searchText.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
  const people = [
    ['张三', '220402199003071231', '辽源市龙山区东吉大街12号'],
    ['李娜', '220403198506150048', '辽源市西安区仙城街3号'],
    ['阿依古丽·买买提', '220422200002290011', '辽源市龙山区南康街7号'],
  ] as const;
  people.forEach(([name, idNumber, location], index) => {
    const base = acceptance(index + 1);
    fixture.store.ledger.append({
      kind: 'case.accepted',
      stream: caseStream(),
      actor: '1001',
      body: { ...base, parties: [{ ...base.parties[0], name, idNumber } as never], property: { location } },
    });
  });
});
afterEach(() => fixture.dispose());

const find = (text: string) =>
  fixture.store.cases
    .search(text, 10)
    .rows.map((row) => row.record.acceptance.parties[0]?.name)
    .sort();

describe('searching', () => {
  test.each([
    ['a whole name', '张三', ['张三']],
    ['a part of an address', '龙山区', ['张三', '阿依古丽·买买提'].sort()],
    ['a part of a long name', '古丽', ['阿依古丽·买买提']],
    ['a name with its dot', '阿依古丽·买买提', ['阿依古丽·买买提']],
    ['an identity number', '220403198506150048', ['李娜']],
    ['the beginning of an identity number', '220402', ['张三']],
    ['a 受理编号', '20261123070002', ['李娜']],
    ['the beginning of a 受理编号', '20261123', ['张三', '李娜', '阿依古丽·买买提'].sort()],
    ['the end of an address', '示例大街', []],
    ['a part of a street', '仙城', ['李娜']],
    ['one character', '娜', ['李娜']],
    ['something unknown', '赵六', []],
    ['only signs', '"*"', []],
    ['a query in the search language', 'names:张三 OR 李娜', []],
  ])('finds by %s', (_what, text, expected) => {
    expect(find(text)).toEqual([...expected].sort());
  });

  test('finds a whole address by its numbers, in their order only', () => {
    const add = (location: string, sequence: number) =>
      fixture.store.ledger.append({
        kind: 'case.accepted',
        stream: caseStream(),
        actor: '1001',
        body: acceptance(sequence, { property: { location } }),
      });
    const total = (text: string) => fixture.store.cases.search(text, 100).total;
    add('辽源市人民大街12号3单元402室', 11);
    add('辽源市人民大街3号12单元402室', 12);
    expect(total('人民大街12号3单元402室')).toBe(1);
    expect(total('12号3单元40')).toBe(1);
    expect(total('人民大街12号3单元40室')).toBe(0);
    expect(total('人民大街12号，3单元402室')).toBe(1);
    add('辽源市A座ÉTÉ12号305室', 13);
    expect(total('a座ete12号305室')).toBe(1);
    expect(total('a座ÉTÉ12号305室')).toBe(1);
    expect(total('座ete21号305室')).toBe(0);
    for (let sequence = 14; sequence < 74; sequence++) add('辽源市人民大街12号3单元402室', sequence);
    expect(total('人民大街12号3单元402室')).toBe(61);
  });

  test('counts hits to a bound, and the list of all to its end', () => {
    fixture.store.ledger.transact(() => {
      for (let sequence = 11; sequence < 11 + MAX_HITS; sequence++) {
        fixture.store.ledger.append({
          kind: 'case.accepted',
          stream: caseStream(),
          actor: '1001',
          body: acceptance(sequence),
        });
      }
    });
    const { rows, total } = fixture.store.cases.search('2026112307', 2);
    expect(total).toBe(MAX_HITS);
    expect(rows.map((row) => row.record.acceptance.number)).toEqual(['20261123071010', '20261123071009']);
    expect(fixture.store.cases.search('张三', 2).total).toBe(MAX_HITS);
    expect(fixture.store.cases.search('', 2).total).toBe(MAX_HITS + 3);
  });

  test('an empty text lists the newest first', () => {
    const { rows, total } = fixture.store.cases.search('', 2);
    expect(total).toBe(3);
    expect(rows.map((row) => row.record.acceptance.number)).toEqual(['20261123070003', '20261123070002']);
  });
});

test('a case is here until the centre has every op of it', () => {
  const { store } = fixture;
  expect(store.cases.countByPlace('07', '2026-11-23')).toEqual({ waiting: 3, atHall: 0, atCentre: 0 });
  store.delivery.recordPush({ acked: 2, head: 'h' }, [], '2026-11-23T00:00:00.000Z');
  expect(store.cases.countByPlace('07', '2026-11-23')).toEqual({ waiting: 1, atHall: 0, atCentre: 2 });
  expect(store.cases.find('20261123070001')?.place).toBe('centre');
  expect(store.cases.find('20261123070003')?.place).toBe('here');
});

test('a case with an op the centre rejected says so', () => {
  fixture.store.delivery.recordPush(
    { acked: 3, head: 'h' },
    [{ seq: 1, outcome: 'rejected', code: 'illegal-transition' }],
    '2026-11-23T00:00:00.000Z',
  );
  expect(fixture.store.cases.find('20261123070001')?.place).toBe('rejected');
});

test('a name does not run into the next one', () => {
  const base = acceptance(9);
  const [party] = base.parties;
  if (!party) throw new Error('the fixture has a party');
  const parties = ['欧阳明', '司马光'].map((name) => ({ ...party, name }));
  fixture.store.ledger.append({
    kind: 'case.accepted',
    stream: caseStream(),
    actor: '1001',
    body: { ...base, parties },
  });
  const total = (text: string) => fixture.store.cases.search(text, 10).total;
  expect(['欧阳明', '阳明', '司马', '光'].map(total)).toEqual([1, 1, 1, 1]);
  expect(['明司', '明司马', '阳明司马光'].map(total)).toEqual([0, 0, 0]);
});

test('pairs are of characters that stand side by side', () => {
  expect(pairsOf('龙山区12号A座·示例')).toBe('龙山 山区 示例');
  expect(pairsOf('𠮷田')).toBe('𠮷田');
  expect(pairQuery('张三')).toBe('pairs : "张三"');
  expect([pairQuery('张'), pairQuery('张3'), pairQuery('张 三'), pairQuery('')]).toEqual([null, null, null, null]);
});

test('each Han character is a token and other runs stay whole', () => {
  expect(tokenize('龙山区12号A座')).toBe('龙 山 区 12 号 A 座');
  expect(textQuery('山区12')?.phrase).toBe('"山 区 12"*');
  expect(textQuery('12号')?.phrase).toBe('"12 号"');
  expect(textQuery('" OR *')?.phrase).toBe('"OR"*');
});

test('a second notice for what was missing the first time is found as our fault, newest case first', () => {
  const { ledger, cases } = fixture.store;
  const advance = (stream: string, step: Advance) =>
    ledger.append({ kind: 'case.advanced', stream, actor: '2004', body: step });
  const notice = (arisen?: string): Advance => ({
    transition: 'T15',
    data: { missing: [{ text: '抵押合同', why: '缺签字页', ...(arisen && { arisen }) }], deadline: '2099-12-07' },
  });
  const twice = (sequence: number, arisen?: string): string => {
    const stream = caseStream();
    const body = acceptance(sequence, { itemCode: 'A05' });
    ledger.append({ kind: 'case.accepted', stream, actor: '1001', body });
    const route = { business: 'registration', output: 'proof', skipped: ['TAX', 'HOU'], siteVisit: false } as const;
    advance(stream, { transition: 'T14', data: { route: { ...route, skipped: [...route.skipped] } } });
    advance(stream, notice());
    advance(stream, { transition: 'T16', data: { received: [] } });
    advance(stream, notice(arisen));
    return body.number;
  };
  const [first, , last] = [twice(11), twice(12, '共有人新增'), twice(13)];
  const found = cases.withFaults(10).map(({ record }) => [record.acceptance.number, record.serviceFaults]);
  expect(found).toEqual([last, first].map((number) => [number, [expect.objectContaining({ papers: ['抵押合同'] })]]));
  expect(cases.withFaults(1)).toHaveLength(1);
});
