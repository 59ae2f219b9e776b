import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import { compactHall } from '../../centre/compact.ts';
import { listDevicesOffline } from '../../centre/deviceCommand.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { holdWriteLock, openStoreIn } from '../fixtures/centreDatabase.ts';
import { startCommand } from '../fixtures/command.ts';
import { uuidOf } from '../fixtures/opMaker.ts';
import { stopProcess } from '../fixtures/runningCentre.ts';
import { enrolSigned } from '../fixtures/signedTerminal.ts';

/** Terminals of protocols 1 and 2, as processes with their own frozen code, at the centre and the hub of today. */

const CLIENT = path.resolve(import.meta.dirname, '../fixtures/oldClients/oldClient.ts');

interface State {
  version: number;
  acked: number;
  outcomes: string[];
  cursors: Record<string, number>;
  setAside: string[];
  statuses: number[];
  failed: string | null;
}

let dir: string;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-old-'));
  await upsertStaffOffline(centreDir(), { number: '1001', name: '王敏', roles: ['WIN'], password: 'Yichuang-1001' });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

const centreDir = () => path.join(dir, 'centre');

async function serve(...args: string[]) {
  const running = await startCommand<{ url: string; metrics: string }>([
    ...['centre', '--port', '0', '--metrics-port', '0'],
    ...args,
  ]);
  closing.push(() => running.stop());
  return { ...running.ready, stderr: running.stderr };
}

