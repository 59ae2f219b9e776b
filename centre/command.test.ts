import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolAnswer } from '../contract/sync.ts';
import { call, jsonRequest, TestTerminal, temporaryFolder } from '../tests/fixtures/centre.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { startCentreProcess, stopProcess } from '../tests/fixtures/runningCentre.ts';
import { createEnrolmentCodeOffline, upsertStaffOffline } from './command.ts';
import { revokeDeviceOffline } from './deviceCommand.ts';

async function enrol(dir: string, url: string, name = 'a'): Promise<TestTerminal> {
  const maker = new OpMaker({ name });
  const code = await createEnrolmentCodeOffline(dir, { terminal: 'W07' });
  const request = jsonRequest({ code, device: maker.device, terminal: 'W07' });
  return new TestTerminal(maker, url, enrolAnswer.parse((await call(url, '/sync/v1/enrol', request)).body).token);
}

describe('the centre as a process', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let running: Awaited<ReturnType<typeof startCentreProcess>>;
  beforeEach(async () => {
    folder = temporaryFolder();
    running = await startCentreProcess(folder.dir);
  });
  afterEach(async () => {
    if (running.child.exitCode === null && running.child.signalCode === null) {
      await stopProcess(running.child, 'SIGKILL');
    }
    folder.remove();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('closes cleanly on %s, with a listener connected', async (signal) => {
    const terminal = await enrol(folder.dir, running.url);
    const live = await fetch(`${running.url}/sync/v1/live`, { headers: { authorization: `Bearer ${terminal.token}` } });
    expect(await stopProcess(running.child, signal)).toBe(0);
    await live.text();
  });

  it('takes codes, staff and revocations from commands beside it, and tells its listeners', async () => {
    const terminal = await enrol(folder.dir, running.url);
    const live = await fetch(`${running.url}/sync/v1/live`, { headers: { authorization: `Bearer ${terminal.token}` } });
    await upsertStaffOffline(folder.dir, { number: '1001', name: '李示例', roles: ['SUP'], password: 'geheim' });
    let text = '';
    for await (const chunk of (live.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(
      new TextDecoderStream(),
    )) {
      text += chunk;
      if (text.includes('"hall:main"')) break;
    }
    expect(text).toContain('data: {"scope":"hall:main","head":1}');
    expect((await terminal.pull()).rows[0]?.op.body.number).toBe('1001');
    await revokeDeviceOffline(folder.dir, terminal.maker.device, '机器报废');
    expect((await terminal.pullRaw('hall:main')).status).toBe(401);
  });

  /**
   * Killed in the middle of the traffic, three times over. SIGKILL shows that no answer runs ahead of its COMMIT; that
   * COMMIT itself survives a power cut is what synchronous=FULL stands for (store/sqlite/open.test.ts).
   */
  it('loses nothing it has acknowledged when it is killed', async () => {
    const terminals = await Promise.all(['a', 'b', 'c', 'd'].map((name) => enrol(folder.dir, running.url, name)));
    const acked = terminals.map(() => 0);

    /** Every terminal pushes op after op until its line breaks. */
    const pushUntilCut = (url: string, killAfter: number) => {
      let answers = 0;
      return Promise.all(
        terminals.map(async ({ maker, token }, index) => {
          const line = new TestTerminal(maker, url, token);
          for (;;) {
            while (maker.ops.length < (acked[index] ?? 0) + 3) maker.acceptCase({ number: uniqueNumber() });
            try {
              const { acked: durable } = await line.push(maker.ops.slice(acked[index]));
              acked[index] = durable;
              answers += 1;
              if (answers === killAfter) running.child.kill('SIGKILL');
            } catch {
              return;
            }
          }
        }),
      );
    };
    let count = 0;
    const uniqueNumber = () => {
      count += 1;
      return `2026112307${String(count).padStart(4, '0')}`;
    };

    for (const killAfter of [7, 20, 41]) {
      await pushUntilCut(running.url, killAfter);
      running = await startCentreProcess(folder.dir);
      const [first] = terminals as [TestTerminal];
      const survivor = new TestTerminal(first.maker, running.url, first.token);
      const kept = new Set<string>();
      for (let after = 0; ; ) {
        const { rows } = await survivor.pull('hall:main', after);
        if (rows.length === 0) break;
        for (const { op } of rows) kept.add(op.op_id);
        after = rows.at(-1)?.pos ?? after;
      }
      for (const [index, { maker }] of terminals.entries()) {
        const lost = maker.ops.slice(0, acked[index]).filter(({ op_id }) => !kept.has(op_id));
        expect(lost).toEqual([]);
      }
    }
    // What was not acknowledged goes through now, exactly once.
    for (const { maker, token } of terminals)
      await new TestTerminal(maker, running.url, token).push(maker.ops.slice(-200));
    const all = terminals.flatMap(({ maker }) => maker.ops);
    const [first] = terminals as [TestTerminal];
    const { head } = await new TestTerminal(first.maker, running.url, first.token).pull();
    // Each acceptance and its dispatch.
    expect(head).toBe(all.length * 2);
  }, 60_000);
});
