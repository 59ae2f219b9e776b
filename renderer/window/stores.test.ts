import { describe, expect, test, vi } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import type { CaseSummary } from '../../contract/rpc.ts';
import type { CaseState } from '../../domain/case/states.ts';
import { fakeService } from '../../tests/fixtures/fakeService.ts';
import { createSession } from '../app/session.ts';
import { createCases, groupRows } from './casesStore.ts';
import { chooseItem } from './form/formActions.ts';
import { FIRST_RULES } from './form/formRules.ts';
import { createForm } from './formStore.ts';
import { slipFacts } from './parts/slipFacts.ts';
import { createPrint } from './printStore.ts';

let ids = 0;
const uuid = (): string => {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
};
const deps = (active = true) => ({
  uuid,
  now: () => '2018-11-23T02:42:00.000Z',
  active: () => active,
  debounceMs: 1,
  rules: () => FIRST_RULES,
});

describe('the form', () => {
  test('a change is kept, and the newest wins over one that was being kept', async () => {
    let release = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client, calls } = fakeService({ 'draft.save': () => (calls.length === 1 ? first : {}) });
    const form = createForm(client, deps());
    form.getState().change((state) => chooseItem(state, 'A05'), { now: true });
    form.getState().change((state) => chooseItem(state, 'A06'), { now: true });
    release();
    await vi.waitUntil(() => form.getState().draft === 'kept');
    expect(calls.map(([, input]) => (input as { draft: { itemCode: string } }).draft.itemCode)).toEqual(['A05', 'A06']);
  });

  test('what could not be kept while the service was away is kept when it is back', async () => {
    let away = true;
    const { client, listeners, calls } = fakeService({
      'draft.save': () => {
        if (away) throw new YichuangError('service-restarting');
        return {};
      },
    });
    const form = createForm(client, deps());
    listeners.setState('restarting');
    form.getState().change((state) => chooseItem(state, 'A05'), { now: true });
    await vi.waitUntil(() => form.getState().draft === 'failed');
    away = false;
    listeners.setState('up');
    await vi.waitUntil(() => form.getState().draft === 'kept');
    expect(calls).toHaveLength(2);
  });

  test('a failed acceptance keeps the form and its command id; the repeat uses the same', async () => {
    let fail = true;
    const { client, calls } = fakeService({
      'draft.save': () => ({}),
      'case.accept': () => {
        if (fail) throw new YichuangError('deadline');
        return { id: 'c1' };
      },
    });
    const form = createForm(client, deps());
    form.getState().change((state) => chooseItem(state, 'A05'), { now: true });
    expect(await form.getState().accept()).toBeNull();
    expect(form.getState().acceptFailure?.code).toBe('deadline');
    expect(form.getState().form.itemCode).toBe('A05');
    fail = false;
    expect(await form.getState().accept()).toEqual({ id: 'c1' });
    const commands = calls.flatMap(([name, input]) =>
      name === 'case.accept' ? [(input as { commandId: string }).commandId] : [],
    );
    expect(commands).toHaveLength(2);
    expect(commands[0]).toBe(commands[1]);
    expect(form.getState().form.commandId).not.toBe(commands[0]);
    expect(calls.at(-1)).toEqual(['draft.save', { draft: null }]);
  });

  test('two presses accept once', async () => {
    const { client, calls } = fakeService({ 'draft.save': () => ({}), 'case.accept': () => ({ id: 'c1' }) });
    const form = createForm(client, deps());
    await Promise.all([form.getState().accept(), form.getState().accept()]);
    expect(calls.filter(([name]) => name === 'case.accept')).toHaveLength(1);
  });

  test('a kept draft is restored, but never over what the clerk already began', async () => {
    const stored = { commandId: uuid(), itemCode: 'A09' };
    const { client } = fakeService({ 'draft.load': () => ({ draft: stored }), 'draft.save': () => ({}) });
    const fresh = createForm(client, deps());
    await fresh.getState().restore();
    expect(fresh.getState().form).toMatchObject(stored);
    const begun = createForm(client, deps());
    begun.getState().change((state) => chooseItem(state, 'A05'), { now: true });
    await begun.getState().restore();
    expect(begun.getState().form.itemCode).toBe('A05');
  });

  test('the form of a held number is set aside, kept with the draft, and comes back when it is called again', async () => {
    let kept: unknown = null;
    const { client } = fakeService({
      'draft.save': (input) => {
        kept = (input as { draft: unknown }).draft;
        return {};
      },
      'draft.load': () => ({ draft: kept }),
    });
    const form = createForm(client, deps());
    const ticket = { id: uuid(), number: 'A015' };
    form.getState().change((state) => ({ ...chooseItem(state, 'A05'), ticket }));
    form.getState().setAside();
    expect(form.getState().form.itemCode).toBe('');
    await vi.waitUntil(() => form.getState().draft === 'kept');

    const afterCrash = createForm(client, deps());
    await afterCrash.getState().restore();
    expect(afterCrash.getState().form.itemCode).toBe('');
    expect(afterCrash.getState().takeUp('somebody-else')).toBe(false);
    expect(afterCrash.getState().takeUp(ticket.id)).toBe(true);
    expect(afterCrash.getState().form).toMatchObject({ itemCode: 'A05', ticket });
    expect(afterCrash.getState().aside).toEqual([]);
  });

  test('what was set aside yesterday does not come back', async () => {
    const ticket = { id: uuid(), number: 'A015' };
    const aside = [{ commandId: uuid(), itemCode: 'A05', ticket }];
    const asideOn = async (asideDay: string) => {
      const { client } = fakeService({ 'draft.load': () => ({ draft: { commandId: uuid(), aside, asideDay } }) });
      const form = createForm(client, deps());
      await form.getState().restore();
      return form.getState().aside.length;
    };
    expect(await asideOn('2018-11-23')).toBe(1);
    expect(await asideOn('2018-11-22')).toBe(0);
  });

  test('a held form waits while another one is in hand', () => {
    const { client } = fakeService({ 'draft.save': () => ({}) });
    const form = createForm(client, deps());
    const ticket = { id: uuid(), number: 'A015' };
    form.getState().change((state) => ({ ...chooseItem(state, 'A05'), ticket }));
    form.getState().setAside();
    form.getState().change((state) => chooseItem(state, 'A06'));
    expect(form.getState().takeUp(ticket.id)).toBe(false);
    expect(form.getState().form.itemCode).toBe('A06');
    expect(form.getState().aside).toHaveLength(1);
  });

  test('what was typed while nobody was signed in is kept after the next sign-in', async () => {
    let signedIn = false;
    const { client } = fakeService({
      'draft.save': () => {
        if (!signedIn) throw new YichuangError('not-signed-in');
        return {};
      },
    });
    const form = createForm(client, deps());
    form.getState().change((state) => chooseItem(state, 'A05'), { now: true });
    await vi.waitUntil(() => form.getState().draft === 'failed');
    signedIn = true;
    await form.getState().restore();
    expect(form.getState().draft).toBe('kept');
  });

  test('a card laid while the window is locked is not taken', () => {
    const { client, listeners } = fakeService({ 'draft.save': () => ({}) });
    const form = createForm(client, deps(false));
    listeners.emit('identity.card', { card: { number: '110101190001010014' }, readMs: 1 });
    expect(form.getState().form.parties).toEqual([]);
  });
});

