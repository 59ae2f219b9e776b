import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { YichuangError } from '../contract/errors.ts';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { Item } from '../domain/catalogue/types.ts';
import { acceptanceDraft, minimalDraft } from '../tests/fixtures/acceptance.ts';
import { codeOf } from '../tests/fixtures/codeOf.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../tests/fixtures/staff.ts';

let terminal: ReturnType<typeof startTestService>;
let clock = Date.parse('2026-11-23T02:00:00.000Z');
beforeEach(() => {
  clock = Date.parse('2026-11-23T02:00:00.000Z');
  terminal = startTestService({ now: () => clock });
});
afterEach(() => terminal.dispose());

describe('signing in', () => {
  test('the right password opens a session that a restarted service still knows', async () => {
    expect(await terminal.login()).toEqual({ number: '1001', name: '王敏', roles: ['WIN'] });
    await terminal.restart();
    expect((await terminal.call('session.hello', {})).staff?.name).toBe('王敏');
    expect((await terminal.call('session.hello', {}, 'page-2')).staff).toBeNull();
  });

  test('five wrong passwords lock the account for 30 minutes, across a restart', async () => {
    const wrong = () => codeOf(terminal.call('session.login', { number: '1001', password: 'no' }));
    for (let i = 0; i < 5; i++) expect(await wrong()).toBe('login-failed');
    await terminal.restart();
    expect(await codeOf(terminal.login())).toBe('login-locked');
    clock += 30 * 60_000 + 1;
    expect(await codeOf(terminal.login())).toBe('ok');
  });

  test('an unknown number fails like a wrong password', async () => {
    expect(await codeOf(terminal.call('session.login', { number: '9999', password: 'x' }))).toBe('login-failed');
  });

  test('somebody without the window role cannot sign in at a window', async () => {
    const other = startTestService({ staff: [{ ...CLERK, roles: ['AUD'] }] });
    expect(await codeOf(other.login())).toBe('forbidden');
    expect((await other.call('session.hello', {})).staff).toBeNull();
    await other.dispose();
  });

  test('a page is told its own role, whatever the configuration says', async () => {
    expect((await terminal.call('session.hello', {})).role).toBe('window');
    expect((await terminal.call('session.hello', {}, 'page-3', 'screen')).role).toBe('screen');
  });

  test('nobody can sign in before the centre sent the staff', async () => {
    const fresh = startTestService({ staff: [] });
    expect(await codeOf(fresh.login())).toBe('no-staff-yet');
    await fresh.dispose();
  });

  test('a switched-off member of staff cannot sign in', async () => {
    const other = startTestService({
      staff: [
        { ...CLERK, passwordHash: phcOf('Yichuang-1001'), active: false },
        { ...CLERK, number: '1002' },
      ],
    });
    expect(await codeOf(other.login())).toBe('login-failed');
    await other.dispose();
  });
});

