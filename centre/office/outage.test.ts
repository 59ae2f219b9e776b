import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OutageCommand } from '../../contract/outage.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { desk, startTestOffice } from '../../tests/fixtures/office.ts';

const NOW = Date.parse('2026-11-23T04:00:00.000Z');
const at = (time: string) => `2026-11-23T${time}:00.000Z`;

let office: Awaited<ReturnType<typeof startTestOffice>>;
beforeEach(async () => {
  office = await startTestOffice({ now: () => NOW });
});
afterEach(() => office.dispose());

/** @returns 200, or the code of the refusal */
async function ask(
  command: OutageCommand,
  actor = desk('SUP'),
  token = office.terminal.token,
  commandId: string = v7(),
) {
  const answer = await call(office.centre.url, '/office/v1/outage', jsonRequest({ commandId, actor, command }, token));
  return answer.status === 200 ? 200 : String((answer.body as { code: string }).code);
}

const declare = (from: string, to: string | null, caseId?: string): OutageCommand => ({
  kind: 'declare',
  from: at(from),
  to: to && at(to),
  reason: '中心系统升级',
  proof: '故障单 2026-11',
  ...(caseId && { caseId }),
});

const outages = async () =>
  (await office.terminal.pull()).rows.flatMap(({ op }) => (op.kind.startsWith('outage.') ? [op] : []));

it('is declared by a supervisor and by nobody else, once for one command', async () => {
  for (const role of Object.keys(STAFF_ROLES) as StaffRole[]) {
    if (role !== 'SUP') expect(await ask(declare('01:00', '02:00'), desk(role)), role).toBe('forbidden');
  }
  const again = v7();
  expect(await ask(declare('01:00', '02:00'), desk('SUP'), office.terminal.token, again)).toBe(200);
  expect(await ask(declare('01:00', '02:00'), desk('SUP'), office.terminal.token, again)).toBe(200);
  expect(await outages()).toMatchObject([{ kind: 'outage.declared', actor: desk('SUP'), base_ver: 0 }]);
});

it('begins before it ends, and is never foretold', async () => {
  expect(await ask(declare('02:00', '01:00'))).toBe('outage-span');
  expect(await ask(declare('02:00', '02:00'))).toBe('outage-span');
  expect(await ask(declare('05:00', null))).toBe('outage-span');
  expect(await ask(declare('01:00', '05:00'))).toBe('outage-span');
  expect(await outages()).toEqual([]);
});

it('ends once, and only in its own hall', async () => {
  expect(await ask(declare('01:00', null))).toBe(200);
  const [declared] = await outages();
  const outage = declared?.stream.slice('outage:'.length) ?? '';
  const foreign = await office.enrol({ name: 'c', terminal: '41', hall: 'branch' });
  await office.centre.upsertStaff({
    hall: 'branch',
    number: desk('SUP'),
    name: '分厅示例',
    roles: ['SUP'],
    password: 'example-pass',
  });
  const end = { kind: 'end', outage, to: at('03:00') } as const;
  expect(await ask(end, desk('SUP'), foreign.token)).toBe('outage-not-found');
  expect(await ask({ ...end, to: at('00:30') })).toBe('outage-span');
  expect(await ask(end)).toBe(200);
  expect(await ask(end)).toBe('outage-not-found');
  expect(await outages()).toHaveLength(2);
});

it('is of one case of this hall, and leaves its version alone, so that no step made meanwhile is refused', async () => {
  const caseId = await office.accept();
  const { version } = await office.read(caseId);
  expect(await ask(declare('01:00', '02:00', caseId))).toBe(200);
  expect(await ask(declare('01:00', '02:00', v7()))).toBe('case-not-found');
  expect((await office.read(caseId)).version).toBe(version);
  expect((await office.terminal.pull(`case:${caseId}`)).rows.at(-1)?.op.kind).toBe('outage.declared');
});

it('is the centre’s to write: a terminal’s own op is refused', async () => {
  const { maker } = office.terminal;
  const { kind: _kind, ...body } = declare('01:00', null) as Extract<OutageCommand, { kind: 'declare' }>;
  maker.makeAny('outage.declared', `outage:${v7()}`, body, { actor: desk('SUP') });
  expect((await office.terminal.push()).results).toMatchObject([{ outcome: 'rejected', code: 'forbidden' }]);
});