describe('the open case', () => {
  const caseOf = (id: string) => ({ record: { id }, summary: null });

  test('is read again when the centre has it, and nothing else is', async () => {
    const { client, calls, listeners } = fakeService({
      'case.search': () => ({ rows: [], total: 0 }),
      'case.get': (input) => caseOf((input as { id: string }).id),
    });
    const cases = createCases(client);
    await cases.getState().open('a');
    listeners.emit('cases.changed', { ids: ['a', 'b'] });
    await vi.waitUntil(() => calls.filter(([name]) => name === 'case.get').length === 2);
    expect(calls.filter(([name]) => name === 'case.get').map(([, input]) => input)).toEqual([{ id: 'a' }, { id: 'a' }]);
  });

  test('is not replaced by a late answer about the one before', async () => {
    const answers: (() => void)[] = [];
    const { client } = fakeService({
      'case.get': (input) => {
        const found = caseOf((input as { id: string }).id);
        return found.record.id === 'a' ? new Promise((resolve) => answers.push(() => resolve(found))) : found;
      },
    });
    const cases = createCases(client);
    const first = cases.getState().open('a');
    answers[0]?.();
    await first;
    const late = cases.getState().refresh('a');
    await cases.getState().open('b');
    answers[1]?.();
    await late;
    expect(cases.getState().current?.record.id).toBe('b');
  });
});