describe('accepting', () => {
  beforeEach(() => terminal.login());

  test('numbers rise from 1 for each day and terminal', async () => {
    const first = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    const second = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    clock += 24 * 3_600_000;
    const nextDay = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    expect([first, second, nextDay].map((record) => record.acceptance.number)).toEqual([
      '20261123070001',
      '20261123070002',
      '20261124070001',
    ]);
  });

  test('the day is the hall’s, whatever the zone of the machine', async () => {
    clock = Date.parse('2026-11-23T16:30:00.000Z');
    const record = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    expect(record.acceptance.number).toBe('20261124070001');
  });

  test('the same command twice is one case', async () => {
    const commandId = v7();
    const [first, second] = await Promise.all([
      terminal.call('case.accept', { commandId, draft: acceptanceDraft() }),
      terminal.call('case.accept', { commandId, draft: acceptanceDraft() }),
    ]);
    expect(second).toEqual(first);
    expect((await terminal.call('case.search', { text: '' })).total).toBe(1);
  });

  test('an incomplete acceptance names what is missing and changes nothing', async () => {
    const draft = acceptanceDraft({ materials: [] });
    const failure = await terminal
      .call('case.accept', { commandId: v7(), draft })
      .catch((error: YichuangError) => error);
    expect(failure).toMatchObject({ code: 'acceptance-incomplete' });
    expect(JSON.stringify((failure as YichuangError).details)).toContain('不动产权属证书');
    expect(JSON.stringify(failure)).not.toContain('220402199003071231');
    expect((await terminal.call('case.search', { text: '' })).total).toBe(0);
    const after = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    expect(after.acceptance.number).toBe('20261123070001');
  });

  test('an expired card needs a reason', async () => {
    const party = { ...acceptanceDraft().parties[0], cardValidTo: '2020-01-01' } as never;
    expect(
      await codeOf(terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft({ parties: [party] }) })),
    ).toBe('acceptance-incomplete');
    const explained = {
      ...(party as object),
      overrides: [{ code: 'card-expired', reason: '新证办理中，已核户籍证明' }],
    } as never;
    expect(
      await codeOf(terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft({ parties: [explained] }) })),
    ).toBe('ok');
  });

  test('a typed number with a wrong check digit is refused', async () => {
    const party = {
      ...acceptanceDraft().parties[0],
      origin: 'typed',
      idNumber: '220402199003071230',
      overrides: [{ code: 'card-unread', reason: '读卡器故障' }],
    };
    expect(
      await codeOf(
        terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft({ parties: [party as never] }) }),
      ),
    ).toBe('acceptance-incomplete');
  });

  test('a field of 100,000 characters is refused by its path', async () => {
    const draft = acceptanceDraft({ property: { location: '长'.repeat(100_000) } });
    const failure = await terminal
      .call('case.accept', { commandId: v7(), draft })
      .catch((error: YichuangError) => error);
    expect(failure).toMatchObject({ code: 'bad-input', details: { fields: ['draft.property.location'] } });
  });

  test('when the numbers of the day are used up nothing is stored', async () => {
    await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    await terminal.tamper("UPDATE case_file SET number = '20261123079999'");
    expect(await codeOf(terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() }))).toBe(
      'numbers-exhausted',
    );
    expect((await terminal.call('case.search', { text: '' })).total).toBe(1);
  });

  test('entrusted items take their own legal path and need no applicant', async () => {
    const item = CATALOGUE.items.find(({ code }) => code === 'A03') as Item;
    const draft = { ...minimalDraft(item), parties: [] };
    const record = await terminal.call('case.accept', { commandId: v7(), draft });
    expect(record.acceptance.path).toEqual(['T01', 'T43', 'T11']);
  });

  test('the draft is kept across a restart and gone once the case is stored', async () => {
    await terminal.call('draft.save', { draft: { itemCode: 'A09' } });
    await terminal.restart();
    expect(await terminal.call('draft.load', {})).toEqual({ draft: { itemCode: 'A09' } });
    await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    expect(await terminal.call('draft.load', {})).toEqual({ draft: null });
  });

  test('pages that subscribed hear of the new case, others do not', async () => {
    await terminal.call('events.subscribe', { topics: ['cases'] });
    const commandId = v7();
    await terminal.call('case.accept', { commandId, draft: acceptanceDraft() });
    expect(terminal.pushes).toEqual([{ connection: 'page-1', event: 'cases.changed', payload: { ids: [commandId] } }]);
  });

  test('a printer that is not there is said so, and the slip can still be previewed', async () => {
    const { id } = await terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
    expect(await codeOf(terminal.call('slips.print', { caseId: id, slip: 'acceptance' }))).toBe(
      'device-not-configured',
    );
    const slip = await terminal.call('slips.preview', { caseId: id, slip: 'acceptance' });
    expect(slip.blocks).toContainEqual({ kind: 'qr', data: '20261123070001' });
  });
});

describe('refusing', () => {
  test.each(['case.accept', 'case.search', 'slips.print', 'draft.load'] as const)(
    '%s needs a signed-in clerk',
    async (method) => {
      const inputs = {
        'case.accept': { commandId: v7(), draft: acceptanceDraft() },
        'case.search': { text: '' },
        'slips.print': { caseId: v7(), slip: 'acceptance' },
        'draft.load': {},
      };
      expect(await codeOf(terminal.service.call('page-1', 'window', method, inputs[method]))).toBe('not-signed-in');
    },
  );

  test.each(['constructor', '__proto__', 'toString', 'case.drop', ''])(
    'the method %j does not exist',
    async (method) => {
      expect(await codeOf(terminal.service.call('page-1', 'window', method, {}))).toBe('unknown-method');
    },
  );

  test('a screen may not accept cases, whoever is signed in on it', async () => {
    await terminal.login();
    const input = { commandId: v7(), draft: acceptanceDraft() };
    expect(await codeOf(terminal.service.call('page-1', 'screen', 'case.accept', input))).toBe('forbidden');
  });

  test('unknown keys and wrong types are named and refused', async () => {
    const failure = await terminal.service
      .call('page-1', 'window', 'session.login', { number: 1, password: 'x', admin: true })
      .catch((error: YichuangError) => error);
    expect(failure).toMatchObject({ code: 'bad-input' });
  });
});
