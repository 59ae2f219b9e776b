import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import { FENCE_HEADER, type HubState } from '../../contract/hub.ts';
import { startCommand } from '../fixtures/command.ts';
import { type HallProcess, type HallTerminal, openRelayHall } from '../fixtures/relayHall.ts';
import { RpcClient } from '../fixtures/rpcClient.ts';

/** Two hubs of one hall and its centre: processes of the command that are killed and come back, over TCP. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let standby: HallProcess;
let active: HallProcess;

const WAIT = { timeout: 45_000 };
const SETTLED = { waitingOps: 0, heldOps: 0, rejected: 0 };
const accepted = (ops: { kind: string; opId: string }[]) =>
  ops.filter(({ kind }) => kind === 'case.accepted').map(({ opId }) => opId);
const roles = async (terminal: HallTerminal) => (await terminal.hubStates())?.map((state) => state?.role ?? 'away');

beforeEach(async () => {
  hall = await openRelayHall();
  await upsertStaffOffline(hall.centre.dir, {
    number: '3002',
    name: '吴刚',
    roles: ['AUD'],
    password: 'Yichuang-3002',
  });
  ({ active, standby } = await hall.addPair());
}, 60_000);
afterEach(() => hall.dispose(), 60_000);

/** A terminal of the hall that knows both hubs. */
async function join(name: string): Promise<HallTerminal> {
  const terminal = hall.open(name);
  terminal.connect([active.url, standby.url], await hall.codeFor(name));
  await expect.poll(() => terminal.link, WAIT).toBe('connected');
  // Known at both: whoever is to order a take-over may have joined a moment ago.
  await expect.poll(() => roles(terminal), WAIT).toEqual(['active', 'standby']);
  return terminal;
}

/** The standby has every op that the active hub took in. */
const isFollowed = async () => {
  const there = new Set(standby.ops().map(({ opId }) => opId));
  return active.ops().every(({ opId }) => there.has(opId));
};

async function restartActive(): Promise<void> {
  await active.start('--peer', standby.url);
}

const takeOver = (terminal: HallTerminal, more: { force?: boolean; actor?: string } = {}) =>
  terminal.takeOver({ actor: '3001', reason: '主机断电', force: false, ...more });