describe('printing', () => {
  test('a second press prints once; another case waits and is printed too', async () => {
    const releases: (() => void)[] = [];
    const { client, calls } = fakeService({
      'slips.print': () =>
        new Promise((resolve) => {
          releases.push(() => resolve({ print: 1, confirmation: 'device', unprintable: [] }));
        }),
    });
    const { start } = createPrint(client).getState();
    const all = Promise.all([start('a'), start('a'), start('b')]);
    await vi.waitUntil(() => releases.length === 1);
    expect(calls).toHaveLength(1);
    releases[0]?.();
    await vi.waitUntil(() => releases.length === 2);
    releases[1]?.();
    await all;
    expect(calls.map(([, input]) => (input as { caseId: string }).caseId)).toEqual(['a', 'b']);
  });

  test('says sent and confirmed apart', async () => {
    const { client } = fakeService({ 'slips.print': () => ({ print: 1, confirmation: 'sent', unprintable: [] }) });
    const print = createPrint(client);
    await print.getState().start('c1');
    expect(slipFacts(print.getState().print, [])).toEqual({ saved: 'yes', sent: 'yes', confirmed: 'unknown' });
  });

  test('paper out means not sent, no answer means perhaps', () => {
    const failed = (code: string) =>
      slipFacts({ step: 'failed', caseId: 'c', slip: 'acceptance', failure: { code, message: '', details: null } }, []);
    expect(failed('printer-paper-out')).toEqual({ saved: 'yes', sent: 'no', confirmed: 'no' });
    expect(failed('print-unconfirmed')).toEqual({ saved: 'yes', sent: 'yes', confirmed: 'unknown' });
  });
});

describe('the session', () => {
  test('a wrong password says so and leaves the page as it is', async () => {
    const { client } = fakeService({
      'session.login': () => {
        throw new YichuangError('login-failed');
      },
    });
    const session = createSession(client);
    expect(await session.getState().login('1001', 'x')).toBe(false);
    expect(session.getState().failure?.code).toBe('login-failed');
  });

  test('unlocking asks for the password of whoever is signed in', async () => {
    const staff = { number: '1001', name: '王敏', roles: [] };
    const { client, calls } = fakeService({
      'session.hello': () => ({ id: 'W07', staff }),
      'session.login': () => staff,
    });
    const session = createSession(client);
    await session.getState().refresh();
    session.getState().lock();
    expect(await session.getState().unlock('secret')).toBe(true);
    expect(calls).toContainEqual(['session.login', { number: '1001', password: 'secret' }]);
    expect(session.getState().locked).toBe(false);
  });
});

test('the list stands in its groups, what is due first on top, what ended newest first', () => {
  const row = (id: string, stateCode: CaseState, dueAt: string) =>
    ({ id, number: id, stateCode, acceptedAt: dueAt, times: { dueAt } }) as CaseSummary;
  const rows = [
    row('late', 'PARALLEL', '2018-11-23T06'),
    row('ended', 'ISSUED', '2018-11-23T01'),
    row('early', 'BOOKED', '2018-11-23T03'),
    row('refused', 'AT_WINDOW', '2018-11-23T02'),
    row('ready', 'READY', '2018-11-23T02'),
    row('ended-later', 'WITHDRAWN', '2018-11-23T02'),
  ];
  expect(groupRows(rows).map((each) => [each.group, each.rows.map((r) => r.id)])).toEqual([
    ['notice', ['refused']],
    ['open', ['early', 'late']],
    ['pickup', ['ready']],
    ['closed', ['ended-later', 'ended']],
  ]);
});
