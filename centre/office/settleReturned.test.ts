import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, jsonRequest } from '../../tests/fixtures/centre.ts';
import { desk, startTestOffice } from '../../tests/fixtures/office.ts';

let office: Awaited<ReturnType<typeof startTestOffice>>;
beforeEach(async () => {
  office = await startTestOffice();
});
afterEach(() => office.dispose());

/** A step of W07 that came back, as the terminal notes it. */
async function noteReturned(caseId: string): Promise<string> {
  const { maker } = office.terminal;
  const id = v7();
  maker.make('return.noted', `return:${id}`, {
    ...{ device: maker.device, epoch: 1, seq: maker.ops.length, kind: 'case.advanced', subject: `case:${caseId}` },
    ...{
      baseVersion: 1,
      terminal: 'W07',
      actor: '3003',
      at: '2026-11-23T01:00:00.000Z',
      code: 'stale-version',
      caseId,
    },
    content: { transition: 'T40', data: { reason: '双方协商撤回', signed: ['张三'] } },
  });
  await office.terminal.push(maker.ops.slice(-1));
  return id;
}

async function withdraw(
  caseId: string,
  returned: string,
  actor: string,
  token = office.terminal.token,
  commandId = v7(),
) {
  const advance = { transition: 'T40', data: { reason: '双方协商撤回', signed: ['张三'] } };
  const { version } = await office.read(caseId);
  const settles = { returned, note: '申请人再次确认' };
  const request = { commandId, actor, caseId, baseVersion: version, change: { kind: 'advance', advance }, settles };
  const answer = await call(office.centre.url, '/office/v1/act', jsonRequest(request, token));
  return answer.status === 200 ? 200 : (answer.body as { code: string }).code;
}

const returnOps = async () =>
  (await office.terminal.pull()).rows.map(({ op }) => op).filter(({ kind }) => kind === 'return.settled');

test('a step taken again and the decision about it are there together or not at all, and once', async () => {
  const [one, other] = [await office.accept(), await office.accept()];
  const returned = await noteReturned(one);
  const clerk = desk('WIN');
  const elsewhere = await office.enrol({ name: 'b', terminal: '08' });
  const before = await office.read(other);

  // Not what came back of this case; not of this machine; not here yet: nothing of the act is done.
  expect(await withdraw(other, returned, clerk)).toBe('forbidden');
  expect(await withdraw(one, returned, clerk, elsewhere.token)).toBe('forbidden');
  expect(await withdraw(one, v7(), clerk)).toBe('not-at-centre');
  expect(await office.read(other)).toEqual(before);
  expect((await office.read(one)).state).not.toBe('WITHDRAWN');
  expect(await returnOps()).toEqual([]);

  const commandId = v7();
  expect(await withdraw(one, returned, clerk, undefined, commandId)).toBe(200);
  expect(await withdraw(one, returned, clerk, undefined, commandId)).toBe(200);
  expect((await office.read(one)).state).toBe('WITHDRAWN');
  expect(await returnOps()).toMatchObject([
    { stream: `return:${returned}`, actor: clerk, body: { decision: 'done-again', note: '申请人再次确认' } },
  ]);
  expect(await withdraw(other, returned, clerk)).toBe('forbidden');
});