/** Between a client and its server: notes what goes by, and loses an answer when told to. */
async function listenBetween(url: string) {
  const seen: { path: string; headers: IncomingHttpHeaders; body: unknown }[] = [];
  const statuses: (number | undefined)[] = [];
  let losing = '';
  const proxy = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const { method, headers } = incoming;
    seen.push({ path: incoming.url ?? '', headers, body: text.length > 0 ? JSON.parse(String(text)) : null });
    const isLost = losing !== '' && incoming.url?.startsWith(losing);
    const onward = send(new URL(incoming.url ?? '/', url), { method, headers, agent: false }, (answer) => {
      // It has been done there, and nobody hears of it.
      if (isLost) {
        losing = '';
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      statuses.push(answer.statusCode);
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.end(body);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  closing.push(() => proxy.close());
  return {
    seen,
    statuses,
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    loseAnswerTo: (pathname: string) => {
      losing = pathname;
    },
  };
}

async function startOld(version: 1 | 2, url: string, terminal: string, code: string) {
  const device = uuidOf(0, 'old', version, terminal);
  const child = spawn(process.execPath, [CLIENT, String(version)], { stdio: ['pipe', 'pipe', 'inherit'] });
  closing.push(() => stopProcess(child, 'SIGTERM'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const order = async (what: object): Promise<State> => {
    child.stdin.write(`${JSON.stringify(what)}\n`);
    return JSON.parse(String((await lines.next()).value)) as State;
  };
  let made = 0;
  const write = (kind: string, stream: string, base_ver: number, body: object) => {
    made += 1;
    const at = new Date(Date.parse('2026-11-20T01:00:00.000Z') + made * 1000).toISOString();
    return order({
      do: 'write',
      kind,
      stream,
      base_ver,
      body,
      actor: '1001',
      at,
      op_id: uuidOf(0, 'op', terminal, made),
    });
  };
  expect(await order({ do: 'enrol', url, code, device, terminal })).toEqual({ hall: 'main' });
  return {
    device,
    order,
    exchange: () => order({ do: 'exchange' }),
    async writeSession() {
      const stream = `session:${uuidOf(0, 'session', terminal, made)}`;
      await write('session.opened', stream, 0, { staff: '1001', terminal });
      await write('session.closed', stream, 1, { staff: '1001', terminal, reason: 'logout' });
    },
    /** Without what that program did not know yet. */
    async writeCase(sequence: number) {
      const id = uuidOf(0, 'case', terminal, sequence);
      const number = `20261120${terminal.slice(1)}${String(sequence).padStart(4, '0')}`;
      await write('case.accepted', `case:${id}`, 0, acceptance(sequence, { number, window: terminal }));
      if (version === 1)
        await write('slip.printed', `case:${id}`, 1, { slip: 'acceptance', print: 1, confirmation: 'device' });
    },
  };
}

const enrolmentCode = (terminal: string) => createEnrolmentCodeOffline(centreDir(), { terminal });

test.each([1, 2] as const)(
  'a terminal of protocol %i works with the centre of today, whatever the line does',
  async (version) => {
    const centre = await serve('--data', centreDir());
    const between = await listenBetween(centre.url);
    const newer = await enrolSigned(centre.url, await enrolmentCode('W08'), { name: 'newer', terminal: '08' });
    const { stream } = newer.maker.acceptCase();
    newer.maker.make('note.added', `note:${uuidOf(0, 'note')}`, {
      caseId: stream.slice('case:'.length),
      kind: 'remark',
      text: '已电话联系',
    });
    await newer.push();

    // The answer to its first push is lost: it says hello again and sends the same once more.
    const old = await startOld(version, between.url, 'W07', await enrolmentCode('W07'));
    await old.writeSession();
    await old.writeCase(1);
    between.loseAnswerTo('/sync/v1/push');
    const first = await old.exchange();
    const written = version === 1 ? 4 : 3;
    expect(first).toMatchObject({ version, acked: written, failed: null });
    expect(first.outcomes).toEqual(Array.from({ length: written }, () => 'applied'));
    expect(first.statuses.slice(0, 4)).toEqual([200, 0, 200, 200]);
    // It has read everything, what it does not know included: set aside, and no reason to stop.
    expect(first.cursors['hall:main']).toBeGreaterThan(written + 1);
    expect(first.setAside.includes('case.advanced')).toBe(version === 1);

    // Somebody else holds the database: 429, and it comes again when it was told to.
    await old.writeCase(2);
    const letGo = await holdWriteLock(centreDir());
    const second = old.exchange();
    await vi.waitFor(() => expect(between.statuses).toContain(429), 45_000);
    await letGo();
    const { statuses, outcomes, failed } = await second;
    expect({ failed, busy: statuses.includes(429), last: statuses.at(-1) }).toEqual({
      failed: null,
      busy: true,
      last: 200,
    });
    expect(new Set(outcomes)).toEqual(new Set(['applied']));

    // A floor above where a machine of that version has read to: it cannot take a snapshot, and its own ops still go.
    const store = openStoreIn(centreDir());
    expect((await compactHall(store, 'main', '2099-01-01')).floor).toBeGreaterThan(0);
    store.close();
    const late = await startOld(version, between.url, 'W09', await enrolmentCode('W09'));
    await late.writeSession();
    expect(await late.exchange()).toMatchObject({ acked: 2, failed: 'snapshot-needed' });
    await late.writeSession();
    expect(await late.exchange()).toMatchObject({ acked: 4, failed: 'snapshot-needed' });

    // Never signed, and seen as what it is.
    const ofOld = between.seen.filter(({ path }) => path !== '/sync/v1/enrol');
    expect(ofOld.length).toBeGreaterThan(8);
    for (const { headers, body } of ofOld) {
      expect(Object.keys(headers).filter((name) => /sign/i.test(name))).toEqual([]);
      expect(body ?? {}).not.toHaveProperty('signature');
    }
    const line = (await listDevicesOffline(centreDir())).find(({ device }) => device === old.device);
    expect(line).toMatchObject({ terminal: 'W07', key: null, contradicted: null });
    const figures = await (await fetch(centre.metrics)).text();
    expect(figures).toContain(`yichuang_protocol_devices{version="${version}"} 2\n`);
    expect(centre.stderr()).toContain('an older program');
    expect(verifyCentre(centreDir())).toEqual([]);
  },
);

test('a terminal of protocol 2 works with the hub of today; one of protocol 1 is told that it is too old', async () => {
  const centre = await serve('--data', centreDir());
  const relayCode = await createEnrolmentCodeOffline(centreDir(), { terminal: 'H01', kind: 'relay' });
  const hub = await serve(
    '--data',
    path.join(dir, 'hub'),
    '--relay',
    '--upstream',
    centre.url,
    '--relay-code',
    relayCode,
  );
  const two = await startOld(2, hub.url, 'W07', await enrolmentCode('W07'));
  await two.writeSession();
  await two.writeCase(1);
  const first = await two.exchange();
  expect(first).toMatchObject({ version: 2, acked: 3, failed: null });
  await vi.waitFor(async () => {
    const { outcomes, failed } = await two.exchange();
    expect({ outcomes, failed }).toEqual({ outcomes: ['applied', 'applied', 'applied'], failed: null });
  });
  expect((await two.exchange()).cursors['hall:main']).toBeGreaterThan(3);
  expect(await (await fetch(hub.metrics)).text()).toContain('yichuang_protocol_devices{version="2"} 1\n');

  const one = await startOld(1, hub.url, 'W08', await enrolmentCode('W08'));
  await one.writeSession();
  expect(await one.exchange()).toMatchObject({ acked: 0, statuses: [426], failed: 'version-unsupported' });
});
