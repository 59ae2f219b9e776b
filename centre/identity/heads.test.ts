import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import { type RelayEntry, relayDevicesAnswer, relayPushAnswer } from '../../contract/relay.ts';
import { KEYS_HEADER, type SignedHead } from '../../contract/signing.ts';
import { enrolAnswer } from '../../contract/sync.ts';
import { headStatement } from '../../domain/ledger/statements.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { call, jsonRequest, startTestCentre } from '../../tests/fixtures/centre.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { enrolSigned, type SignedTerminal } from '../../tests/fixtures/signedTerminal.ts';
import { verifyCentre } from '../verify/verify.ts';
import { signedOps } from './heads.ts';

const held = (op: OpEnvelope): RelayEntry => ({ op, outcome: 'held', code: null });

describe('a hub that forwards what a terminal signed', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: SignedTerminal;
  let hub: string;
  beforeEach(async () => {
    test = await startTestCentre();
    const code = await test.centre.createEnrolmentCode({ terminal: 'W07' });
    w07 = await enrolSigned(test.centre.url, code, { name: 'a', terminal: '07' });
    const hubCode = await test.centre.createEnrolmentCode({ terminal: 'H01', kind: 'relay' });
    const body = { code: hubCode, device: uuidv7(), terminal: 'H01' };
    hub = enrolAnswer.parse((await call(test.centre.url, '/sync/v1/enrol', jsonRequest(body))).body).token;
  });
  afterEach(() => test.dispose());

  const relay = async (ops: readonly OpEnvelope[], heads: readonly SignedHead[] = []) => {
    const answer = await call(test.centre.url, '/relay/v1/push', jsonRequest({ entries: ops.map(held), heads }, hub));
    return relayPushAnswer.parse(answer.body).results.map(({ outcome, code }) => code ?? outcome);
  };
  const headOf = (op: OpEnvelope | undefined, key = w07.key): SignedHead => {
    if (!op) throw new Error('no op');
    const { device, epoch, seq, hash } = op;
    return { device, epoch, seq, hash, signature: key.sign(headStatement({ device, epoch, seq, hash })) };
  };
  const accept = (count: number) => {
    for (let n = 0; n < count; n += 1) w07.maker.acceptCase();
    return w07.maker.ops;
  };

  it('is believed up to the last op that was signed, and no further', async () => {
    const ops = accept(4);
    expect(await relay(ops)).toEqual(['unsigned', 'unsigned', 'unsigned', 'unsigned']);
    expect(test.centre.stats().cases).toBe(0);
    expect(await relay(ops, [headOf(ops[1])])).toEqual(['applied', 'applied', 'unsigned', 'unsigned']);
    // What is known needs no second word; what is new does.
    expect(await relay(ops.slice(0, 3))).toEqual(['applied', 'applied', 'unsigned']);
    expect(await relay(ops, [headOf(ops[3])])).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(verifyCentre(test.dir)).toEqual([]);
  });

  it('writes nothing in the name of a window: neither beyond its chain, nor inside it, nor with a word of its own', async () => {
    const ops = accept(2);
    const forged = new OpMaker({ name: 'a', terminal: '07' });
    forged.openSession();
    forged.openSession();
    const own = SigningKey.open(makeSigningKey());
    expect(await relay(forged.ops, [headOf(forged.ops[1], own)])).toEqual(['unsigned', 'unsigned']);
    // The window's word for another op under the same number.
    expect(await relay(forged.ops, [headOf(ops[1])])).toEqual(['unsigned', 'unsigned']);
    // An op whose hash only claims to be the one that was signed.
    const [first, second] = [ops[0], ops[1]];
    if (!first || !second) throw new Error('no ops');
    const changed = { ...first, actor: '9999' };
    expect(await relay([changed, second], [headOf(second)])).toEqual(['hash', 'hash']);
    expect(test.centre.stats().cases).toBe(0);
  });

  it('answers itself for what it decides: its own ops need no word but the one on its request', async () => {
    const code = await test.centre.createEnrolmentCode({ terminal: 'H02', kind: 'relay' });
    const h02 = await enrolSigned(test.centre.url, code, { name: 'c', terminal: '02', letter: 'H' });
    const body = { fence: 1, hub: h02.maker.device, at: '2026-11-23T01:00:00.000Z', reason: '示例' };
    const op = h02.maker.make('hub.took-over', `hub:${uuidv7()}`, body);
    const entries = [{ op, outcome: 'applied', code: null }];
    expect((await call(h02.url, '/relay/v1/push', jsonRequest({ entries }, h02.token))).status).toBe(401);
    const { body: answer } = await h02.post('/relay/v1/push', { entries });
    expect(relayPushAnswer.parse(answer).results).toMatchObject([{ outcome: 'applied' }]);
    expect(verifyCentre(test.dir)).toEqual([]);
  });

  it('hears of keys when it says that it knows them, and older hubs are told nothing new', async () => {
    const ask = async (headers: Record<string, string>) => {
      const authorization = `Bearer ${hub}`;
      const answer = await call(test.centre.url, '/relay/v1/devices', { headers: { authorization, ...headers } });
      return relayDevicesAnswer.parse(answer.body).devices.find(({ terminal }) => terminal === 'W07')?.key?.publicKey;
    };
    expect(await ask({})).toBeUndefined();
    expect(await ask({ [KEYS_HEADER]: '3' })).toBe(w07.key.publicKey);
  });

  it('does not act for a window that has not asked', async () => {
    const headers = { ...jsonRequest({}, hub).headers, 'x-yichuang-on-behalf': w07.maker.device };
    const act = await call(test.centre.url, '/office/v1/act', { method: 'POST', headers, body: '{}' });
    expect(act.status).toBe(401);
  });
});

it('ops are signed for as far as their hashes join them to a head', () => {
  const [a, b] = [new OpMaker({ name: 'a', terminal: '07' }), new OpMaker({ name: 'b', terminal: '08' })];
  for (let n = 0; n < 3; n += 1) for (const maker of [a, b]) maker.openSession();
  const mixed = [0, 1, 2].flatMap((n) => [a.ops[n], b.ops[n]]) as OpEnvelope[];
  const head = (op: OpEnvelope | undefined) => ({ ...(op as OpEnvelope), signature: '' });
  const signed = (ops: OpEnvelope[], heads: SignedHead[]) =>
    ops.filter((op) => signedOps(ops, heads).has(op)).map((op) => `${op === a.ops[op.seq - 1] ? 'a' : 'b'}${op.seq}`);
  expect(signed(mixed, [head(a.ops[2]), head(b.ops[0])])).toEqual(['a1', 'b1', 'a2', 'a3']);
  // One is missing: what was before it is not joined.
  expect(signed([mixed[0], mixed[4]] as OpEnvelope[], [head(a.ops[2])])).toEqual(['a3']);
  // Another op under the number before.
  const other = { ...(a.ops[1] as OpEnvelope), hash: 'f'.repeat(64) };
  expect(signedOps([other], [head(a.ops[2])]).size).toBe(0);
  expect(signedOps([other, a.ops[2] as OpEnvelope], [head(a.ops[2])])).toEqual(new Set([a.ops[2]]));
  expect(signed(mixed, [])).toEqual([]);
});
