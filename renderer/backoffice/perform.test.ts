import { describe, expect, test } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import { acceptedCase, lane, step, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { fakeService } from '../../tests/fixtures/fakeService.ts';
import type { App } from '../app/app.ts';
import { createOffice, type OpenTask } from './officeStore.ts';
import { run } from './perform.ts';

const record = {
  ...lane(step(acceptedCase('A05'), 'T14', WALKER_STAFF.APP, 1), { lane: 'REV1', event: 'claim' }, 2),
  slips: [],
};
const summary = { id: record.id, number: '202611230100001', place: 'centre' } as unknown as OpenTask['summary'];
const FINDING = { kind: 'advance', advance: { transition: 'T16', data: {} } } as unknown as Parameters<typeof run>[1];

/** A case that is open, and an act of it that the centre has not answered yet. */
function setUp() {
  let answer: { resolve(value: unknown): void; reject(error: unknown): void } | null = null;
  const { client } = fakeService({
    'case.act': () => new Promise((resolve, reject) => (answer = { resolve, reject })),
    'office.tasks': () => ({ rows: [] }),
  });
  const store = createOffice(client, () => 'a command');
  const open = { record, summary, lane: 'REV1', linked: [], prints: null, printed: [] } as unknown as OpenTask;
  store.setState({ open, form: { finding: '属实' } });
  const doing = run({ app: {} as App, store }, FINDING, '查看');
  const settle = async (how: 'resolve' | 'reject', value: unknown): Promise<boolean> => {
    answer?.[how](value);
    return doing;
  };
  return { store, open, settle, other: { ...open, record: { ...record, id: 'another case' } } as OpenTask };
}

describe('an act whose answer takes its time', () => {
  test('shows what became of the case while it is still open', async () => {
    const { store, settle } = setUp();
    expect(await settle('resolve', { record: { ...record, version: 99 }, summary })).toBe(true);
    expect(store.getState()).toMatchObject({ open: { record: { version: 99 } }, form: {} });
  });

  test('brings no case back that was left meanwhile', async () => {
    const { store, settle } = setUp();
    store.getState().close();
    expect(await settle('resolve', { record, summary })).toBe(true);
    expect(store.getState().open).toBeNull();
  });

  test('touches no other case that was opened meanwhile', async () => {
    const { store, settle, other } = setUp();
    store.setState({ open: other, form: { opinion: '一半' }, dialog: null });
    await settle('resolve', { record: { ...record, lanes: acceptedCase('A05').lanes }, summary });
    expect(store.getState()).toMatchObject({ open: other, form: { opinion: '一半' } });
  });

  test('that failed is said above the list when the case was left', async () => {
    const { store, settle } = setUp();
    store.getState().close();
    expect(await settle('reject', new YichuangError('stale-version'))).toBe(false);
    expect(store.getState()).toMatchObject({ failure: { code: 'stale-version' }, actFailure: null });
  });
});