describe('two hubs of a hall', { timeout: 120_000 }, () => {
  test('the active hub is killed, a supervisor lets the standby take over, and the old one comes back as its standby', async () => {
    const [a, b] = [await join('W07'), await join('W08')];
    const made = [a.accept(1), b.accept(1)].map(({ op }) => op.op_id);
    await expect.poll(() => [a.counts, b.counts], WAIT).toEqual([SETTLED, SETTLED]);
    await expect.poll(isFollowed, WAIT).toBe(true);
    expect(await roles(a)).toEqual(['active', 'standby']);
    await active.kill();
    made.push(a.accept(2).op.op_id);
    const startedAt = Date.now();
    expect(await takeOver(a)).toEqual({ url: standby.url, fence: 1 });
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    made.push(b.accept(2).op.op_id);
    await expect.poll(() => [a.counts, b.counts], WAIT).toEqual([SETTLED, SETTLED]);
    await restartActive();
    await expect.poll(() => roles(a), WAIT).toEqual(['standby', 'active']);
    await expect.poll(async () => (await a.hubStates())?.[1]?.followedBy, WAIT).toEqual(['H01']);
    made.push(a.accept(3).op.op_id);
    await expect.poll(() => a.counts, WAIT).toEqual(SETTLED);
    await expect.poll(() => accepted(active.ops()).sort(), WAIT).toEqual([...made].sort());
    expect(accepted(hall.centre.ops()).sort()).toEqual(made.sort());
    await expect.poll(() => hall.centre.ops().filter(({ kind }) => kind === 'hub.took-over').length, WAIT).toBe(1);
    for (const each of [hall.centre, active, standby, a, b]) expect(each.findings()).toEqual([]);
  });

  test('what the old hub had acknowledged and nobody else has is sent again, and is at the centre once', async () => {
    const terminal = await join('W07');
    const made = [terminal.accept(1).op.op_id];
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await expect.poll(isFollowed, WAIT).toBe(true);
    await hall.centre.stop();
    await standby.kill();
    made.push(terminal.accept(2).op.op_id, terminal.accept(3).op.op_id);
    await expect.poll(() => terminal.counts.heldOps, WAIT).toBe(2);
    await active.kill();
    await standby.start();
    await expect.poll(() => roles(terminal), WAIT).toEqual(['away', 'standby']);
    await takeOver(terminal);
    await expect.poll(() => accepted(standby.ops()), WAIT).toEqual(made);
    await hall.centre.start();
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    // The old one still has what it never handed on; it hands it on now, and is told that it is there.
    await restartActive();
    await expect.poll(() => roles(terminal), WAIT).toEqual(['standby', 'active']);
    await expect.poll(() => active.ops().filter(({ outcome }) => outcome === 'held').length, WAIT).toBe(0);
    expect(accepted(hall.centre.ops())).toEqual(made);
    for (const each of [hall.centre, active, standby, terminal]) expect(each.findings()).toEqual([]);
  });

  test('what waits for the centre is at the standby too, and the standby hands it on after the take-over', async () => {
    const terminal = await join('W07');
    await expect.poll(isFollowed, WAIT).toBe(true);
    await hall.centre.stop();
    const made = [1, 2, 3].map((sequence) => terminal.accept(sequence).op.op_id);
    await expect.poll(() => terminal.counts.heldOps, WAIT).toBe(3);
    await expect.poll(() => accepted(standby.ops()), WAIT).toEqual(made);
    await active.kill();
    await takeOver(terminal);
    await hall.centre.start();
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    expect(accepted(hall.centre.ops())).toEqual(made);
    expect(standby.findings()).toEqual([]);
  });

  test('a supervisor’s page sees both hubs, lets the standby take over with a reason, and finds it in the audit log', async () => {
    const config = path.join(hall.dir, 'terminal.jsonc');
    const hub = { url: active.url, standby: [standby.url], enrolmentCode: await hall.codeFor('W07') };
    writeFileSync(config, JSON.stringify({ terminal: { id: 'W07', hall: 'main', role: 'supervisor' }, hub }));
    const data = path.join(hall.dir, 'terminal');
    const terminal = await startCommand<{ rpc: string; token: string }>([
      'terminal',
      '--config',
      config,
      '--data',
      data,
      '--headless',
    ]);
    try {
      const page = await RpcClient.connect(terminal.ready.rpc, terminal.ready.token);
      await page.signIn('3001', 'Yichuang-3001');
      const states = async () =>
        (await page.call('hub.state', {})).hubs.map(({ state, current }) => `${state} ${current}`);
      await expect.poll(states, WAIT).toEqual(['active true', 'standby false']);
      await expect(page.call('hub.takeOver', { reason: '误按' })).rejects.toThrow('hub-active');
      await expect.poll(isFollowed, WAIT).toBe(true);
      await active.kill();
      expect(await page.call('hub.takeOver', { reason: '主机断电' })).toEqual({ url: standby.url, fence: 1 });
      await expect.poll(states, WAIT).toEqual(['unreachable false', 'active true']);
      await page.call('session.logout', {});
      await page.call('session.login', { number: '3002', password: 'Yichuang-3002' });
      const log = async () =>
        (await page.call('audit.list', { about: 'hub' })).rows.map(({ kind, actor }) => `${kind} ${actor}`);
      await expect.poll(log, WAIT).toEqual(['hub.took-over 3001']);
      page.close();
    } finally {
      await terminal.stop();
    }
  });

  test('a rejection that only the old hub has heard of is told by the new one', async () => {
    const terminal = await join('W07');
    await expect.poll(isFollowed, WAIT).toBe(true);
    await hall.centre.stop();
    const { op, number } = terminal.accept(1, { clerk: { id: '1002', name: '李娜' } });
    await expect.poll(() => [terminal.counts.heldOps, accepted(standby.ops())], WAIT).toEqual([1, [op.op_id]]);
    await terminal.disconnect();
    await hall.centre.start();
    await expect.poll(() => active.ops().find(({ opId }) => opId === op.op_id)?.outcome, WAIT).toBe('rejected');
    await active.kill();
    terminal.connect([active.url, standby.url]);
    await takeOver(terminal);
    await expect.poll(() => terminal.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 1 });
    expect(terminal.placeOf(number)).toBe('rejected');
  });

  test('while the active hub answers nobody takes over by mistake; forced, it steps back at once', async () => {
    const terminal = await join('W07');
    await expect.poll(isFollowed, WAIT).toBe(true);
    await expect(takeOver(terminal)).rejects.toMatchObject({ code: 'hub-active' });
    await expect(takeOver(terminal, { actor: '1001', force: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roles(terminal)).toEqual(['active', 'standby']);
    await takeOver(terminal, { force: true });
    await expect.poll(() => roles(terminal), WAIT).toEqual(['standby', 'active']);
    terminal.accept(1);
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    expect(accepted(standby.ops())).toHaveLength(1);
  });

  test('a hub that was left takes nothing from whoever has seen the take-over, though nobody else has told it', async () => {
    const terminal = await join('W07');
    await expect.poll(isFollowed, WAIT).toBe(true);
    await active.kill();
    await takeOver(terminal);
    await expect.poll(() => terminal.link, WAIT).toBe('connected');
    // The new one is away as well when the old one comes back, and so is the centre: only the terminal knows.
    await standby.kill();
    await hall.centre.stop();
    await restartActive();
    terminal.accept(1);
    await expect.poll(() => active.log(), WAIT).toContain('this is the standby now');
    expect(terminal.counts.waitingOps).toBe(1);
    expect(accepted(active.ops())).toEqual([]);
    await standby.start();
    await expect.poll(() => terminal.counts.waitingOps, WAIT).toBe(0);
    expect(accepted(standby.ops())).toHaveLength(1);
  });

  test('of two who write to both hubs each op is taken by the one who decides', async () => {
    const terminal = await join('W07');
    await expect.poll(isFollowed, WAIT).toBe(true);
    const ask = async (hub: HallProcess, path: string, init: RequestInit = {}) => {
      const token = String(terminal.store.db.prepare("SELECT value FROM meta WHERE name = 'hub-token'").pluck().get());
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
      const response = await fetch(hub.url + path, { ...init, headers });
      return { status: response.status, body: (await response.json()) as HubState & { code?: string } };
    };
    const push = (hub: HallProcess, fence: number) =>
      ask(hub, '/sync/v1/push', { method: 'POST', body: '{}', headers: { [FENCE_HEADER]: String(fence) } });
    // A body that is no push: whoever decides looks at it, and whoever does not, does not.
    expect((await push(active, 0)).body.code).toBe('bad-request');
    expect((await push(standby, 0)).body.code).toBe('not-active');
    await takeOver(terminal, { force: true });
    expect((await push(standby, 1)).body.code).toBe('bad-request');
    expect((await push(active, 1)).body.code).toBe('not-active');
    expect((await ask(active, '/hub/v1/state')).body).toMatchObject({ role: 'standby', fence: 1 });
    expect((await ask(active, '/sync/v1/pull?scope=hall:main&after=0')).body.code).toBe('not-active');
  });
});

describe('a hall without a centre above it', { timeout: 120_000 }, () => {
  test('its one hub has a standby as well, which knows everything, enrols and decides after the take-over', async () => {
    const only = hall.centre;
    const spare = await hall.addProcess('spare', ['--follow', only.url, '--relay-name', 'H03']);
    await spare.start('--relay-code', await hall.relayCode('H03'));
    const terminal = hall.open('W07');
    terminal.connect([only.url, spare.url], await hall.codeFor('W07'));
    const bad = terminal.accept(1, { clerk: { id: '1002', name: '李娜' } });
    const good = terminal.accept(2);
    await expect.poll(() => terminal.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 1 });
    const outcomes = (of: HallProcess) => of.ops().map(({ opId, outcome }) => `${opId} ${outcome}`);
    await expect.poll(() => outcomes(spare), WAIT).toEqual(outcomes(only));
    expect(outcomes(spare)).toEqual(expect.arrayContaining([`${bad.op.op_id} rejected`, `${good.op.op_id} applied`]));
    await expect.poll(() => roles(terminal), WAIT).toEqual(['active', 'standby']);
    await only.kill();
    await takeOver(terminal);
    const next = terminal.accept(3);
    await expect.poll(() => [terminal.counts.waitingOps, terminal.placeOf(next.number)], WAIT).toEqual([0, 'centre']);
    const other = hall.open('W08');
    other.connect(
      [only.url, spare.url],
      await createEnrolmentCodeOffline(spare.dir, { terminal: 'W08', hall: 'main' }),
    );
    await expect.poll(() => other.placeOf(next.number), WAIT).toBe('centre');
    // The old one joins the new one, as any hub does, and follows it.
    const code = await createEnrolmentCodeOffline(spare.dir, { terminal: 'H01', kind: 'relay', hall: 'main' });
    await only.start('--peer', spare.url, '--relay-code', code);
    await expect.poll(() => roles(terminal), WAIT).toEqual(['standby', 'active']);
    await expect.poll(() => outcomes(only).length, WAIT).toBe(outcomes(spare).length);
    for (const each of [only, spare, terminal, other]) expect(each.findings()).toEqual([]);
  });
});
