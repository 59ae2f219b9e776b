import { cpSync, renameSync, rmSync } from 'node:fs';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { revokeDeviceOffline } from '../../centre/deviceCommand.ts';
import type { DevicesCommand } from '../../contract/devices.ts';
import { YichuangError } from '../../contract/errors.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';

/** The hub of a hall between real terminals' stores and a real centre: processes of the command, over TCP. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
beforeEach(async () => {
  hall = await openRelayHall();
}, 60_000);
afterEach(() => hall.dispose(), 60_000);

const WAIT = { timeout: 45_000 };
const SETTLED = { waitingOps: 0, heldOps: 0, rejected: 0 };
const HELD = { waitingOps: 0, heldOps: 1, rejected: 0 };
const accepted = (ops: { kind: string; opId: string }[]) =>
  ops.filter(({ kind }) => kind === 'case.accepted').map(({ opId }) => opId);

/** Everything that was written checks out, at every place. */
function expectSound(terminals: readonly { findings(): unknown[] }[] = []): void {
  for (const each of [hall.centre, hall.hub, ...terminals]) expect(each.findings()).toEqual([]);
}

describe('the hub of a hall', { timeout: 60_000 }, () => {
  test('a case accepted through the hub is at the centre once, and staff of the centre at the terminal', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    await expect.poll(() => terminal.link, WAIT).toBe('connected');
    await expect.poll(() => terminal.store.staff.findActive('1001')?.name, WAIT).toBe('王敏');
    const { op, number } = terminal.accept(1);
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    expect(terminal.placeOf(number)).toBe('centre');
    expect(accepted(hall.centre.ops())).toEqual([op.op_id]);
    await expect.poll(() => hall.hub.ops().find(({ opId }) => opId === op.op_id)?.outcome, WAIT).toBe('applied');
    expectSound([terminal]);
  });

  test('with the centre away the hub keeps a case and says so; once the centre is back it is there, once', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    terminal.accept(1);
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await hall.centre.stop();
    const { number } = terminal.accept(2);
    await expect.poll(() => terminal.counts, WAIT).toEqual(HELD);
    expect(terminal.link).toBe('connected');
    expect(terminal.placeOf(number)).toBe('hall');
    expect(terminal.store.cases.countByPlace('07', '2026-11-23')).toEqual({ waiting: 0, atHall: 1, atCentre: 1 });
    expect(terminal.store.delivery.atCentre()).toBe(1);
    expect(hall.hub.findings()).toEqual([]);
    await hall.centre.start();
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    expect(terminal.placeOf(number)).toBe('centre');
    expect(accepted(hall.centre.ops())).toHaveLength(2);
    expectSound([terminal]);
  });

  test('what the centre rejects of held ops becomes a task at its terminal, and the next ops go on', async () => {
    await hall.startHub();
    const [a, b] = [await hall.join('W07'), await hall.join('W08')];
    await expect.poll(() => [a.link, b.link], WAIT).toEqual(['connected', 'connected']);
    await hall.centre.stop();
    // Signed by somebody else than whoever accepted it.
    const { number } = b.accept(1, { clerk: { id: '1002', name: '李娜' } });
    const next = b.accept(2);
    await expect.poll(() => b.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 2, rejected: 0 });
    await hall.centre.start();
    await expect.poll(() => b.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 1 });
    expect(b.placeOf(number)).toBe('rejected');
    expect(b.placeOf(next.number)).toBe('centre');
    await expect.poll(() => a.placeOf(next.number), WAIT).toBe('centre');
    expectSound([a, b]);
  });

  test('a hub that is killed between storing and forwarding loses and doubles nothing', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    await expect.poll(() => terminal.link, WAIT).toBe('connected');
    await hall.centre.stop();
    const made = [1, 2, 3].map((sequence) => terminal.accept(sequence).op.op_id);
    await expect.poll(() => terminal.counts.heldOps, WAIT).toBe(3);
    await hall.hub.kill();
    const late = terminal.accept(4).op.op_id;
    await hall.centre.start();
    await hall.hub.start();
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    expect(accepted(hall.centre.ops())).toEqual([...made, late]);
    expectSound([terminal]);
  });

  test('a hub that is killed again and again while terminals write leaves every op at the centre once', async () => {
    await hall.startHub();
    const terminals = [await hall.join('W07'), await hall.join('W08')];
    await expect.poll(() => terminals.map(({ link }) => link), WAIT).toEqual(['connected', 'connected']);
    const made: string[] = [];
    for (const round of [0, 1, 2]) {
      for (let i = 1; i <= 10; i += 1) {
        for (const terminal of terminals) made.push(terminal.accept(round * 10 + i).op.op_id);
      }
      await expect.poll(() => hall.hub.ops().length, WAIT).toBeGreaterThan(round * 20 + 5);
      await hall.hub.kill();
      await hall.hub.start();
    }
    await expect.poll(() => terminals.map(({ counts }) => counts), { timeout: 40_000 }).toEqual([SETTLED, SETTLED]);
    expect(accepted(hall.centre.ops()).sort()).toEqual(made.sort());
    expectSound(terminals);
  });

  test('two terminals see each other’s cases through the hub', async () => {
    await hall.startHub();
    const [a, b] = [await hall.join('W07'), await hall.join('W08')];
    const ofA = a.accept(1).number;
    const ofB = b.accept(1).number;
    await expect.poll(() => [a.placeOf(ofB), b.placeOf(ofA)], WAIT).toEqual(['centre', 'centre']);
    expectSound([a, b]);
  });

  test('an act of the centre through the hub takes effect there and is at the terminal when it returns', async () => {
    await upsertStaffOffline(hall.centre.dir, {
      number: '3001',
      name: '李强',
      roles: ['SUP'],
      password: 'Yichuang-3001',
    });
    await hall.startHub();
    const terminal = await hall.join('W07');
    const { op, number } = terminal.accept(1);
    const caseId = op.stream.slice('case:'.length);
    // With the step that the centre takes by itself.
    await expect.poll(() => terminal.store.cases.find(number)?.record.version, WAIT).toBe(2);
    const request = (commandId: string, baseVersion: number) => ({
      commandId,
      actor: '1001',
      caseId,
      baseVersion,
      change: {
        kind: 'advance' as const,
        advance: { transition: 'T40' as const, data: { reason: '申请人撤回', signed: ['张三'] } },
      },
    });
    const version = terminal.store.cases.find(number)?.record.version ?? 0;
    await terminal.act(request('0198a000-0000-7000-8000-0000000000c1', version));
    expect(terminal.store.cases.find(number)?.record.state).toBe('WITHDRAWN');
    const refused = terminal.act(request('0198a000-0000-7000-8000-0000000000c2', version));
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/stale-version|illegal-transition/) });
    await hall.centre.stop();
    const offline = terminal.act(request('0198a000-0000-7000-8000-0000000000c3', version));
    await expect(offline).rejects.toEqual(new YichuangError('offline'));
    expect(hall.hub.findings()).toEqual([]);
  });

  test('machines tell the hub of themselves; which are enrolled the centre says through it, and takes one out of service', async () => {
    await hall.startHub();
    await upsertStaffOffline(hall.centre.dir, {
      number: '3001',
      name: '李强',
      roles: ['SUP'],
      password: 'Yichuang-3001',
    });
    const terminal = await hall.join('W07');
    const lost = await hall.join('W08');
    const alarms = [{ code: 'backup-failed', level: 'over' as const, ageMs: 60_000, known: null }];
    const report = { role: 'window' as const, program: '0.1.0', protocol: 3, leaving: false, alarms };
    await expect.poll(() => lost.link, WAIT).toBe('connected');
    expect((await lost.machines.report(report)).versions[0]).toBe(3);
    const heard = async () => (await terminal.machines.machines()).machines.map((each) => each.terminal);
    expect(await heard()).toEqual(['W08']);
    const ask = (command: DevicesCommand) => terminal.machines.devices({ actor: '3001', command });
    const { devices } = await ask({ kind: 'list' });
    expect(devices.map(({ terminal, kind }) => `${terminal} ${kind}`)).toEqual([
      ...['H01 relay', 'W07 terminal', 'W08 terminal'],
    ]);
    const hub = devices.find(({ kind }) => kind === 'relay')?.device ?? '';
    const device = lost.store.ledger.device;
    const revoke = (which: string) => ask({ kind: 'revoke', commandId: v7(), device: which, reason: '机器丢失' });
    await expect(revoke(hub)).rejects.toMatchObject({ code: 'machine-not-found' });
    expect((await revoke(device)).devices.find((each) => each.device === device)?.revokedAt).not.toBeNull();
    await expect.poll(() => lost.link, WAIT).toBe('refused');
    await expect.poll(heard, WAIT).toEqual([]);
    await hall.centre.stop();
    await expect(ask({ kind: 'list' })).rejects.toEqual(new YichuangError('offline'));
  });

  test('a terminal whose token the centre withdrew is refused by the hub, with the centre away too', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    await expect.poll(() => terminal.link, WAIT).toBe('connected');
    await revokeDeviceOffline(hall.centre.dir, terminal.store.ledger.device, '机器报废');
    await expect.poll(() => terminal.link, WAIT).toBe('refused');
    await hall.centre.stop();
    terminal.accept(1);
    await expect.poll(() => terminal.log.length, WAIT).toBeGreaterThan(2);
    expect(terminal.counts).toEqual({ waitingOps: 1, heldOps: 0, rejected: 0 });
  });

  test('a hub that starts with the centre away serves the terminals it knows', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    await expect.poll(() => terminal.link, WAIT).toBe('connected');
    await hall.hub.stop();
    await hall.centre.stop();
    await hall.hub.start();
    terminal.accept(1);
    await expect.poll(() => [terminal.counts, terminal.link], WAIT).toEqual([HELD, 'connected']);
  });

  test('a terminal that spoke with the centre goes over to the hub: nothing is sent twice, nothing is missing', async () => {
    const terminal = hall.open('W07');
    terminal.accept(1);
    terminal.connect(hall.centre.url, await hall.codeFor('W07'));
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await terminal.disconnect();
    // What was removed for good can never be sent again: the hub must know where the chain stands.
    terminal.store.db.exec("UPDATE op SET body = '{}' WHERE kind = 'case.accepted'");
    await hall.startHub();
    const other = await hall.join('W08');
    const { number } = terminal.accept(2);
    terminal.connect(hall.hub.url, await hall.codeFor('W07'));
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await expect.poll(() => other.placeOf('20261123070001'), WAIT).toBe('centre');
    await expect.poll(() => other.placeOf(number), WAIT).toBe('centre');
    expect(accepted(hall.centre.ops())).toHaveLength(2);
    expectSound([other]);
  });

  test('a centre that was put back to an older copy gets from the hub what it had lost', async () => {
    await hall.startHub();
    const [a, b] = [await hall.join('W07'), await hall.join('W08')];
    a.accept(1);
    await expect.poll(() => [a.counts, b.link], WAIT).toEqual([SETTLED, 'connected']);
    await hall.centre.stop();
    cpSync(hall.centre.dir, `${hall.centre.dir}-copy`, { recursive: true });
    await hall.centre.start();
    const made = [a.accept(2), a.accept(3), b.accept(1)].map(({ op }) => op.op_id);
    await expect.poll(() => [a.counts, b.counts], WAIT).toEqual([SETTLED, SETTLED]);
    await hall.centre.stop();
    rmSync(hall.centre.dir, { recursive: true });
    renameSync(`${hall.centre.dir}-copy`, hall.centre.dir);
    await hall.centre.start();
    await expect.poll(() => accepted(hall.centre.ops()), WAIT).toEqual(expect.arrayContaining(made));
    const { number } = b.accept(2);
    await expect.poll(() => [b.counts, a.placeOf(number)], WAIT).toEqual([SETTLED, 'centre']);
    expect(accepted(hall.centre.ops())).toHaveLength(5);
    // Its own chain was written twice, which a centre does not notice yet: only its data are sound.
    expect(hall.centre.findings()).toEqual([]);
  });

  test('a new hub in place of a lost one: terminals read it from the beginning and go on where the centre stands', async () => {
    await hall.startHub();
    const terminal = await hall.join('W07');
    terminal.accept(1);
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await hall.hub.kill();
    const spare = await hall.addProcess('spare', ['--relay', '--upstream', hall.centre.url, '--relay-name', 'H02']);
    await spare.start('--relay-code', await hall.relayCode('H02'));
    await terminal.disconnect();
    terminal.accept(2);
    terminal.connect(spare.url, await hall.codeFor('W07'));
    await expect.poll(() => terminal.counts, WAIT).toEqual(SETTLED);
    await upsertStaffOffline(hall.centre.dir, {
      number: '1002',
      name: '李娜',
      roles: ['WIN'],
      password: 'Yichuang-1002',
    });
    await expect.poll(() => terminal.store.staff.findActive('1002')?.name, WAIT).toBe('李娜');
    expect(accepted(hall.centre.ops())).toHaveLength(2);
    expect(spare.findings()).toEqual([]);
  });
});
