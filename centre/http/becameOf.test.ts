import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import { becameOfAnswer } from '../../contract/sync.ts';
import { call, jsonRequest, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';

let test: Awaited<ReturnType<typeof startTestCentre>>;
let author: TestTerminal;
let reader: TestTerminal;
beforeEach(async () => {
  test = await startTestCentre();
  author = await test.enrol({ name: 'a', terminal: '07' });
  reader = await test.enrol({ name: 'b', terminal: '08' });
});
afterEach(() => test.dispose());

type Asked = Pick<OpEnvelope, 'op_id' | 'device' | 'body_hash'>;

async function ask(token: string, ops: readonly Asked[]) {
  const body = { ops: ops.map(({ op_id, device, body_hash }) => ({ op_id, device, body_hash })) };
  const answer = await call(test.centre.url, '/sync/v1/outcomes', jsonRequest(body, token));
  return becameOfAnswer.parse(answer.body).results.map(({ outcome, code }) => code ?? outcome);
}

it('whoever has read an op of another machine of the hall hears what became of it, by what it says', async () => {
  const { maker } = author;
  const taken = maker.acceptCase();
  const refused = maker.withdraw(taken.stream);
  expect(await ask(reader.token, [taken, refused])).toEqual([null, null]);
  await author.push(maker.ops.slice(0, 1));
  await author.push(maker.ops.slice(1));
  expect(await ask(reader.token, [refused, taken])).toEqual(['forbidden', 'applied']);
  const others: Asked[] = [
    { ...refused, body_hash: taken.body_hash },
    { ...refused, device: reader.maker.device },
    { ...refused, op_id: v7() },
  ];
  expect(await ask(reader.token, others)).toEqual([null, null, null]);
});

it('nobody of another hall hears anything', async () => {
  const { maker } = author;
  const taken = maker.acceptCase();
  await author.push();
  const stranger = await test.enrol({ name: 'c', terminal: '07', hall: 'east' });
  expect(await ask(stranger.token, [taken])).toEqual([null]);
  const without = { ops: [{ op_id: taken.op_id, device: taken.device, body_hash: taken.body_hash }] };
  expect((await call(test.centre.url, '/sync/v1/outcomes', jsonRequest(without, 'nobody'))).status).toBe(401);
});
