import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import { ON_BEHALF_HEADER, type RelayEntry, relayDevicesAnswer, relayPushAnswer } from '../../contract/relay.ts';
import { enrolAnswer } from '../../contract/sync.ts';
import { call, jsonRequest, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';

const held = (op: OpEnvelope): RelayEntry => ({ op, outcome: 'held', code: null });

describe('what the hub of a hall asks the centre', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let terminal: TestTerminal;
  let token: string;
  beforeEach(async () => {
    test = await startTestCentre();
    terminal = await test.enrol({ name: 'a', terminal: '07' });
    token = await enrolHub('main');
  });
  afterEach(() => test.dispose());

  async function enrolHub(hall: string): Promise<string> {
    const code = await test.centre.createEnrolmentCode({ terminal: 'H01', kind: 'relay', hall });
    const body = { code, device: uuidv7(), terminal: 'H01' };
    return enrolAnswer.parse((await call(test.centre.url, '/sync/v1/enrol', jsonRequest(body))).body).token;
  }

  const relay = async (entries: readonly RelayEntry[], by = token) => {
    const answer = await call(test.centre.url, '/relay/v1/push', jsonRequest({ entries }, by));
    return relayPushAnswer.parse(answer.body).results.map(({ outcome, code }) => code ?? outcome);
  };
  const get = (path: string, by: string, headers: Record<string, string> = {}) =>
    call(test.centre.url, path, { headers: { authorization: `Bearer ${by}`, ...headers } });

  it('ops of a terminal of its hall are decided as if the terminal had sent them, and once', async () => {
    const { maker } = terminal;
    const opened = maker.acceptCase();
    maker.withdraw(opened.stream);
    const entries = maker.ops.map(held);
    expect(await relay(entries)).toEqual(['applied', 'forbidden']);
    expect(await relay(entries)).toEqual(['applied', 'forbidden']);
    expect(test.centre.stats().cases).toBe(1);
    expect((await terminal.push()).results.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected']);
    const outcomes = await get('/sync/v1/outcomes?epoch=1&after=0', token, { [ON_BEHALF_HEADER]: maker.device });
    expect(outcomes.body).toEqual({
      results: [
        { seq: 1, outcome: 'applied', code: null },
        { seq: 2, outcome: 'rejected', code: 'forbidden' },
      ],
    });
  });

  it('a step that another window took alone does not count through a hub either', async () => {
    await test.centre.upsertStaff({ number: '1001', name: '示例', roles: ['WIN'], password: 'Yichuang-1001' });
    const other = await test.enrol({ name: 'b', terminal: '08' });
    const { stream } = terminal.maker.acceptCase();
    expect(await relay(terminal.maker.ops.map(held))).toEqual(['applied']);
    const alone = { baseVersion: 2, actor: '1001' };
    other.maker.withdraw(stream, alone);
    expect(await relay(other.maker.ops.map(held))).toEqual(['not-owner']);
    terminal.maker.withdraw(stream, alone);
    expect(await relay(terminal.maker.ops.slice(-1).map(held))).toEqual(['applied']);
  });

  it('about the queue of its hall the hub has decided: what it took is taken, and what it refused stays refused', async () => {
    const { maker } = terminal;
    const take = () => {
      const body = { fence: 1, hub: maker.device, at: '2026-11-23T01:00:00.000Z', reason: '示例' };
      return maker.make('hub.took-over', `hub:${uuidv7()}`, body);
    };
    const [taken, refused] = [take(), take()];
    const entries: RelayEntry[] = [
      { op: taken, outcome: 'applied', code: null },
      { op: refused, outcome: 'rejected', code: 'stale-version' },
    ];
    expect(await relay(entries)).toEqual(['applied', 'stale-version']);
    expect((await terminal.pull()).rows.map(({ op }) => op.op_id)).toEqual([taken.op_id]);
    // The terminal itself may say no such thing.
    const own = take();
    expect((await terminal.push([own])).results).toMatchObject([{ outcome: 'rejected', code: 'forbidden' }]);
  });

  it('an op that does not continue its chain is refused, and those of others go on', async () => {
    const other = await test.enrol({ name: 'b', terminal: '08' });
    const [, second] = [terminal.maker.acceptCase(), terminal.maker.acceptCase()];
    const of = other.maker.acceptCase();
    expect(await relay([held(second), held(of)])).toEqual(['gap', 'applied']);
    expect(await relay([held({ ...second, seq: 1 })])).toEqual(['history-differs']);
  });

  it('a hub says nothing for a terminal of another hall, and asks nothing about it', async () => {
    const stranger = await enrolHub('east');
    const op = terminal.maker.acceptCase();
    expect(await relay([held(op)], stranger)).toEqual(['unauthorised']);
    const devices = relayDevicesAnswer.parse((await get('/relay/v1/devices', stranger)).body).devices;
    expect(devices.map(({ id }) => id)).not.toContain(terminal.maker.device);
    const onBehalf = { [ON_BEHALF_HEADER]: terminal.maker.device };
    expect((await get('/sync/v1/pull?scope=hall:main&after=0', stranger, onBehalf)).status).toBe(401);
    expect(test.centre.stats().cases).toBe(0);
  });

  it('a terminal is no hub: it relays nothing, lists nobody, and speaks for nobody', async () => {
    const other = await test.enrol({ name: 'b', terminal: '08' });
    const entries = [held(terminal.maker.acceptCase())];
    expect((await call(test.centre.url, '/relay/v1/push', jsonRequest({ entries }, other.token))).status).toBe(403);
    expect((await get('/relay/v1/devices', other.token)).status).toBe(403);
    const onBehalf = { [ON_BEHALF_HEADER]: terminal.maker.device };
    expect((await get('/sync/v1/outcomes?epoch=1&after=0', other.token, onBehalf)).status).toBe(401);
  });

  it('the list names who is in service, by the hash of the token, with the ends of the chains', async () => {
    const { maker } = terminal;
    maker.acceptCase();
    const { acked: seq, head: hash } = await terminal.push();
    await test.centre.revokeDevice(maker.device);
    const { devices } = relayDevicesAnswer.parse((await get('/relay/v1/devices', token)).body);
    expect(devices.find(({ id }) => id === maker.device)).toMatchObject({
      terminal: 'W07',
      active: false,
      heads: [{ epoch: 1, seq, hash }],
    });
    expect(JSON.stringify(devices)).not.toContain(terminal.token);
    expect(await relay([held(maker.acceptCase())])).toEqual(['applied']);
  });
});
