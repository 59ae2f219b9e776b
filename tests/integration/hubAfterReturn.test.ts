import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRelayHall } from '../fixtures/relayHall.ts';
import { startTcpProxy, type TcpProxy } from '../fixtures/tcpProxy.ts';

/** A window, its hub and a real centre; between hub and centre a network that is cut, falls silent, and comes back. */

const WAIT = { timeout: 45_000 };
/** A page gives up after this, ms; a request of the hub after 20 s. */
const PAGE_DEADLINE_MS = 15_000;
const AWAY = 'no exchange with the centre';

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let line: TcpProxy;
let hub: Awaited<ReturnType<typeof hall.addProcess>>;
let terminal: ReturnType<typeof hall.open>;
let withdraw: () => Promise<string>;

const failures = () => hub.log().split(AWAY).length - 1;

beforeEach(async () => {
  hall = await openRelayHall();
  line = await startTcpProxy(hall.centre.port);
  hub = await hall.addProcess('behind', ['--relay', '--upstream', `http://127.0.0.1:${line.port}`]);
  await hub.start('--relay-code', await hall.relayCode());
  terminal = hall.open('W07');
  terminal.connect(hub.url, await hall.codeFor('W07'));
  const { op, number } = terminal.accept(1);
  const found = () => terminal.store.cases.find(number)?.record;
  // With the step that the centre takes by itself.
  await expect.poll(() => found()?.version, WAIT).toBe(2);
  const advance = { transition: 'T40' as const, data: { reason: '申请人撤回', signed: ['张三'] } };
  const request = {
    ...{ commandId: v7(), actor: '1001', caseId: op.stream.slice('case:'.length), baseVersion: 2 },
    change: { kind: 'advance' as const, advance },
  };
  // The same command, however often it is pressed.
  withdraw = () =>
    terminal.act(request).then(
      () => String(found()?.state),
      ({ code }) => String(code),
    );
}, 90_000);
afterEach(async () => {
  await hall.dispose();
  await line.close();
}, 60_000);

test('whoever presses behind a hub right after its line is back gets the answer of the centre', {
  timeout: 90_000,
}, async () => {
  line.cut();
  // Its pauses have grown by then.
  await expect.poll(failures, WAIT).toBeGreaterThan(2);
  expect(await withdraw()).toBe('offline');
  line.mend();
  expect(await withdraw()).toBe('WITHDRAWN');
});

test('a request of the hub that hangs on a dead connection holds up nobody who presses', {
  timeout: 90_000,
}, async () => {
  line.cut();
  await expect.poll(failures, WAIT).toBeGreaterThan(0);
  line.stall();
  await expect.poll(() => line.swallowed.join(' '), WAIT).toMatch(/\/(sync|relay)\/v1\//);
  expect(await withdraw()).toBe('offline');
  line.forget();
  // Shorter than the request would hang; a slow machine may answer too late once.
  await vi.waitFor(async () => expect(await withdraw()).toBe('WITHDRAWN'), PAGE_DEADLINE_MS);
});

test('whoever presses while the hub passes for connected goes on, and it hears of no outage', {
  timeout: 90_000,
}, async () => {
  line.stall();
  await expect.poll(() => line.swallowed.join(' '), WAIT).toMatch(/\/(sync|relay)\/v1\//);
  line.forget();
  // Shorter than the request would hang.
  await vi.waitFor(async () => expect(await withdraw()).toBe('WITHDRAWN'), PAGE_DEADLINE_MS);
  expect(failures()).toBe(0);
});
